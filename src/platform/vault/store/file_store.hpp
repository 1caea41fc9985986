// The folder of encrypted files: staging/<random> while an upload arrives, then <2 hex>/<30 hex>;
// what was made from a file lies beside it with an ending.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::vault {

class OpenFile {
public:
    explicit OpenFile(int number) : number_{number} {}
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&& other) noexcept;
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }
    /// Throws NoRoom.
    void write(std::string_view bytes) const;
    /// Up to so many bytes, fewer only at the end. Throws Damaged when the disk fails.
    [[nodiscard]] std::string read(std::size_t bytes) const;
    void sync() const;

private:
    int number_;
};

/// A stored name is 32 hexadecimal digits.
[[nodiscard]] bool is_stored_name(std::string_view name);

class FileStore {
public:
    /// Makes what is missing of the folder.
    explicit FileStore(std::filesystem::path folder);

    /// A file that is being written; removed when it goes before it was kept.
    class Arriving {
    public:
        Arriving(const FileStore& store, std::string name);
        ~Arriving();
        Arriving(const Arriving&) = delete;
        Arriving& operator=(const Arriving&) = delete;
        void write(std::string_view bytes) { file_.write(bytes); }
        /// Durable under its name (and ending) when it returns.
        void keep(std::string_view ending = {});
        [[nodiscard]] const std::string& name() const { return name_; }

    private:
        const FileStore& store_;
        std::string name_;
        std::filesystem::path place_;
        OpenFile file_;
        bool kept_ = false;
    };

    /// Not open when there is none.
    [[nodiscard]] OpenFile open(std::string_view name, std::string_view ending = {}) const;
    void write(std::string_view name, std::string_view ending, std::string_view bytes) const;
    [[nodiscard]] std::optional<std::string> read(std::string_view name,
                                                  std::string_view ending) const;
    /// With what lies beside it.
    void remove(std::string_view name) const;
    /// Counts its age from now on.
    void touch(std::string_view name) const;

    /// Names older than `age`, folder by folder, each once.
    void each_old(std::chrono::seconds age,
                  const std::function<void(const std::vector<std::string>& names)>& found) const;
    /// Removes uploads that stopped arriving so long ago; gives their number.
    [[nodiscard]] int remove_old_arrivals(std::chrono::seconds age) const;
    [[nodiscard]] bool is_older(std::string_view name, std::chrono::seconds age) const;

private:
    [[nodiscard]] std::filesystem::path place_of(std::string_view name,
                                                 std::string_view ending) const;
    std::filesystem::path folder_;
    std::filesystem::path staging_;
};

} // namespace platform::vault

// Locks on files, which the kernel gives back when their last holder ends, however it ends.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

namespace platform::db::own {

/// An open file descriptor, closed when it goes; programs that we start do not inherit it.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    [[nodiscard]] int number() const { return number_; }
    void close();

private:
    int number_;
};

enum class Share { Shared, Alone };

/// Opens a file to be locked, made if missing; when we are root it is given to `user`. A failure
/// leaves errno.
[[nodiscard]] Descriptor open_lock(const std::filesystem::path& file, uid_t user, gid_t group);

/// Whether the lock was had in time. Zero: at once or not at all.
[[nodiscard]] bool lock(const Descriptor& file, Share share, std::chrono::milliseconds at_most);

/// Waits for what tells nobody that it happens: a lock that comes free, a server that answers.
void pause(std::chrono::milliseconds time);

} // namespace platform::db::own

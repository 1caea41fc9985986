// Settings: a table of keys with their kinds, defaults and explanations; a commented TOML file made
// from it; values from the file, then from the environment. Wrong keys and values are refused with
// the line and the reason.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::config {

inline constexpr std::size_t kFileBytesMax = 64 << 10; // a settings file has some kilobytes
inline constexpr std::size_t kFaultsMax = 100; // a file of another kind is told as such soon

enum class Kind : std::uint8_t { Text, Integer, Bytes, Seconds, Boolean, List };

struct Key {
    std::string_view name; // "listen", "upload.bytes_max"; MAILLON_UPLOAD_BYTES_MAX outside
    Kind kind = Kind::Text;
    std::string_view default_value; // as written in TOML; empty: the kind's own ("", 0, false, [])
    std::string_view explanation;   // one or two sentences, the unit said
    bool secret = false;            // shown as "(set)"
    std::int64_t least = 0;
    std::int64_t most = INT64_MAX;
    /// For texts, and for each of a list: a sentence when the value is wrong, else empty.
    std::string (*wrong)(std::string_view value) = nullptr;
};

struct Fault {
    std::string where; // "maillon.toml:12:3" (line, column), "MAILLON_LISTEN"
    std::string what;  // "unknown key 'lisen'; did you mean 'listen'?"
};

struct Setting {
    std::string name;
    Kind kind = Kind::Text;
    std::string text;        // of Text, and as shown
    std::int64_t number = 0; // Integer, Bytes, Seconds, Boolean
    std::vector<std::string> list;
    std::string from; // "default", "maillon.toml:12", "environment", "command line"
    bool secret = false;
};

class Settings {
public:
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] bool on(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string>& list(std::string_view name) const;
    [[nodiscard]] const std::vector<Setting>& all() const { return settings_; }
    void put(Setting setting);

private:
    std::vector<Setting> settings_;
};

/// The variables that the process was started with.
struct Environment {
    /// What a variable holds; nothing when it is not set.
    std::function<std::optional<std::string>(const std::string&)> value;
    /// The names of all that are set: one that starts with MAILLON_ and is no key's is a fault.
    std::vector<std::string> names;
    /// Variables MAILLON_… that are read elsewhere.
    std::vector<std::string> others;
};
[[nodiscard]] Environment process_environment(std::vector<std::string> others = {});

/// `file` is nothing when none was named and the default one does not exist. All faults are told,
/// not the first alone. A variable that is set but empty counts for texts only.
[[nodiscard]] Result<Settings, std::vector<Fault>>
read_settings(std::span<const Key> keys, const std::optional<std::filesystem::path>& file,
              const Environment& environment);
/// The same without a look at variables that are no key's.
[[nodiscard]] Result<Settings, std::vector<Fault>>
read_settings(std::span<const Key> keys, const std::optional<std::filesystem::path>& file,
              const std::function<std::optional<std::string>(const std::string&)>& environment);
/// A value of the command line, over what the settings say.
[[nodiscard]] std::optional<Fault> override_setting(Settings& settings, const Key& key,
                                                    std::string_view option,
                                                    std::string_view value);

/// The commented file with every key at its default.
[[nodiscard]] std::string commented_file(std::span<const Key> keys);
/// Every key, its value and where it comes from; secrets as "(set)".
[[nodiscard]] std::string shown(const Settings& settings);

} // namespace platform::config

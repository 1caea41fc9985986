// Settings: a table of keys with their kinds, defaults and explanations; a commented TOML file made
// from it; values from the file, then from the environment. Wrong keys and values are refused with
// the line and the reason.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::config {

enum class Kind : std::uint8_t { Text, Integer, Bytes, Seconds, Boolean, List };

struct Key {
    std::string_view name; // "listen", "upload.bytes_max"; MAILLON_UPLOAD_BYTES_MAX outside
    Kind kind = Kind::Text;
    std::string_view default_value; // as written in TOML
    std::string_view explanation;   // one or two sentences, the unit said
    bool secret = false;            // shown as "(set)"
    std::int64_t least = 0;
    std::int64_t most = INT64_MAX;
    /// For texts: a sentence when the value is wrong, else empty.
    std::string (*wrong)(std::string_view value) = nullptr;
};

struct Fault {
    std::string where; // "maillon.toml:12", "MAILLON_LISTEN"
    std::string what;  // "unknown key 'lisen'; did you mean 'listen'?"
};

struct Setting {
    std::string name;
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

/// `file` may be missing when it is the default one (nothing then). `environment` gives a
/// variable's value. All faults are told, not the first alone.
[[nodiscard]] Result<Settings, std::vector<Fault>>
read_settings(std::span<const Key> keys, const std::optional<std::filesystem::path>& file,
              const std::function<std::optional<std::string>(const std::string&)>& environment);

/// The commented file with every key at its default.
[[nodiscard]] std::string commented_file(std::span<const Key> keys);
/// Every key, its value and where it comes from; secrets as "(set)".
[[nodiscard]] std::string shown(const Settings& settings);

} // namespace platform::config

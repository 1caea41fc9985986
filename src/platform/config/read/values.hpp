// A value that was written somewhere, read as its key's kind demands.
#pragma once

#include "platform/config/config.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace platform::config {

/// What TOML, a variable or an option can hold.
using Written = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// "true or false is expected".
[[nodiscard]] std::string expected(Kind kind);

/// The setting, or a sentence that says what is wrong without the value.
[[nodiscard]] Result<Setting, std::string> read_value(const Key& key, const Written& written);

/// As it stands in a variable or on the command line: everything is a text there.
[[nodiscard]] Result<Setting, std::string> read_text_value(const Key& key, std::string_view text);

/// The key's default; a default that is wrong is our mistake.
[[nodiscard]] Setting default_setting(const Key& key);

/// `text` between quotes, as TOML writes a basic string.
[[nodiscard]] std::string toml_text(std::string_view text);

} // namespace platform::config

// UTF-8 as outside bytes come: checked, repaired, converted to from other charsets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace interchange {

[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

/// Each maximal invalid sequence becomes U+FFFD.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view bytes);

void append_utf8(char32_t code_point, std::string& out);

/// From a charset as mails and mappings name it. Western single-byte names (and unknown or missing
/// ones) are read as UTF-8 when that is what the bytes are, else as windows-1252, as browsers do;
/// what cannot be converted becomes U+FFFD. The result is always valid UTF-8.
[[nodiscard]] std::string to_utf8(std::string_view bytes, std::string_view charset);

} // namespace interchange

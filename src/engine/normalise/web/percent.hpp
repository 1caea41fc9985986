// Percent-encoding (WHATWG URL Standard, section 1.3).
#pragma once

#include "base/ascii.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise::web {

enum class EncodeSet : std::uint8_t { SpecialQuery, Path, Userinfo };

/// Appends `text` with the bytes of the set written as %XX; what is encoded already stays.
/// Bytes that are not UTF-8 become U+FFFD, as a browser's decoder makes them.
void append_percent_encoded(std::string& out, std::string_view text, EncodeSet set);

/// Every %XX as its byte; other percent signs stay.
[[nodiscard]] std::string percent_decode(std::string_view text);

} // namespace engine::normalise::web

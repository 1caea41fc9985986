// What people type into forms, made ready to keep.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace intake::web {

/// Line ends as browsers send them (CRLF) become one character, as people count them.
[[nodiscard]] std::string typed(std::string_view text);
/// Counted as people count: code points of UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text);
/// "1 234,50 €" → "1234.50"; nothing when it is no amount.
[[nodiscard]] std::optional<std::string> read_amount(std::string_view text);

} // namespace intake::web

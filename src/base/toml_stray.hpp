// What stands outside of quotes and comments in a TOML file, and cannot: letters beyond ASCII. The
// parser's own table of spaces has no answer for some of them (undefined behaviour in 3.3.0).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Where the first one begins: a byte offset. Nothing when there is none, or when a text is not
/// closed on its line before it: the parser stops there.
[[nodiscard]] std::optional<std::size_t> first_stray(std::string_view toml);

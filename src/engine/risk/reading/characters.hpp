// One character at a time, as a reader sees it.
#pragma once

#include <cstdint>
#include <string_view>

namespace engine::risk::reading {

enum class Sort : std::uint8_t {
    Other,  // ends a word
    Letter, // Latin, `folded` without accent and capital
    Digit,
    Foreign,   // a letter of Greek or Cyrillic; `folded` when it passes for a Latin one
    Invisible, // nothing is seen: the word goes on
    Money,     // €, £, $
};

struct Character {
    Sort sort = Sort::Other;
    std::uint8_t size = 1;     // bytes
    std::string_view folded{}; // one or two ASCII letters or digits
};

/// The character at `at`, which is inside the text. A byte that is no UTF-8 is Other.
[[nodiscard]] Character character_at(std::string_view text, std::size_t at);

} // namespace engine::risk::reading

// Digits as people group them: "06.12.34.56.78", "+33 (0)6 12…", "4970 1012 3456 7893".
#pragma once

#include "engine/extract/scan/characters.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::extract::scan {

constexpr std::size_t kRunDigitsMax = 40; // more than any number, card or account has
constexpr std::size_t kRunGroupsMax = 24;

struct DigitGroup {
    std::size_t begin = 0; // in the text
    std::size_t end = 0;
    std::uint8_t first = 0; // of its digits, in NumberRun::digits
    std::uint8_t size = 0;
    char separator = '\0';     // before it: ' ' '.' '-' '/' '(' or '\0'
    bool only_letters = false; // "OO" read as zeros
};

struct NumberRun {
    std::array<char, kRunDigitsMax> bytes{};
    std::size_t size = 0;
    std::array<DigitGroup, kRunGroupsMax> groups{};
    std::size_t count = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool plus = false;     // a plus stands before
    bool cut = false;      // more digits follow than a run keeps
    bool glued = false;    // letters touch its end
    std::size_t trunk = 0; // 1 + the group that is the zero of "(0)"

    [[nodiscard]] std::string_view digits() const { return {bytes.data(), size}; }
    [[nodiscard]] std::string_view digits(std::size_t first, std::size_t length) const {
        return digits().substr(first, length);
    }
};

/// The run that begins with the digit at `digit`, with a letter O or a plus before it.
[[nodiscard]] NumberRun read_run(std::string_view text, std::size_t digit);

/// Past all digits from `at` on.
[[nodiscard]] std::size_t skip_digits(std::string_view text, std::size_t at);

} // namespace engine::extract::scan

// Letters of ASCII without the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

[[nodiscard]] constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// `text` with ASCII letters in lower case.
[[nodiscard]] inline std::string lower_ascii(std::string_view text) {
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

[[nodiscard]] constexpr char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// `text` with ASCII letters in upper case.
[[nodiscard]] inline std::string upper_ascii(std::string_view text) {
    std::string upper{text};
    std::ranges::transform(upper, upper.begin(), to_upper);
    return upper;
}

/// `lower` is in lower case.
[[nodiscard]] constexpr bool starts_with_lower(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(),
                      [](char a, char b) { return a == to_lower(b); });
}

[[nodiscard]] constexpr bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
}

/// Value of a hexadecimal digit of either case, -1 for anything else.
[[nodiscard]] constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// What each byte of a text can be part of. One table, read by every recogniser.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::extract::scan {

enum ByteClass : std::uint8_t {
    kDigit = 1,
    kLower = 2,
    kUpper = 4,
    kHigh = 8,   // part of a character outside ASCII
    kLocal = 16, // of the local part of an e-mail address, without quotes (RFC 5322 atext, '.')
    kUrl = 32,   // of a URL after its host, as people paste them
    kHex = 64,
    kSpace = 128,
};
constexpr std::uint8_t kLetter = kLower | kUpper;
constexpr std::uint8_t kAlnum = kDigit | kLetter;
constexpr std::uint8_t kWord = kAlnum | kHigh;

constexpr std::array<std::uint8_t, 256> kByteClasses = [] {
    std::array<std::uint8_t, 256> classes{};
    const auto add = [&](std::string_view bytes, unsigned bits) {
        for (const char c : bytes) {
            std::uint8_t& slot = classes[static_cast<unsigned char>(c)];
            slot = static_cast<std::uint8_t>(slot | bits);
        }
    };
    add("0123456789", kDigit | kLocal | kUrl | kHex);
    add("abcdefghijklmnopqrstuvwxyz", kLower | kLocal | kUrl);
    add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", kUpper | kLocal | kUrl);
    add("abcdefABCDEF", kHex);
    add("!#$%&'*+-/=?^_`{|}~.", kLocal);
    add("-._~:/?#@!$&'()*+,;=%|", kUrl);
    add(" \t\n\r\v\f", kSpace);
    for (std::size_t c = 0x80; c < 256; ++c) classes[c] = kHigh;
    return classes;
}();

[[nodiscard]] constexpr bool is(char c, unsigned classes) {
    return (kByteClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

/// The byte at `at`, or a space outside of the text.
[[nodiscard]] constexpr char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : ' ';
}

[[nodiscard]] constexpr bool is_at(std::string_view text, std::size_t at, unsigned classes) {
    return at < text.size() && is(text[at], classes);
}

/// The same for the byte before `at`.
[[nodiscard]] constexpr bool is_before(std::string_view text, std::size_t at, unsigned classes) {
    return at > 0 && at <= text.size() && is(text[at - 1], classes);
}

[[nodiscard]] constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace engine::extract::scan

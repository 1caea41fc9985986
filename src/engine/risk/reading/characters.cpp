#include "engine/risk/reading/characters.hpp"

#include <algorithm>
#include <array>

namespace engine::risk::reading {
namespace {

constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string_view ascii(char32_t lower_or_digit) {
    const std::size_t place = kAscii.find(static_cast<char>(lower_or_digit));
    return kAscii.substr(place, 1);
}

struct Decoded {
    char32_t code_point = 0;
    std::uint8_t size = 0; // 0: no UTF-8
};

Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < size) return {};
    char32_t code_point = first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code_point = code_point << 6 | (byte(i) & 0x3FU);
    }
    return {code_point, static_cast<std::uint8_t>(size)};
}

// U+00C0..U+00DF without accents; U+00E0..U+00FF are the same letters in lower case.
constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";

// Letters that pass for Latin ones (UTS 39, confusables.txt), each with what it passes for.
struct Likeness {
    char32_t letter;
    char latin;
};
constexpr std::array<Likeness, 43> kLikenesses{{
    {0x391, 'a'}, {0x392, 'b'}, {0x395, 'e'}, {0x396, 'z'}, {0x397, 'h'}, {0x399, 'i'},
    {0x39A, 'k'}, {0x39C, 'm'}, {0x39D, 'n'}, {0x39F, 'o'}, {0x3A1, 'p'}, {0x3A4, 't'},
    {0x3A5, 'y'}, {0x3A7, 'x'}, {0x3B1, 'a'}, {0x3B9, 'i'}, {0x3BD, 'v'}, {0x3BF, 'o'},
    {0x3C1, 'p'}, {0x405, 's'}, {0x406, 'i'}, {0x408, 'j'}, {0x410, 'a'}, {0x412, 'b'},
    {0x415, 'e'}, {0x41A, 'k'}, {0x41C, 'm'}, {0x41D, 'h'}, {0x41E, 'o'}, {0x420, 'p'},
    {0x421, 'c'}, {0x422, 't'}, {0x425, 'x'}, {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'},
    {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'},
    {0x458, 'j'},
}};

constexpr bool between(char32_t value, char32_t first, char32_t last) {
    return value >= first && value <= last;
}

bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x34F || c == 0x61C || between(c, 0x200B, 0x200F) ||
           between(c, 0x202A, 0x202E) || between(c, 0x2060, 0x2064) || between(c, 0xFE00, 0xFE0F) ||
           c == 0xFEFF;
}

Character styled(char32_t c, std::uint8_t size) {
    // Mathematical alphabets: blocks of 26 capitals and 26 small letters; then digits.
    if (between(c, 0x1D400, 0x1D6A3)) {
        return {Sort::Letter, size, ascii('a' + (c - 0x1D400) % 26)};
    }
    if (between(c, 0x1D7CE, 0x1D7FF)) {
        return {Sort::Digit, size, ascii('0' + (c - 0x1D7CE) % 10)};
    }
    if (between(c, 0xFF10, 0xFF19)) return {Sort::Digit, size, ascii('0' + (c - 0xFF10))};
    if (between(c, 0xFF21, 0xFF3A)) return {Sort::Letter, size, ascii('a' + (c - 0xFF21))};
    if (between(c, 0xFF41, 0xFF5A)) return {Sort::Letter, size, ascii('a' + (c - 0xFF41))};
    return {Sort::Other, size};
}

Character wide_character(char32_t c, std::uint8_t size) {
    if (between(c, 0xC0, 0xFF)) {
        if (kLatin1[c & 0x1F] == '*') return {Sort::Other, size};
        return {Sort::Letter, size, ascii(static_cast<unsigned char>(kLatin1[c & 0x1F]))};
    }
    if (c == 0x152 || c == 0x153) return {Sort::Letter, size, "oe"};
    if (c == 0xA3 || c == 0x20AC) return {Sort::Money, size};
    if (is_invisible(c)) return {Sort::Invisible, size};
    if (between(c, 0x370, 0x3FF) || between(c, 0x400, 0x52F)) {
        const auto* const like = std::ranges::lower_bound(kLikenesses, c, {}, &Likeness::letter);
        const bool passes = like != kLikenesses.end() && like->letter == c;
        return {Sort::Foreign, size,
                passes ? ascii(static_cast<unsigned char>(like->latin)) : std::string_view{}};
    }
    return styled(c, size);
}

} // namespace

Character character_at(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 'a' && c <= 'z') return {Sort::Letter, 1, ascii(c)};
    if (c >= 'A' && c <= 'Z') return {Sort::Letter, 1, ascii(c | 0x20U)};
    if (c >= '0' && c <= '9') return {Sort::Digit, 1, ascii(c)};
    if (c == '$') return {Sort::Money, 1};
    if (c < 0x80) return {Sort::Other, 1};
    const Decoded decoded = decode(text, at);
    return decoded.size == 0 ? Character{} : wide_character(decoded.code_point, decoded.size);
}

} // namespace engine::risk::reading

#include "engine/extract/scan/folding.hpp"

#include "engine/extract/scan/characters.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

namespace engine::extract::scan {
namespace {

struct Folding {
    UChar32 from;
    char to;
};

// Sorted. Signs that stand for an ASCII one.
constexpr std::array kSigns{
    Folding{0x00A0, ' '},  Folding{0x00B7, '.'},  Folding{0x1680, ' '}, Folding{0x2010, '-'},
    Folding{0x2011, '-'},  Folding{0x2012, '-'},  Folding{0x2013, '-'}, Folding{0x2014, '-'},
    Folding{0x2015, '-'},  Folding{0x2022, '.'},  Folding{0x2024, '.'}, Folding{0x2027, '.'},
    Folding{0x2028, '\n'}, Folding{0x2029, '\n'}, Folding{0x202F, ' '}, Folding{0x2044, '/'},
    Folding{0x205F, ' '},  Folding{0x2212, '-'},  Folding{0x2215, '/'}, Folding{0x2219, '.'},
    Folding{0x2236, ':'},  Folding{0x22C5, '.'},  Folding{0x3000, ' '}, Folding{0x3002, '.'},
    Folding{0xFE52, '.'},  Folding{0xFE55, ':'},  Folding{0xFE6B, '@'}, Folding{0xFF61, '.'},
};

// Drawn as nothing: they only break what a machine reads.
bool is_invisible(UChar32 c) {
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x180E || c == 0x20E3 ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

bool is_letter_o(UChar32 c) {
    return c == 0x039F || c == 0x03BF || c == 0x041E || c == 0x043E; // Greek, Cyrillic
}

char circled(UChar32 c) {
    if (c >= 0x2460 && c <= 0x2468) return static_cast<char>('1' + (c - 0x2460));
    if (c == 0x24EA) return '0';
    if (c >= 0x24B6 && c <= 0x24CF) return static_cast<char>('A' + (c - 0x24B6));
    if (c >= 0x24D0 && c <= 0x24E9) return static_cast<char>('a' + (c - 0x24D0));
    return '\0';
}

// Mathematical alphabets of bold, italic, script… letters: 13 of 52 each from U+1D400.
char mathematical(UChar32 c) {
    if (c < 0x1D400 || c > 0x1D6A3) return '\0';
    const int letter = static_cast<int>((c - 0x1D400) % 52);
    return static_cast<char>(letter < 26 ? 'A' + letter : 'a' + (letter - 26));
}

// The ASCII byte that c stands for, '\0' when it stays as it is.
char ascii_of(UChar32 c, bool near_digit) {
    if (c >= 0xFF01 && c <= 0xFF5E) return static_cast<char>(c - 0xFF01 + '!');
    if (c >= 0x2000 && c <= 0x200A) return ' ';
    const auto sign = std::ranges::lower_bound(kSigns, c, {}, &Folding::from);
    if (sign != kSigns.end() && sign->from == c) return sign->to;
    if (const char letter = circled(c)) return letter;
    if (const char letter = mathematical(c)) return letter;
    if (near_digit && is_letter_o(c)) return '0';
    if (u_charType(c) != U_DECIMAL_DIGIT_NUMBER) return '\0';
    return static_cast<char>('0' + u_charDigitValue(c));
}

// What French and English are full of, told by its bytes: everything from U+0080 to U+00BF but
// three characters, quotes, dots and the euro sign.
bool is_ordinary(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const auto second = static_cast<unsigned char>(byte_at(text, at + 1));
    const auto third = static_cast<unsigned char>(byte_at(text, at + 2));
    if (first == 0xC2) return second != 0xA0 && second != 0xAD && second != 0xB7;
    if (first != 0xE2) return false;
    return (second == 0x80 && third >= 0x98 && third != 0xA2 && third != 0xA4 && third <= 0xA6) ||
           (second == 0x82 && third == 0xAC);
}

struct FoldedCharacter {
    std::size_t size = 1; // of the original, in bytes
    bool changes = false;
    char to = '\0'; // nothing when it is dropped
};

FoldedCharacter fold_character(std::string_view text, std::size_t at) {
    if (is_ordinary(text, at)) return {};
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::size_t next = at;
    UChar32 c = 0;
    U8_NEXT(bytes, next, text.size(), c);
    if (c < 0) return {.size = next - at};
    const bool near_digit = is_before(text, at, kDigit) || is_at(text, next, kDigit);
    const char to = ascii_of(c, near_digit);
    return {next - at, to != '\0' || is_invisible(c), to};
}

} // namespace

bool folds(std::string_view text, std::size_t at) {
    return fold_character(text, at).changes;
}

FoldedText::FoldedText(std::string_view original) {
    text_.reserve(original.size());
    std::size_t kept = 0; // everything before is in text_
    for (std::size_t at = 0; at < original.size();) {
        if (!may_fold(static_cast<unsigned char>(original[at]))) {
            ++at;
            continue;
        }
        const FoldedCharacter character = fold_character(original, at);
        if (character.changes) {
            keep(original.substr(kept, at - kept), kept);
            if (character.to != '\0') replace({&character.to, 1}, at, character.size);
            changed_ = true;
            kept = at + character.size;
        }
        at += character.size;
    }
    keep(original.substr(kept), kept);
}

void FoldedText::keep(std::string_view bytes, std::size_t at) {
    if (bytes.empty()) return;
    pieces_.push_back({text_.size(), at, bytes.size(), true});
    text_ += bytes;
}

void FoldedText::replace(std::string_view bytes, std::size_t at, std::size_t size) {
    pieces_.push_back({text_.size(), at, size, false});
    text_ += bytes;
}

const FoldedText::Piece& FoldedText::piece_at(std::size_t folded) const {
    return *std::prev(std::ranges::upper_bound(pieces_, folded, {}, &Piece::folded));
}

std::size_t FoldedText::original_begin(std::size_t folded) const {
    if (folded >= text_.size()) return folded == 0 ? 0 : original_end(text_.size());
    const Piece& piece = piece_at(folded);
    return piece.original + (folded - piece.folded);
}

std::size_t FoldedText::original_end(std::size_t folded) const {
    if (folded == 0) return 0;
    const Piece& piece = piece_at(folded - 1);
    return piece.copied ? piece.original + (folded - piece.folded)
                        : piece.original + piece.original_size;
}

} // namespace engine::extract::scan

#include "engine/normalise/written/compact.hpp"

#include <cstdint>

namespace engine::normalise::written {
namespace {

enum class Sign : std::uint8_t { Foreign, Kept, Lower, Separator };

constexpr std::array<Sign, 256> make_signs() {
    std::array<Sign, 256> signs{};
    for (unsigned c = '0'; c <= '9'; ++c) signs[c] = Sign::Kept;
    for (unsigned c = 'A'; c <= 'Z'; ++c) signs[c] = Sign::Kept;
    for (unsigned c = 'a'; c <= 'z'; ++c) signs[c] = Sign::Lower;
    for (const char c : std::string_view{" \t\r\n\v\f-._/:,;*#|'\"()[]"}) {
        signs[static_cast<unsigned char>(c)] = Sign::Separator;
    }
    return signs;
}

constexpr std::array<Sign, 256> kSigns = make_signs();

// Bytes of a separator outside ASCII at the start of `text`, 0 when there is none: no-break and
// typographic spaces, hyphens and dashes, zero-width characters, minus, ideographic space.
std::size_t wide_separator(std::string_view text) {
    constexpr std::string_view kSeparators[]{"\u00A0", "\u00AD", "\u00B7", "\u2212", "\u3000",
                                             "\uFEFF", "\u2022", "\u205F", "\u2060"};
    for (const std::string_view separator : kSeparators) {
        if (text.starts_with(separator)) return separator.size();
    }
    // U+2000 to U+2015 and U+2028 to U+202F: the spaces, dashes and marks of direction.
    if (text.size() < 3 || !text.starts_with("\xE2\x80")) return 0;
    const auto last = static_cast<unsigned char>(text[2]);
    return (last >= 0x80 && last <= 0x95) || (last >= 0xA8 && last <= 0xAF) ? 3 : 0;
}

} // namespace

Compact compact(std::string_view as_written) {
    Compact found;
    for (std::size_t at = 0; at < as_written.size();) {
        const auto byte = static_cast<unsigned char>(as_written[at]);
        const Sign sign = kSigns[byte];
        if (sign == Sign::Foreign) {
            const std::size_t skipped = wide_separator(as_written.substr(at));
            found.foreign |= skipped == 0;
            at += skipped == 0 ? 1 : skipped;
            continue;
        }
        ++at;
        if (sign == Sign::Separator) continue;
        if (found.size == found.bytes.size()) {
            found.overflow = true;
            return found;
        }
        const unsigned upper = sign == Sign::Lower ? byte - unsigned{'a'} + 'A' : byte;
        found.bytes[found.size++] = static_cast<char>(upper);
    }
    return found;
}

} // namespace engine::normalise::written

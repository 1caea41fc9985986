#include "engine/normalise/written/compact.hpp"

namespace engine::normalise::written {
namespace {

// What is kept of a byte: itself or its upper case; 0 for a separator, kForeign for the rest.
constexpr char kForeign = '?';

constexpr std::array<char, 256> make_kept() {
    std::array<char, 256> kept{};
    kept.fill(kForeign);
    for (char c = '0'; c <= '9'; ++c) kept[static_cast<unsigned char>(c)] = c;
    for (char c = 'A'; c <= 'Z'; ++c) {
        kept[static_cast<unsigned char>(c)] = c;
        kept[static_cast<unsigned char>(c) + ('a' - 'A')] = c;
    }
    for (const char c : std::string_view{" \t\r\n\v\f-._/:,;*#|'\"()[]"}) {
        kept[static_cast<unsigned char>(c)] = '\0';
    }
    return kept;
}

constexpr std::array<char, 256> kKept = make_kept();

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
    std::size_t size = 0; // in a register: the loop is hot
    for (std::size_t at = 0; at < as_written.size();) {
        const char kept = kKept[static_cast<unsigned char>(as_written[at])];
        if (kept == kForeign) {
            const std::size_t skipped = wide_separator(as_written.substr(at));
            found.foreign |= skipped == 0;
            at += skipped == 0 ? 1 : skipped;
            continue;
        }
        ++at;
        if (size == kCompactCharactersMax) {
            found.overflow = kept != '\0';
            if (found.overflow) break;
            continue;
        }
        found.bytes[size] = kept; // a separator is overwritten by what follows
        size += kept != '\0' ? 1 : 0;
    }
    found.size = size;
    return found;
}

} // namespace engine::normalise::written

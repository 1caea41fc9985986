// Nearly all texts are ASCII, on which all that Unicode says comes down to a few lines: only the
// others go through ICU. A test compares the two.
#include "engine/normalise/written/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>

namespace engine::normalise::written {
namespace {

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

icu::UnicodeString folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return form->normalize(unicode(text), status);
}

// Letters with a stroke of their own, which Unicode does not take apart.
std::u16string_view plain_letters(UChar32 c) {
    switch (c) {
    case 0x00E6: return u"ae";
    case 0x0153: return u"oe";
    case 0x00F8: return u"o";
    case 0x0142: return u"l";
    case 0x0111: return u"d";
    case 0x00F0: return u"d";
    case 0x00FE: return u"th";
    case 0x0131: return u"i";
    case 0x0127: return u"h";
    default: return {};
    }
}

template <class Take> std::string spaced(const icu::UnicodeString& text, Take&& take) {
    icu::UnicodeString result;
    bool gap = false;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        if (!take(text.char32At(at), result, gap)) gap = true;
    }
    std::string bytes;
    return result.toUTF8String(bytes);
}

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
}

constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// What `is_kept` holds for, with one space for all that stands between.
template <class IsKept> std::string spaced_ascii(std::string_view text, IsKept&& is_kept) {
    std::string result;
    result.reserve(text.size());
    bool gap = false;
    for (const char c : text) {
        if (!is_kept(c)) {
            gap = true;
            continue;
        }
        if (gap && !result.empty()) result += ' ';
        gap = false;
        result += c;
    }
    return result;
}

void open_gap(icu::UnicodeString& result, bool& gap) {
    if (gap && !result.isEmpty()) result.append(u' ');
    gap = false;
}

} // namespace

std::string fold_case(std::string_view text) {
    std::string bytes;
    if (!is_ascii(text)) return folded(text).toUTF8String(bytes);
    bytes = text;
    std::ranges::transform(bytes, bytes.begin(), to_lower);
    return bytes;
}

std::string fold_words(std::string_view text) {
    if (is_ascii(text)) {
        return spaced_ascii(fold_case(text), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        });
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const form = icu::Normalizer2::getNFDInstance(status);
    const icu::UnicodeString apart = form->normalize(folded(text), status);
    return spaced(apart, [](UChar32 c, icu::UnicodeString& result, bool& gap) {
        if (u_charType(c) == U_NON_SPACING_MARK) return true;
        if (!u_isalnum(c)) return false;
        open_gap(result, gap);
        const std::u16string_view plain = plain_letters(c);
        if (plain.empty()) {
            result.append(c);
        } else {
            result.append(plain.data(), static_cast<std::int32_t>(plain.size()));
        }
        return true;
    });
}

std::string single_spaced(std::string_view text) {
    if (is_ascii(text)) {
        return spaced_ascii(text, [](char c) { return c != ' ' && (c < '\t' || c > '\r'); });
    }
    return spaced(unicode(text), [](UChar32 c, icu::UnicodeString& result, bool& gap) {
        if (u_isUWhiteSpace(c)) return false;
        open_gap(result, gap);
        result.append(c);
        return true;
    });
}

} // namespace engine::normalise::written

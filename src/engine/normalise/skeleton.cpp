// UTS 39 section 4, "Confusable Detection". Plain ASCII needs no ICU: its skeleton is a table.
#include "engine/normalise/web.hpp"

#include "base/ascii.hpp"

#include <unicode/uspoof.h>

#include <memory>

namespace engine::normalise {
namespace {

struct CloseChecker {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

// Immutable once made, and safe to share between threads for const uses (ICU: uspoof.h).
const USpoofChecker* checker() {
    static const std::unique_ptr<USpoofChecker, CloseChecker> kChecker = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<USpoofChecker, CloseChecker>{uspoof_open(&status)};
    }();
    return kChecker.get();
}

// The rows of confusables.txt (Unicode 15) whose source is one ASCII character.
std::string_view ascii_prototype(char c) {
    switch (c) {
    case '"': return "''";
    case '%': return "\u00BA/\u2080";
    case '0': return "O";
    case '1': return "l";
    case 'I': return "l";
    case '`': return "'";
    case 'm': return "rn";
    case '|': return "l";
    default: return {};
    }
}

std::string ascii_skeleton(std::string_view text) {
    std::string skeleton;
    skeleton.reserve(text.size() + 8);
    for (const char c : text) {
        const std::string_view prototype = ascii_prototype(c);
        if (prototype.empty()) {
            skeleton += c;
        } else {
            skeleton += prototype;
        }
    }
    return skeleton;
}

} // namespace

std::string confusable_skeleton(std::string_view text) {
    if (is_ascii(text)) return ascii_skeleton(text);
    if (checker() == nullptr) return std::string{text};
    std::string skeleton(text.size() * 3 + 32, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t size = uspoof_getSkeletonUTF8(
            checker(), 0, text.data(), static_cast<std::int32_t>(text.size()), skeleton.data(),
            static_cast<std::int32_t>(skeleton.size()), &status);
        const bool fits = size >= 0 && static_cast<std::size_t>(size) <= skeleton.size();
        skeleton.resize(static_cast<std::size_t>(std::max(size, 0)));
        if (fits && U_SUCCESS(status)) return skeleton;
        if (status != U_BUFFER_OVERFLOW_ERROR) break;
    }
    return std::string{text}; // not UTF-8: it looks like itself
}

} // namespace engine::normalise

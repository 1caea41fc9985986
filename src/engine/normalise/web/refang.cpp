#include "engine/normalise/web/refang.hpp"

#include "base/ascii.hpp"

#include <array>

namespace engine::normalise::web {
namespace {

struct Sign {
    char sign;
    std::string_view word;
    bool may_stand_bare; // between spaces, without brackets
};

constexpr std::array<Sign, 8> kDots{{{'.', ".", false},
                                     {'.', "dot", true},
                                     {'.', "point", true},
                                     {':', ":", false},
                                     {':', "://", false},
                                     {'/', "/", false},
                                     {'-', "-", false},
                                     {'-', "tiret", true}}};

constexpr std::array<Sign, 5> kAts{{{'@', "@", false},
                                    {'@', "at", true},
                                    {'@', "arobase", true},
                                    {'@', "arobas", true},
                                    {'@', "chez", true}}};

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') ++at;
    return at;
}

char closing_of(char opening) {
    switch (opening) {
    case '[': return ']';
    case '(': return ')';
    case '{': return '}';
    case '<': return '>';
    default: return '\0';
    }
}

// A sign in disguise at the start of `text`: the sign, and how many bytes it took.
struct Disguise {
    const Sign* sign = nullptr;
    std::size_t size = 0;
};

Disguise bracketed(std::string_view text, const Sign& sign) {
    const std::size_t opening = skip_spaces(text, 0);
    if (opening == text.size()) return {};
    const char closing = closing_of(text[opening]);
    if (closing == '\0') return {};
    const std::size_t word = skip_spaces(text, opening + 1);
    if (!starts_with_lower(text.substr(word), sign.word)) return {};
    const std::size_t end = skip_spaces(text, word + sign.word.size());
    if (end == text.size() || text[end] != closing) return {};
    return {&sign, skip_spaces(text, end + 1)};
}

Disguise bare(std::string_view text, const Sign& sign) {
    const std::size_t word = skip_spaces(text, 0);
    if (!sign.may_stand_bare || word == 0) return {};
    if (!starts_with_lower(text.substr(word), sign.word)) return {};
    const std::size_t end = word + sign.word.size();
    const std::size_t after = skip_spaces(text, end);
    if (after == end || after == text.size()) return {};
    return {&sign, after};
}

template <std::size_t N>
Disguise disguise_at(std::string_view text, const std::array<Sign, N>& signs) {
    if (text[0] != ' ' && closing_of(text[0]) == '\0') return {};
    for (const Sign& sign : signs) {
        if (const Disguise found = bracketed(text, sign); found.sign != nullptr) return found;
        if (const Disguise found = bare(text, sign); found.sign != nullptr) return found;
    }
    return {};
}

void append_sign(std::string& out, const Sign& sign) {
    if (sign.word == "://") {
        out += sign.word;
    } else {
        out += sign.sign;
    }
}

// hxxp, hXXps, h**p, htxp, hxtp, meow (the last by urlscan's users) → http.
std::string_view take_disguised_scheme(std::string_view text, std::string& out) {
    constexpr std::array<std::string_view, 7> kSchemes{"hxxp", "http", "h**p", "htxp",
                                                       "hxtp", "htps", "meow"};
    for (const std::string_view scheme : kSchemes) {
        if (!starts_with_lower(text, scheme)) continue;
        std::string_view rest = text.substr(scheme.size());
        bool is_secure = scheme == "htps";
        for (const std::string_view ending : {"[s]", "(s)", "s"}) {
            if (!is_secure && starts_with_lower(rest, ending)) {
                rest.remove_prefix(ending.size());
                is_secure = true;
            }
        }
        if (rest.empty() || (rest[0] != ':' && closing_of(rest[0]) == '\0')) continue;
        out += is_secure ? "https" : "http";
        return rest;
    }
    return text;
}

} // namespace

std::string refang_url(std::string_view written) {
    std::string out;
    out.reserve(written.size());
    std::string_view rest = take_disguised_scheme(written, out);
    const std::size_t scheme_size = out.size();
    while (!rest.empty()) {
        if (const Disguise found = disguise_at(rest, kDots); found.sign != nullptr) {
            append_sign(out, *found.sign);
            rest.remove_prefix(found.size);
            continue;
        }
        const char c = rest[0];
        if (c == '?' || c == '#') break;
        if (c == '/' || c == '\\') {
            const std::size_t last = out.find_last_not_of(":/\\");
            if (scheme_size == 0 || last >= scheme_size) break; // the path: nothing is disguised
        }
        out += c;
        rest.remove_prefix(1);
    }
    out += rest;
    return out;
}

std::string refang_email(std::string_view written) {
    std::string out;
    out.reserve(written.size());
    while (!written.empty()) {
        Disguise found = disguise_at(written, kAts);
        if (found.sign == nullptr) found = disguise_at(written, kDots);
        if (found.sign != nullptr) {
            append_sign(out, *found.sign);
            written.remove_prefix(found.size);
            continue;
        }
        out += written[0];
        written.remove_prefix(1);
    }
    return out;
}

} // namespace engine::normalise::web

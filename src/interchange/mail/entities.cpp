#include "interchange/mail/entities.hpp"

#include "interchange/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace interchange::mail {

namespace {

constexpr std::size_t kNameBytesMax = 10;

struct Entity {
    std::string_view name;
    char32_t code_point;
};

// HTML 4.01, section 24, from U+00A0 on: the names stand in the order of their code points.
constexpr std::array<std::string_view, 96> kLatin1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr std::array<Entity, 34> kOthers{
    {{"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
     {"commat", '@'},    {"period", '.'},   {"colon", ':'},    {"sol", '/'},      {"num", '#'},
     {"lpar", '('},      {"rpar", ')'},     {"excl", '!'},     {"OElig", 0x152},  {"oelig", 0x153},
     {"Scaron", 0x160},  {"scaron", 0x161}, {"Yuml", 0x178},   {"ensp", 0x2002},  {"emsp", 0x2003},
     {"thinsp", 0x2009}, {"zwnj", 0x200C},  {"zwj", 0x200D},   {"ndash", 0x2013}, {"mdash", 0x2014},
     {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bull", 0x2022},
     {"hellip", 0x2026}, {"euro", 0x20AC},  {"trade", 0x2122}, {"rarr", 0x2192}}};

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The code point of "eacute" or "#233"; 0 when there is none.
char32_t code_point_of(std::string_view name) {
    if (name.starts_with('#')) {
        name.remove_prefix(1);
        const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
        if (hexadecimal) name.remove_prefix(1);
        std::uint32_t value = 0;
        const std::from_chars_result read =
            std::from_chars(name.data(), name.data() + name.size(), value, hexadecimal ? 16 : 10);
        return read.ec == std::errc{} && read.ptr == name.data() + name.size() ? value : 0;
    }
    const auto latin = std::ranges::find(kLatin1, name);
    if (latin != kLatin1.end()) {
        return 0xA0 + static_cast<char32_t>(latin - kLatin1.begin());
    }
    const auto other = std::ranges::find(kOthers, name, &Entity::name);
    return other == kOthers.end() ? 0 : other->code_point;
}

} // namespace

std::string decode_entities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t ampersand = std::min(text.find('&'), text.size());
        out += text.substr(0, ampersand);
        text.remove_prefix(ampersand);
        if (text.empty()) break;
        const std::string_view near = text.substr(1, kNameBytesMax);
        std::size_t length = 0;
        while (length < near.size() && (near[length] == '#' || is_alphanumeric(near[length]))) {
            ++length;
        }
        const char32_t code_point = code_point_of(near.substr(0, length));
        if (code_point == 0) {
            out += '&';
            text.remove_prefix(1);
            continue;
        }
        append_utf8(code_point, out);
        const bool closed = length < near.size() && near[length] == ';';
        text.remove_prefix(1 + length + (closed ? 1 : 0));
    }
    return out;
}

} // namespace interchange::mail

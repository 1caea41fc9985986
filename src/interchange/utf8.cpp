#include "interchange/utf8.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <simdjson.h>

namespace interchange {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kCharsetNameMax = 40; // the longest registered names have about 40

// windows-1252 from 0x80 to 0x9F (WHATWG Encoding Standard, index-windows-1252); the five free
// places are control characters there.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// Labels that senders write without meaning them, all read as WHATWG does.
constexpr std::array<std::string_view, 12> kWesternLabels{
    "",       "utf-8",   "utf8",      "us-ascii",     "ascii",  "iso-8859-1",
    "latin1", "latin-1", "iso8859-1", "windows-1252", "cp1252", "unicode-1-1-utf-8"};

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4);
    for (const char c : bytes) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            append_utf8(byte < 0xA0 ? kWindows1252.at(byte - 0x80U) : byte, out);
        }
    }
    return out;
}

/// Length of the valid sequence at the front, or minus the length of the invalid one.
int sequence_length(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return -1;
    for (int i = 1; i < wanted; ++i) {
        if (static_cast<std::size_t>(i) >= bytes.size()) return -i;
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        if (i ==
            1) { // Unicode 15, table 3-7: no overlong forms, no surrogates, no more than 10FFFF
            if (lead == 0xE0) low = 0xA0;
            if (lead == 0xED) high = 0x9F;
            if (lead == 0xF0) low = 0x90;
            if (lead == 0xF4) high = 0x8F;
        }
        const unsigned char next = byte(static_cast<std::size_t>(i));
        if (next < low || next > high) return -i;
    }
    return wanted;
}

/// Converts with iconv(3). False when the charset is unknown.
bool convert(std::string_view bytes, const std::string& charset, std::string& out) {
    const iconv_t converter = iconv_open("UTF-8", charset.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false; // NOLINT: iconv(3) says so
    std::string input{bytes};                                     // iconv takes a mutable pointer
    char* in = input.data();
    std::size_t in_left = input.size();
    std::array<char, 4096> buffer{};
    while (in_left > 0) {
        char* to = buffer.data();
        std::size_t to_left = buffer.size();
        const std::size_t result = iconv(converter, &in, &in_left, &to, &to_left);
        const int why = errno;
        out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
        if (result != static_cast<std::size_t>(-1) || why == E2BIG) continue;
        out += kReplacement; // an invalid or unfinished sequence: step over one byte
        ++in;
        --in_left;
    }
    char* to = buffer.data();
    std::size_t to_left = buffer.size();
    iconv(converter, nullptr, nullptr, &to, &to_left); // what a stateful charset still holds back
    out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
    iconv_close(converter);
    return true;
}

} // namespace

bool is_valid_utf8(std::string_view bytes) {
    return simdjson::validate_utf8(bytes.data(), bytes.size());
}

void append_utf8(char32_t code_point, std::string& out) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        out += kReplacement;
        return;
    }
    const auto push = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        push(code_point);
    } else if (code_point < 0x800) {
        push(0xC0 | (code_point >> 6));
        push(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        push(0xE0 | (code_point >> 12));
        push(0x80 | ((code_point >> 6) & 0x3F));
        push(0x80 | (code_point & 0x3F));
    } else {
        push(0xF0 | (code_point >> 18));
        push(0x80 | ((code_point >> 12) & 0x3F));
        push(0x80 | ((code_point >> 6) & 0x3F));
        push(0x80 | (code_point & 0x3F));
    }
}

std::string replace_invalid_utf8(std::string_view bytes) {
    if (is_valid_utf8(bytes)) return std::string{bytes};
    std::string out;
    out.reserve(bytes.size() + 16);
    while (!bytes.empty()) {
        const int length = sequence_length(bytes);
        const std::size_t taken = static_cast<std::size_t>(length < 0 ? -length : length);
        out += length < 0 ? kReplacement : bytes.substr(0, taken);
        bytes.remove_prefix(taken);
    }
    return out;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    std::string name;
    for (const char c : charset.substr(0, kCharsetNameMax)) {
        if (c > ' ' && c != '"' && c != '\'')
            name += static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
    }
    const bool western = std::ranges::find(kWesternLabels, name) != kWesternLabels.end();
    std::string out;
    // A suffix such as //IGNORE is an instruction to iconv, not a name.
    if (!western && name.find('/') == std::string::npos && convert(bytes, name, out)) {
        return is_valid_utf8(out) ? out : replace_invalid_utf8(out);
    }
    return is_valid_utf8(bytes) ? std::string{bytes} : from_windows_1252(bytes);
}

} // namespace interchange

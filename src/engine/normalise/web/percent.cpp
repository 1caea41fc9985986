#include "engine/normalise/web/percent.hpp"

namespace engine::normalise::web {
namespace {

bool is_in(EncodeSet set, char c) {
    if (c <= 0x20 || c == 0x7F) return true;
    constexpr auto kNone = std::string_view::npos;
    switch (set) {
    case EncodeSet::SpecialQuery: return std::string_view{"\"#<>'"}.find(c) != kNone;
    case EncodeSet::Path: return std::string_view{"\"#<>?^`{}"}.find(c) != kNone;
    case EncodeSet::Userinfo: return std::string_view{"\"#<>?^`{}/:;=@[\\]|"}.find(c) != kNone;
    }
    return false;
}

void append_escape(std::string& out, unsigned char byte) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15U];
}

// Bytes of the character beyond ASCII at the start of `text` (RFC 3629: shortest form, no
// surrogate, nothing above U+10FFFF); 0 when there is none.
std::size_t utf8_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t size = byte(0) < 0xC2   ? 0
                             : byte(0) < 0xE0 ? 2
                             : byte(0) < 0xF0 ? 3
                             : byte(0) < 0xF5 ? 4
                                              : 0;
    if (size == 0 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    }
    const bool is_too_long =
        (byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xF0 && byte(1) < 0x90);
    const bool is_no_scalar =
        (byte(0) == 0xED && byte(1) > 0x9F) || (byte(0) == 0xF4 && byte(1) > 0x8F);
    return is_too_long || is_no_scalar ? 0 : size;
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text, EncodeSet set) {
    while (!text.empty()) {
        if (static_cast<unsigned char>(text[0]) < 0x80) {
            if (is_in(set, text[0])) {
                append_escape(out, static_cast<unsigned char>(text[0]));
            } else {
                out += text[0];
            }
            text.remove_prefix(1);
            continue;
        }
        const std::size_t size = utf8_size(text);
        const std::string_view bytes = size == 0 ? "\xEF\xBF\xBD" : text.substr(0, size);
        for (const char byte : bytes) append_escape(out, static_cast<unsigned char>(byte));
        text.remove_prefix(size == 0 ? 1 : size);
    }
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

} // namespace engine::normalise::web

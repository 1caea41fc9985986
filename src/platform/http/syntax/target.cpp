#include "platform/http/syntax/target.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace platform::http {
namespace {

enum class Plus { Plus, Space };

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && plus == Plus::Space) {
            decoded += ' ';
        } else if (text[at] != '%') {
            decoded += text[at];
        } else {
            if (at + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[at + 1]);
            const int low = hex_digit(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    if (!is_utf8(decoded) || decoded.find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

bool is_encoded_again(std::string_view decoded) {
    for (std::size_t at = decoded.find('%'); at != std::string_view::npos;
         at = decoded.find('%', at + 1)) {
        if (at + 2 < decoded.size() && hex_digit(decoded[at + 1]) >= 0 &&
            hex_digit(decoded[at + 2]) >= 0) {
            return true;
        }
    }
    return false;
}

bool is_segment(std::string_view segment) {
    const bool controls = std::ranges::any_of(segment, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
    return !segment.empty() && segment != "." && segment != ".." && !controls &&
           segment.find_first_of("/\\") == std::string_view::npos && !is_encoded_again(segment);
}

std::optional<std::string> decode_path(std::string_view raw) {
    if (!raw.starts_with('/')) return std::nullopt;
    std::string path;
    std::size_t segments = 0;
    std::size_t begin = 1;
    while (begin < raw.size()) {
        const std::size_t end = std::min(raw.find('/', begin), raw.size());
        const auto segment = percent_decode(raw.substr(begin, end - begin), Plus::Plus);
        if (!segment || !is_segment(*segment) || ++segments > kSegmentsMax) return std::nullopt;
        path += '/';
        path += *segment;
        begin = end + 1;
    }
    if (path.empty() || raw.ends_with('/')) path += '/';
    return path;
}

} // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        std::size_t more = 0;
        if (lead < 0x80) {
            ++at;
            continue;
        }
        if (lead >= 0xC2 && lead <= 0xDF) more = 1;
        if (lead >= 0xE0 && lead <= 0xEF) more = 2;
        if (lead >= 0xF0 && lead <= 0xF4) more = 3;
        if (more == 0 || at + more >= text.size()) return false;
        unsigned code = lead & (0x3FU >> more);
        for (std::size_t n = 1; n <= more; ++n) {
            const auto next = static_cast<unsigned char>(text[at + n]);
            if ((next & 0xC0) != 0x80) return false;
            code = code << 6 | (next & 0x3FU);
        }
        const bool overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (overlong || surrogate || code > 0x10FFFF) return false;
        at += more + 1;
    }
    return true;
}

std::optional<std::vector<Pair>> decode_form(std::string_view text) {
    std::vector<Pair> pairs;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('&', begin), text.size());
        const std::string_view piece = text.substr(begin, end - begin);
        begin = end + 1;
        if (piece.empty()) continue;
        const std::size_t equals = std::min(piece.find('='), piece.size());
        auto name = percent_decode(piece.substr(0, equals), Plus::Space);
        auto value = percent_decode(piece.substr(std::min(equals + 1, piece.size())), Plus::Space);
        if (!name || !value || name->size() > kNameBytesMax || pairs.size() == kFieldsMax) {
            return std::nullopt;
        }
        pairs.push_back({std::move(*name), std::move(*value)});
    }
    return pairs;
}

std::optional<Target> decode_target(std::string_view target) {
    const std::size_t question = std::min(target.find('?'), target.size());
    auto path = decode_path(target.substr(0, question));
    if (!path) return std::nullopt;
    auto query = decode_form(target.substr(std::min(question + 1, target.size())));
    if (!query) return std::nullopt;
    return Target{.path = std::move(*path), .query = std::move(*query)};
}

} // namespace platform::http

#include "platform/http/syntax/cookies.hpp"

#include "platform/http/syntax/head.hpp"

#include <algorithm>

namespace platform::http {
namespace {

bool is_cookie_value(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
    });
}

} // namespace

std::vector<Pair> read_cookies(std::string_view header) {
    std::vector<Pair> cookies;
    std::size_t begin = 0;
    while (begin < header.size() && cookies.size() < kCookiesMax) {
        const std::size_t end = std::min(header.find(';', begin), header.size());
        const std::string_view piece = trim(header.substr(begin, end - begin));
        begin = end + 1;
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = piece.substr(0, equals);
        const std::string_view value = piece.substr(equals + 1);
        if (!is_token(name) || !is_cookie_value(value)) continue;
        cookies.push_back({std::string{name}, std::string{value}});
    }
    return cookies;
}

} // namespace platform::http

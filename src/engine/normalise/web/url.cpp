#include "engine/normalise/web/url.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/host.hpp"
#include "engine/normalise/web/percent.hpp"

#include <algorithm>
#include <vector>

namespace engine::normalise::web {
namespace {

constexpr auto kNone = std::string_view::npos;

// Leading and trailing C0 controls and spaces go, tabs and newlines go everywhere.
std::string without_controls(std::string_view input) {
    const auto is_space = [](char c) { return c >= 0 && c <= 0x20; };
    while (!input.empty() && is_space(input.front())) input.remove_prefix(1);
    while (!input.empty() && is_space(input.back())) input.remove_suffix(1);
    std::string kept;
    kept.reserve(input.size());
    std::ranges::copy_if(input, std::back_inserter(kept),
                         [](char c) { return c != '\t' && c != '\n' && c != '\r'; });
    return kept;
}

// Takes the scheme and the slashes after it from `rest`.
std::optional<std::string> take_scheme(std::string_view& rest) {
    std::string scheme;
    if (starts_with_lower(rest, "https:")) {
        scheme = "https";
    } else if (starts_with_lower(rest, "http:")) {
        scheme = "http";
    } else {
        return std::nullopt;
    }
    rest.remove_prefix(scheme.size() + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    return scheme;
}

std::string encode_userinfo(std::string_view written) {
    const std::size_t colon = written.find(':');
    std::string encoded;
    append_percent_encoded(encoded, written.substr(0, colon), EncodeSet::Userinfo);
    if (colon != kNone && colon + 1 < written.size()) {
        encoded += ':';
        append_percent_encoded(encoded, written.substr(colon + 1), EncodeSet::Userinfo);
    }
    return encoded;
}

// False when what follows the colon is no port.
bool read_port(std::string_view digits, ParsedUrl& url) {
    std::uint32_t port = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return false;
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
        if (port > 0xFFFF) return false;
    }
    const bool is_default = port == (url.scheme == "https" ? 443U : 80U);
    if (!digits.empty() && !is_default) url.port = static_cast<std::uint16_t>(port);
    return true;
}

bool read_authority(std::string_view authority, ParsedUrl& url) {
    const std::size_t at = authority.rfind('@');
    if (at != kNone) {
        url.userinfo = encode_userinfo(authority.substr(0, at));
        authority.remove_prefix(at + 1);
    }
    std::size_t after_host = authority.find(':');
    if (authority.starts_with('[')) {
        const std::size_t bracket = authority.find(']');
        if (bracket == kNone) return false;
        after_host = authority.find(':', bracket);
    }
    const std::string_view host = authority.substr(0, after_host);
    if (host.empty()) return false;
    if (after_host != kNone && !read_port(authority.substr(after_host + 1), url)) return false;
    std::optional<std::string> ascii = parse_host(host);
    if (!ascii) return false;
    url.host = *std::move(ascii);
    return true;
}

enum class Dots : std::uint8_t { None, Single, Double };

// ".", "..", and the same with %2e in either case.
Dots dots_of(std::string_view segment) {
    std::size_t count = 0;
    while (!segment.empty()) {
        if (segment[0] == '.') {
            segment.remove_prefix(1);
        } else if (starts_with_lower(segment, "%2e")) {
            segment.remove_prefix(3);
        } else {
            return Dots::None;
        }
        ++count;
    }
    if (count == 0 || count > 2) return Dots::None;
    return count == 1 ? Dots::Single : Dots::Double;
}

std::string read_path(std::string_view written) {
    if (!written.empty()) written.remove_prefix(1); // the slash that ended the authority
    std::vector<std::string_view> segments;
    while (true) {
        const std::size_t slash = written.find_first_of("/\\");
        const std::string_view segment = written.substr(0, slash);
        const Dots dots = dots_of(segment);
        if (dots == Dots::Double && !segments.empty()) segments.pop_back();
        if (dots == Dots::None) segments.push_back(segment);
        if (slash == kNone) {
            if (dots != Dots::None) segments.emplace_back();
            break;
        }
        written.remove_prefix(slash + 1);
    }
    std::string path;
    for (const std::string_view segment : segments) {
        path += '/';
        append_percent_encoded(path, segment, EncodeSet::Path);
    }
    return path;
}

} // namespace

std::string ParsedUrl::href() const {
    std::string text = scheme + "://";
    if (!userinfo.empty()) text += userinfo + '@';
    text += host;
    if (port) text += ':' + std::to_string(*port);
    text += path;
    if (query) text += '?' + *query;
    return text;
}

std::optional<ParsedUrl> parse_http_url(std::string_view input) {
    const std::string kept = without_controls(input);
    std::string_view rest = kept;
    ParsedUrl url;
    std::optional<std::string> scheme = take_scheme(rest);
    if (!scheme) return std::nullopt;
    url.scheme = *std::move(scheme);

    rest = rest.substr(0, rest.find('#'));
    const std::size_t end = rest.find_first_of("/\\?");
    if (!read_authority(rest.substr(0, end), url)) return std::nullopt;
    rest.remove_prefix(std::min(end, rest.size()));

    const std::size_t question = rest.find('?');
    url.path = read_path(rest.substr(0, question));
    if (question != kNone) {
        url.query.emplace();
        append_percent_encoded(*url.query, rest.substr(question + 1), EncodeSet::SpecialQuery);
    }
    return url;
}

} // namespace engine::normalise::web

// The URL parser of the WHATWG URL Standard (section 4.4) for absolute http and https URLs; no base
// URL, other schemes are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine::normalise::web {

struct ParsedUrl {
    std::string scheme;                // "http" or "https"
    std::string userinfo;              // percent-encoded, "user" or "user:password"; may be empty
    std::string host;                  // ASCII domain, IPv4, or IPv6 in brackets
    std::optional<std::uint16_t> port; // nothing for the scheme's own
    std::string path;                  // starts with '/'
    std::optional<std::string> query;  // without '?'

    /// Without fragment.
    [[nodiscard]] std::string href() const;
};

/// Nothing when the standard says failure or the scheme is another one.
[[nodiscard]] std::optional<ParsedUrl> parse_http_url(std::string_view input);

} // namespace engine::normalise::web

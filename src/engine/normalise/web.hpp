// Names on the Internet: domains (UTS 46, public suffix list), URLs (WHATWG URL Standard, the part
// that http and https need), e-mail addresses (RFC 5321, RFC 6531), IP addresses.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise {

enum class WebRefusal : std::uint8_t {
    Empty,
    WrongCharacter,
    NotUnderPublicSuffix,
    TooLong,
    NotHttp,
    WrongAddress,
};

/// Host in lower-case ASCII (UTS 46 non-transitional, "xn--…"), without a trailing dot and without
/// a leading "www.". It must end in a suffix that the public suffix list names (ICANN or private).
[[nodiscard]] Result<std::string, WebRefusal> parse_domain(std::string_view as_written);

/// The registrable domain of a canonical host ("shop.exemple.co.uk" → "exemple.co.uk"); the host
/// itself when it is a public suffix.
[[nodiscard]] std::string registrable_domain(std::string_view canonical_host);

struct Url {
    std::string href; // normalised: scheme and host in lower case, default port and fragment gone
    std::string host; // canonical as by parse_domain, or an IP address
};

/// An http(s) URL, defanged or not ("hxxps://exa[.]mple/x"); the scheme may be missing.
/// Tracking parameters that name a victim (an e-mail address, a click id) and the user information
/// are removed. Without a scheme, an IPv4 host must be four decimal numbers ("1.2/3" is refused).
[[nodiscard]] Result<Url, WebRefusal> parse_url(std::string_view as_written);

/// Address with its domain canonical and its local part in lower case, without "+tag", and without
/// dots where the provider ignores them (gmail.com, googlemail.com → gmail.com).
[[nodiscard]] Result<std::string, WebRefusal> parse_email(std::string_view as_written);

/// IPv4 in dotted decimal or IPv6 in RFC 5952 form.
[[nodiscard]] Result<std::string, WebRefusal> parse_ip(std::string_view as_written);

/// What a careless reader sees: the skeleton of UTS 39 ("pаypal" with a Cyrillic а → "paypal").
[[nodiscard]] std::string confusable_skeleton(std::string_view text);

} // namespace engine::normalise

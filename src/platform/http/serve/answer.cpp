#include "platform/http/serve/answer.hpp"

#include "base/ascii.hpp"
#include "base/check.hpp"
#include "platform/http/serve/compress.hpp"
#include "platform/http/syntax/head.hpp"

#include <algorithm>
#include <array>

namespace platform::http {
namespace {

struct Fixed {
    const char* name;
    const char* value;
};

/// What a page may load and be loaded by (W3C CSP 3, Trusted Types; WHATWG HTML for the policies of
/// origin). Nothing here depends on the route: a test walks the table of routes.
constexpr std::array kSecurity{
    Fixed{"content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
          "require-trusted-types-for 'script'; trusted-types aa"},
    Fixed{"x-content-type-options", "nosniff"},
    Fixed{"x-frame-options", "DENY"},
    Fixed{"referrer-policy", "no-referrer"},
    Fixed{"cross-origin-opener-policy", "same-origin"},
    Fixed{"cross-origin-embedder-policy", "require-corp"},
    Fixed{"cross-origin-resource-policy", "same-origin"},
    Fixed{"permissions-policy",
          "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), "
          "display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), "
          "geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), "
          "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
          "publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), "
          "sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()"},
};
constexpr const char* kStrictTransport = "max-age=31536000"; // a year, as preload lists ask
constexpr const char* kCached =
    "public, max-age=86400"; // a route with a hash in its name says more

bool is_header_value(std::string_view value) {
    return std::ranges::none_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

bool has(const std::vector<Pair>& headers, std::string_view lower_name) {
    return std::ranges::find(headers, lower_name, &Pair::name) != headers.end();
}

bool is_of_security(std::string_view lower_name) {
    return lower_name == "strict-transport-security" || lower_name == "content-length" ||
           lower_name == "set-cookie" || lower_name == "connection" ||
           std::ranges::any_of(kSecurity, [&](const Fixed& f) { return f.name == lower_name; });
}

std::string cookie_line(const SetCookie& cookie, bool secure) {
    const bool plain = std::ranges::all_of(cookie.value, [](char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
    });
    check(is_token(cookie.name) && plain, "a cookie of ours is a token and plain characters");
    std::string line = secure ? "__Host-" : "";
    line += cookie.name;
    line += '=';
    line += cookie.value;
    line += "; Path=/; HttpOnly; SameSite=Lax";
    if (secure) line += "; Secure";
    if (cookie.seconds_max >= 0) line += "; Max-Age=" + std::to_string(cookie.seconds_max);
    return line;
}

/// Whether the body was compressed.
void compress(Response& response, std::vector<Pair>& headers, const AnswerContext& context) {
    const bool worth = !response.stream && response.body.size() >= kCompressedFrom &&
                       is_compressible(response.content_type) && !response.holds_secret &&
                       !has(headers, "content-encoding");
    if (!worth) return;
    headers.push_back({"vary", "accept-encoding"});
    if (!context.gzip) return;
    response.body = gzip(response.body);
    headers.push_back({"content-encoding", "gzip"});
}

} // namespace

std::vector<Pair> finish_answer(Response& response, const AnswerContext& context) {
    check(response.status >= 200 && response.status < 600, "a status that ends a request");
    std::vector<Pair> headers;
    for (const Fixed& fixed : kSecurity) headers.push_back({fixed.name, fixed.value});
    if (context.secure) headers.push_back({"strict-transport-security", kStrictTransport});
    for (Pair& header : response.headers) {
        header.name = lower_ascii(header.name);
        check(is_token(header.name) && is_header_value(header.value), "a header that is one line");
        check(!is_of_security(header.name), "headers of security and framing are set here alone");
        headers.push_back(std::move(header));
    }
    response.headers.clear();
    if (!response.cacheable) {
        std::erase_if(headers, [](const Pair& header) { return header.name == "cache-control"; });
        headers.push_back({"cache-control", "no-store"});
    } else if (!has(headers, "cache-control")) {
        headers.push_back({"cache-control", kCached});
    }
    check(is_header_value(response.content_type), "a content type is one line");
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!response.content_type.empty() && !bodiless) {
        headers.push_back({"content-type", response.content_type});
    }
    for (const SetCookie& cookie : response.cookies) {
        headers.push_back({"set-cookie", cookie_line(cookie, context.secure)});
    }
    compress(response, headers, context);
    if (context.close) headers.push_back({"connection", "close"});
    return headers;
}

} // namespace platform::http

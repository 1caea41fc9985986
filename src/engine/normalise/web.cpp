#include "engine/normalise/web.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/domain.hpp"
#include "engine/normalise/web/host.hpp"
#include "engine/normalise/web/refang.hpp"
#include "engine/normalise/web/suffix.hpp"
#include "engine/normalise/web/url.hpp"
#include "engine/normalise/web/victim_parameters.hpp"

#include <optional>

namespace engine::normalise {
namespace {

constexpr std::size_t kUrlBytesMax = 8192; // RFC 9110 asks for 8000; longer ones are data
constexpr auto kNone = std::string_view::npos;

std::string_view trimmed(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == kNone) return {};
    return text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

enum class Scheme : std::uint8_t { Http, None, Other };

// "exemple.fr:8080/x" has none: what stands before its colon is a host.
Scheme scheme_of(std::string_view text) {
    if (starts_with_lower(text, "http:") || starts_with_lower(text, "https:")) {
        return Scheme::Http;
    }
    const std::size_t colon = text.find_first_of(":/?#");
    if (colon == kNone || colon == 0 || text[colon] != ':') return Scheme::None;
    const std::string_view before = text.substr(0, colon);
    const bool is_scheme = before.find_first_of(".@[%") == kNone;
    return is_scheme ? Scheme::Other : Scheme::None;
}

bool is_plain_http(std::string_view text) {
    return scheme_of(text) == Scheme::Http &&
           text.substr(0, text.find_first_of("/?#", 8)).find_first_of("[({ <") == kNone;
}

Result<std::string, WebRefusal> canonical_host(const std::string& host, bool may_be_odd_ipv4) {
    if (host.starts_with('[')) {
        const auto address = web::parse_ipv6({host.data() + 1, host.size() - 2});
        if (!address) return refuse(WebRefusal::WrongAddress);
        return web::write_ipv6(*address, web::MappedIpv4::AsDotted);
    }
    if (web::ends_in_number(host)) {
        if (!may_be_odd_ipv4) return refuse(WebRefusal::WrongAddress);
        return host;
    }
    return parse_domain(host);
}

// Only a URL with its scheme may write its address in an odd way: "1.2/3" is a fraction.
bool starts_with_dotted_ipv4(std::string_view text) {
    const std::string_view authority = text.substr(0, text.find_first_of("/?#\\"));
    const std::string_view host = authority.substr(0, authority.find(':'));
    return web::parse_dotted_ipv4(host).has_value();
}

} // namespace

Result<std::string, WebRefusal> parse_domain(std::string_view as_written) {
    Result<std::string, WebRefusal> host = web::parse_full_domain(as_written);
    if (host) host->erase(0, host->size() - web::without_www(*host).size());
    return host;
}

std::string registrable_domain(std::string_view canonical_host) {
    return std::string{canonical_host.substr(web::match_suffix(canonical_host).registrable)};
}

Result<Url, WebRefusal> parse_url(std::string_view as_written) {
    std::string text{trimmed(as_written)};
    if (text.empty()) return refuse(WebRefusal::Empty);
    if (text.size() > kUrlBytesMax) return refuse(WebRefusal::TooLong);
    if (!is_plain_http(text)) text = web::refang_url(text);
    const Scheme scheme = scheme_of(text);
    if (scheme == Scheme::Other) return refuse(WebRefusal::NotHttp);
    const bool may_be_odd_ipv4 = scheme == Scheme::Http || starts_with_dotted_ipv4(text);
    if (scheme == Scheme::None) text.insert(0, "http://");

    std::optional<web::ParsedUrl> parsed = web::parse_http_url(text);
    if (!parsed) return refuse(WebRefusal::WrongAddress);
    Result<std::string, WebRefusal> host = canonical_host(parsed->host, may_be_odd_ipv4);
    if (!host) return refuse(host.error());
    parsed->userinfo.clear(); // what a browser shows is not what it visits, and it may be a victim
    if (parsed->host.ends_with('.')) parsed->host.pop_back();
    if (parsed->query) {
        *parsed->query = web::without_victim_parameters(*parsed->query);
        if (parsed->query->empty()) parsed->query.reset();
    }
    return Url{parsed->href(), *std::move(host)};
}

Result<std::string, WebRefusal> parse_ip(std::string_view as_written) {
    std::string text{trimmed(as_written)};
    if (text.empty()) return refuse(WebRefusal::Empty);
    constexpr std::size_t kAddressBytesMax = 128; // 39 of IPv6, and room for a disguise
    if (text.size() > kAddressBytesMax) return refuse(WebRefusal::TooLong);
    if (text.starts_with('[') && text.ends_with(']') && text.find(':') != kNone) {
        text = text.substr(1, text.size() - 2);
    }
    if (text.find_first_of("[({ ") != kNone) text = web::refang_url(text);
    if (const auto address = web::parse_dotted_ipv4(text)) return web::write_ipv4(*address);
    if (const auto address = web::parse_ipv6(text)) {
        return web::write_ipv6(*address, web::MappedIpv4::AsDotted);
    }
    return refuse(WebRefusal::WrongAddress);
}

} // namespace engine::normalise

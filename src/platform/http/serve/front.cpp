#include "platform/http/serve/front.hpp"

#include "base/ascii.hpp"
#include "platform/http/serve/edge.hpp"
#include "platform/http/syntax/cookies.hpp"
#include "platform/http/syntax/target.hpp"

#include <algorithm>

namespace platform::http {
namespace {

constexpr const char* kRetryAfterSeconds = "5"; // 503: a burst is over by then
constexpr std::string_view kProofName = "proof";

std::string_view phrase(int status) {
    switch (status) {
    case 400: return "Bad request";
    case 403: return "Forbidden";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 413: return "Content too large";
    case 414: return "URI too long";
    case 415: return "Unsupported media type";
    case 421: return "Misdirected request";
    case 429: return "Too many requests";
    case 431: return "Request header fields too large";
    case 501: return "Not implemented";
    case 503: return "Service unavailable";
    case 505: return "HTTP version not supported";
    default: return "Internal server error";
    }
}

std::optional<Method> method_of(std::string_view word) {
    if (word == "GET" || word == "HEAD") return Method::Get;
    if (word == "POST") return Method::Post;
    if (word == "DELETE") return Method::Delete;
    return std::nullopt;
}

bool read_networks(const std::vector<std::string>& texts, std::vector<Network>& networks) {
    for (const std::string& text : texts) {
        const auto network = Network::parse(text);
        if (!network) return false;
        networks.push_back(*network);
    }
    return true;
}

std::string_view value_of(const Head& head, std::string_view lower_name) {
    const RawHeader* const header = find_header(head.raw, lower_name);
    return header != nullptr ? trim(header->value) : std::string_view{};
}

/// Without the port.
std::string host_name(std::string_view host) {
    const std::size_t bracket = host.rfind(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return lower_ascii(host.substr(0, colon));
}

std::string_view proof_of(const Request& request) {
    if (const auto header = request.header("proof-of-work")) return *header;
    if (const auto cookie = request.cookie(kProofName)) return *cookie;
    // A script of the page sets it, and cannot set the prefix of ours.
    const auto plain = std::ranges::find(request.cookies, kProofName, &Pair::name);
    if (plain != request.cookies.end()) return plain->value;
    if (const auto parameter = request.parameter(kProofName)) return *parameter;
    return {};
}

/// What an error answer must know of a target that was not read: is it a page, in which language,
/// or the API.
std::string door_of(std::string_view target) {
    for (const std::string_view door : {"/api/", "/en/"}) {
        if (target.starts_with(door)) return std::string{door};
    }
    return "/";
}

unsigned weight_of(const Admission& admission) {
    return admission.route != nullptr ? admission.route->limits.weight : 1;
}

/// Answers of the kind `Found` of Router have none.
Response plain_answer(int status, std::string_view header, std::string_view value) {
    Response response;
    response.status = status;
    response.content_type.clear();
    response.headers.push_back({std::string{header}, std::string{value}});
    return response;
}

} // namespace

Front::Front(const ServerPolicy& policy, std::vector<Route> routes)
    : header_bytes_max_{policy.header_bytes_max}, hosts_{policy.hosts},
      error_page_{policy.error_page}, router_{std::move(routes)} {}

std::optional<Front> Front::make(const ServerPolicy& policy, std::vector<Route> routes) {
    Front front{policy, std::move(routes)};
    if (!read_networks(policy.trusted_proxies, front.proxies_)) return std::nullopt;
    if (!read_networks(policy.operations_networks, front.operations_)) return std::nullopt;
    return front;
}

Response Front::error(int status, const Request& request) const {
    Response response;
    const auto build = [&] { response = error_page_(status, request); };
    const bool built = error_page_ && guarded({}, request.route, build) == 0;
    if (!built) response = problem(status, "about:blank", phrase(status), "");
    response.status = status;
    if (status == 503) response.headers.push_back({"retry-after", kRetryAfterSeconds});
    return response;
}

void Front::refuse_with(Admission& admission, int status) const {
    admission.refusal = error(status, admission.request);
}

Response Front::challenge(Admission& admission, Throttle& throttle, Throttle::Time now) const {
    const Challenge challenge = throttle.challenge(admission.client, now);
    admission.request.challenge = challenge;
    Response response = error(429, admission.request);
    response.headers.push_back({"retry-after", std::to_string(challenge.wait_seconds)});
    response.headers.push_back(
        {"proof-of-work-challenge", challenge.token + "; bits=" + std::to_string(challenge.bits)});
    return response;
}

Verdict Front::ask_again(const Admission& admission, Throttle& throttle, Throttle::Time now) const {
    const std::string_view proof = admission.request.field(kProofName);
    if (proof.empty()) return admission.verdict;
    return throttle.ask(admission.client, weight_of(admission), proof, now);
}

Admission Front::admit(const Head& head, Throttle& throttle, Throttle::Time now) const {
    Admission admission;
    read_client(head, admission);
    const auto framing = check_head(head.raw);
    int status = framing ? 0 : framing.error().status;
    if (status == 0 && head.bytes > header_bytes_max_) status = 431;
    auto target = status == 0 ? decode_target(head.raw.target) : std::nullopt;
    if (status == 0 && !target) status = 400;
    if (status != 0) {
        admission.close = true; // who knows where the next request would begin
        admission.request.path = door_of(head.raw.target);
        refuse_with(admission, status);
        return admission;
    }
    admission.framing = *framing;
    admission.request.path = std::move(target->path);
    admission.request.query = std::move(target->query);
    read_request(head, admission);
    const std::optional<Response> routed = route(head, admission);
    const bool operations =
        admission.route != nullptr && admission.route->access == Access::Operations;
    if (!operations) { // who watches over us is never made to wait
        admission.verdict =
            throttle.ask(admission.client, weight_of(admission), proof_of(admission.request), now);
    }
    admission.refusal = routed;
    if (!admission.refusal) admission.refusal = check_access(head, admission);
    if (!admission.refusal) admission.refusal = check_origin(head, admission);
    return admission;
}

void Front::read_client(const Head& head, Admission& admission) const {
    admission.client = head.peer;
    admission.request.secure = head.tls;
    if (is_proxy(head.peer)) {
        std::string forwarded;
        for (const RawHeader& header : head.raw.headers) {
            if (lower_ascii(header.name) != "x-forwarded-for") continue;
            if (!forwarded.empty()) forwarded += ',';
            forwarded += header.value;
        }
        admission.client = forwarded_client(head.peer, forwarded, proxies_);
        const std::string_view proto = value_of(head, "x-forwarded-proto");
        const std::size_t comma = proto.rfind(',');
        const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
        if (lower_ascii(trim(proto.substr(begin))) == "https") admission.request.secure = true;
    }
    admission.request.client = admission.client.text();
}

void Front::read_request(const Head& head, Admission& admission) const {
    Request& request = admission.request;
    request.method = method_of(head.raw.method).value_or(Method::Get);
    for (const RawHeader& header : head.raw.headers) {
        std::string name = lower_ascii(header.name);
        const std::string_view value = trim(header.value);
        if (name == "cookie") {
            for (Pair& cookie : read_cookies(value)) request.cookies.push_back(std::move(cookie));
        }
        request.headers.push_back({std::move(name), std::string{value}});
    }
}

std::optional<Response> Front::route(const Head& head, Admission& admission) const {
    Match match = router_.find(head.raw.method, admission.request.path);
    switch (match.kind) {
    case Match::Kind::Found: break;
    case Match::Kind::NotFound: return error(404, admission.request);
    case Match::Kind::OtherPath: {
        const std::string_view target = head.raw.target;
        const std::size_t question = std::min(target.find('?'), target.size());
        std::string place{target.substr(0, question - 1)}; // without its '/'
        place += target.substr(question);
        return plain_answer(308, "location", place);
    }
    case Match::Kind::OtherMethod: {
        if (head.raw.method == "OPTIONS") return plain_answer(204, "allow", match.allow);
        Response response = error(405, admission.request);
        response.headers.push_back({"allow", match.allow});
        return response;
    }
    }
    admission.route = match.route;
    admission.request.route = match.route->pattern;
    admission.request.path_parts = std::move(match.parts);
    return std::nullopt;
}

std::optional<Response> Front::check_access(const Head& head, const Admission& admission) const {
    if (admission.route->access == Access::Operations) {
        // A proxy that nobody named as trusted makes the whole world come from its own address.
        const bool forwarded = find_header(head.raw, "x-forwarded-for") != nullptr ||
                               find_header(head.raw, "forwarded") != nullptr ||
                               find_header(head.raw, "via") != nullptr;
        const bool direct = !forwarded || is_proxy(head.peer);
        const bool known =
            admission.client.is_loopback() || any_holds(operations_, admission.client);
        if (direct && known) return std::nullopt;
        return error(403, admission.request);
    }
    if (hosts_.empty()) return std::nullopt;
    const std::string host = host_name(value_of(head, "host"));
    if (std::ranges::find(hosts_, host) != hosts_.end()) return std::nullopt;
    return error(421, admission.request);
}

/// A browser that sends Sec-Fetch-Site is believed; else Origin. Pages under `Referrer-Policy:
/// no-referrer` send "Origin: null" to their own site (Fetch §3.2), so null tells nothing by
/// itself; the cookies are SameSite, and forms carry a token.
std::optional<Response> Front::check_origin(const Head& head, const Admission& admission) const {
    if (admission.request.method == Method::Get || admission.route->cross_site) return {};
    const std::string_view site = value_of(head, "sec-fetch-site");
    const bool other_site = !site.empty() && site != "same-origin" && site != "none";
    const std::string origin = lower_ascii(value_of(head, "origin"));
    const std::size_t scheme = origin.find("://");
    const bool other_origin =
        !origin.empty() && origin != "null" &&
        (scheme == std::string::npos ||
         std::string_view{origin}.substr(scheme + 3) != lower_ascii(value_of(head, "host")));
    if (!other_site && !other_origin) return std::nullopt;
    return error(403, admission.request);
}

} // namespace platform::http

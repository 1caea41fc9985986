#include "platform/http/syntax/head.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace platform::http {
namespace {

constexpr std::uint64_t kLengthMax = std::uint64_t{1} << 40; // a terabyte: no sum of such overflows

bool is_token_character(char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// RFC 9110 §5.5, and UTF-8: bytes above 0x7F are let through, controls but tab are not.
bool is_field_value(std::string_view value) {
    return std::ranges::none_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

/// RFC 3986 §3.3 and §3.4; brackets and the vertical bar are sent by browsers in queries.
bool is_target_character(char c) {
    constexpr std::string_view others = "-._~!$&'()*+,;=:@/?%[]|";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

bool is_host_character(char c) {
    constexpr std::string_view others = "-._~:[]"; // a name, an address, a port
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

bool is_named(const RawHeader& header, std::string_view lower_name) {
    return header.name.size() == lower_name.size() && starts_with_lower(header.name, lower_name);
}

std::optional<std::uint64_t> read_length(std::string_view text) {
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    // from_chars takes no sign for an unsigned number.
    if (text.empty() || !whole || length > kLengthMax) return std::nullopt;
    return length;
}

/// 0, or the status that refuses.
int check_line(const RawHead& head) {
    if (!head.exact) return 400;
    if (!is_token(head.method)) return 400;
    if (head.version != "HTTP/1.1" && head.version != "HTTP/1.0") {
        return head.version.starts_with("HTTP/") ? 505 : 400;
    }
    if (head.target.size() > kTargetBytesMax) return 414;
    if (!head.target.starts_with('/')) return 400; // absolute, authority and asterisk forms
    if (!std::ranges::all_of(head.target, is_target_character)) return 400;
    constexpr std::array known{"GET",     "HEAD",  "POST",    "PUT",   "DELETE",
                               "CONNECT", "TRACE", "OPTIONS", "PATCH", "QUERY"};
    return std::ranges::find(known, head.method) == known.end() ? 501 : 0;
}

int check_fields(const RawHead& head) {
    if (head.headers.size() > kHeadersMax) return 431;
    for (const RawHeader& header : head.headers) {
        if (!is_token(header.name) || !is_field_value(header.value)) return 400;
    }
    return 0;
}

int check_host(const RawHead& head) {
    int hosts = 0;
    for (const RawHeader& header : head.headers) {
        if (!is_named(header, "host")) continue;
        ++hosts;
        const std::string_view host = trim(header.value);
        if (host.empty() || !std::ranges::all_of(host, is_host_character)) return 400;
    }
    return hosts == 1 ? 0 : 400; // HTTP/1.0 without Host too: no client of ours sends that
}

} // namespace

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

const RawHeader* find_header(const RawHead& head, std::string_view lower_name) {
    const auto found = std::ranges::find_if(
        head.headers, [&](const RawHeader& header) { return is_named(header, lower_name); });
    return found == head.headers.end() ? nullptr : &*found;
}

Result<Framing, HeadRefusal> check_head(const RawHead& head) {
    for (const auto check : {check_line, check_fields, check_host}) {
        if (const int status = check(head); status != 0) return refuse(HeadRefusal{status});
    }
    Framing framing;
    int lengths = 0;
    int encodings = 0;
    for (const RawHeader& header : head.headers) {
        if (is_named(header, "content-length")) {
            ++lengths;
            framing.length = read_length(trim(header.value));
            if (!framing.length) return refuse(HeadRefusal{400});
        } else if (is_named(header, "transfer-encoding")) {
            ++encodings;
            if (lower_ascii(trim(header.value)) != "chunked") return refuse(HeadRefusal{400});
            framing.chunked = true;
        }
    }
    const bool two_ways = lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0);
    if (two_ways || (framing.chunked && head.version == "HTTP/1.0")) {
        return refuse(HeadRefusal{400});
    }
    // A body where its meaning is not defined (RFC 9110 §9.3.1): another way to hide a request.
    const bool bodiless = head.method == "GET" || head.method == "HEAD" || head.method == "TRACE";
    if (bodiless && framing.has_body()) return refuse(HeadRefusal{400});
    return framing;
}

} // namespace platform::http

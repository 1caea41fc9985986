// Hosts as the WHATWG URL Standard reads them (section 3, "Hosts"): domain to ASCII, the IPv4 and
// IPv6 parsers and serialisers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine::normalise::web {

using Ipv6 = std::array<std::uint16_t, 8>;

/// UTS 46, non-transitional, beStrict false; an ASCII domain only gets lower case. Nothing when the
/// standard says failure.
[[nodiscard]] std::optional<std::string> domain_to_ascii(std::string_view domain);

/// True when the last label is a number: such a host is an IPv4 address or it is nothing.
[[nodiscard]] bool ends_in_number(std::string_view host);

/// Every form that browsers accept: 0x7f.1, 017700000001, 2130706433…
[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view host);

/// Four decimal numbers without leading zeros.
[[nodiscard]] std::optional<std::uint32_t> parse_dotted_ipv4(std::string_view text);

[[nodiscard]] std::string write_ipv4(std::uint32_t address);

/// Without brackets.
[[nodiscard]] std::optional<Ipv6> parse_ipv6(std::string_view text);

enum class MappedIpv4 : std::uint8_t {
    AsPieces, // "::ffff:c000:201", WHATWG
    AsDotted, // "::ffff:192.0.2.1", RFC 5952 section 5
};

[[nodiscard]] std::string write_ipv6(const Ipv6& address, MappedIpv4 mapped);

/// The host of an http(s) URL, percent-decoded and serialised, brackets included; nothing on
/// failure. `host` is not empty.
[[nodiscard]] std::optional<std::string> parse_host(std::string_view host);

} // namespace engine::normalise::web

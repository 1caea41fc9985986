// Addresses of clients, networks in CIDR form, and X-Forwarded-For.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace platform::http {

/// IPv4 is held mapped (::ffff:a.b.c.d, RFC 4291 §2.5.5.2), so that both are one kind.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] static std::optional<Address> parse(std::string_view text);
    [[nodiscard]] static Address of(const sockaddr* address);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_loopback() const;
    [[nodiscard]] std::string text() const;
    /// What one subscriber holds: an IPv4 address, an IPv6 /64 (RFC 6177).
    [[nodiscard]] std::string subscriber() const;
    bool operator==(const Address&) const = default;
};

struct Network {
    Address base;
    unsigned bits = 128;

    /// "192.0.2.0/24", "2001:db8::/32", or one address.
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    [[nodiscard]] bool holds(const Address& address) const;
};

[[nodiscard]] bool any_holds(const std::vector<Network>& networks, const Address& address);

inline constexpr std::size_t kProxiesMax = 20; // hops looked at in X-Forwarded-For

/// The client behind our proxies: from the right, the first address that is not one of `trusted`.
/// Where the list stops making sense, the last hop that made sense is the client.
[[nodiscard]] Address forwarded_client(const Address& peer, std::string_view forwarded_for,
                                       const std::vector<Network>& trusted);

} // namespace platform::http

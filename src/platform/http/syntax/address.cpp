#include "platform/http/syntax/address.hpp"

#include "base/check.hpp"
#include "platform/http/syntax/head.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace platform::http {
namespace {

constexpr std::size_t kMappedBytes = 12; // before the four of IPv4

Address mapped(const void* four) {
    Address address;
    address.bytes[10] = address.bytes[11] = 0xFF;
    std::memcpy(&address.bytes[kMappedBytes], four, 4);
    return address;
}

} // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return {};
    const std::string ended{text};
    in_addr four{};
    if (::inet_pton(AF_INET, ended.c_str(), &four) == 1) return mapped(&four);
    Address address;
    if (::inet_pton(AF_INET6, ended.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

Address Address::of(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof(four));
        return mapped(&four.sin_addr);
    }
    check(address->sa_family == AF_INET6, "a listening socket is of the internet");
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof(six));
    Address read;
    std::memcpy(read.bytes.data(), &six.sin6_addr, read.bytes.size());
    return read;
}

bool Address::is_v4() const {
    constexpr std::array<std::uint8_t, kMappedBytes> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool Address::is_loopback() const {
    if (is_v4()) return bytes[kMappedBytes] == 127;
    return std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; }) &&
           bytes.back() == 1;
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* from = is_v4() ? &bytes[kMappedBytes] : bytes.data();
    const char* written = ::inet_ntop(is_v4() ? AF_INET : AF_INET6, from, text.data(), text.size());
    check(written != nullptr, "an address has a text");
    return written;
}

std::string Address::subscriber() const {
    const std::size_t kept = is_v4() ? bytes.size() : 8;
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kept)};
}

std::optional<Network> Network::parse(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto base = Address::parse(text.substr(0, slash));
    if (!base) return std::nullopt;
    Network network{.base = *base};
    if (slash == text.size()) return network;
    const std::string_view length = text.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(length.data(), length.data() + length.size(), network.bits);
    const unsigned most = base->is_v4() ? 32 : 128;
    const bool whole = error == std::errc{} && end == length.data() + length.size();
    if (!whole || network.bits > most) return std::nullopt;
    if (base->is_v4()) network.bits += 8 * kMappedBytes;
    return network;
}

bool Network::holds(const Address& address) const {
    const unsigned whole = bits / 8;
    if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) {
        return false;
    }
    const unsigned rest = bits % 8;
    if (rest == 0) return true;
    const unsigned mask = 0xFFU << (8 - rest) & 0xFFU;
    return (base.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

bool any_holds(const std::vector<Network>& networks, const Address& address) {
    return std::ranges::any_of(networks, [&](const Network& n) { return n.holds(address); });
}

Address forwarded_client(const Address& peer, std::string_view forwarded_for,
                         const std::vector<Network>& trusted) {
    Address client = peer;
    std::string_view rest = forwarded_for;
    for (std::size_t hops = 0; hops < kProxiesMax && any_holds(trusted, client); ++hops) {
        if (trim(rest).empty()) break;
        const std::size_t comma = rest.rfind(',');
        const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
        const auto hop = Address::parse(trim(rest.substr(begin)));
        if (!hop) break;
        client = *hop;
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    }
    return client;
}

} // namespace platform::http

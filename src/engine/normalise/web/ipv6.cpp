// The IPv6 parser and serialiser of the WHATWG URL Standard (section 3.5), which is RFC 4291's text
// form and RFC 5952's canonical one.
#include "engine/normalise/web/host.hpp"
#include "engine/normalise/web/percent.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace engine::normalise::web {
namespace {

struct Zeros {
    std::size_t start = 8;
    std::size_t count = 1; // RFC 5952 section 4.2.2: a single zero is never shortened
};

Zeros longest_zeros(const Ipv6& address) {
    Zeros best;
    for (std::size_t i = 0; i < address.size(); ++i) {
        std::size_t end = i;
        while (end < address.size() && address[end] == 0) ++end;
        if (end - i > best.count) best = {i, end - i};
        i = std::max(i, end);
    }
    return best;
}

bool is_mapped_ipv4(const Ipv6& address) {
    return address[5] == 0xFFFF && std::all_of(address.begin(), address.begin() + 5,
                                               [](std::uint16_t piece) { return piece == 0; });
}

} // namespace

std::optional<Ipv6> parse_ipv6(std::string_view text) {
    Ipv6 pieces{};
    std::size_t count = 0;
    std::optional<std::size_t> gap;
    if (text.starts_with("::")) {
        text.remove_prefix(2);
        gap = 0;
    } else if (text.starts_with(':')) {
        return std::nullopt;
    }
    while (!text.empty()) {
        if (count == pieces.size()) return std::nullopt;
        if (text[0] == ':') {
            if (gap) return std::nullopt;
            text.remove_prefix(1);
            gap = count;
            continue;
        }
        std::uint32_t value = 0;
        std::size_t digits = 0;
        while (digits < 4 && digits < text.size() && hex_digit(text[digits]) >= 0) {
            value = value * 16 + static_cast<std::uint32_t>(hex_digit(text[digits++]));
        }
        if (digits < text.size() && text[digits] == '.') {
            const auto dotted = parse_dotted_ipv4(text);
            if (!dotted || digits == 0 || count > 6) return std::nullopt;
            pieces[count++] = static_cast<std::uint16_t>(*dotted >> 16);
            pieces[count++] = static_cast<std::uint16_t>(*dotted & 0xFFFFU);
            break;
        }
        if (digits == 0) return std::nullopt;
        pieces[count++] = static_cast<std::uint16_t>(value);
        text.remove_prefix(digits);
        if (text.empty()) break;
        if (text[0] != ':' || text.size() == 1) return std::nullopt;
        text.remove_prefix(1);
    }
    if (!gap) return count == pieces.size() ? std::optional{pieces} : std::nullopt;
    if (count == pieces.size()) return std::nullopt;
    std::rotate(pieces.begin() + static_cast<std::ptrdiff_t>(*gap),
                pieces.begin() + static_cast<std::ptrdiff_t>(count), pieces.end());
    return pieces;
}

std::string write_ipv6(const Ipv6& address, MappedIpv4 mapped) {
    if (mapped == MappedIpv4::AsDotted && is_mapped_ipv4(address)) {
        const std::uint32_t low = static_cast<std::uint32_t>(address[6]) << 16 | address[7];
        return "::ffff:" + write_ipv4(low);
    }
    const Zeros zeros = longest_zeros(address);
    std::string text;
    for (std::size_t i = 0; i < address.size(); ++i) {
        if (i == zeros.start) {
            text += i == 0 ? "::" : ":";
            i += zeros.count - 1;
            continue;
        }
        text += fmt::format("{:x}", address[i]);
        if (i + 1 < address.size()) text += ':';
    }
    return text;
}

} // namespace engine::normalise::web

#include "platform/mail/mail.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/uidna.h>

namespace platform::mail {

namespace {

constexpr std::size_t kAddressBytesMax = 254; // RFC 5321 §4.5.3.1.3, without the brackets
constexpr std::size_t kLocalBytesMax = 64;    // §4.5.3.1.1
constexpr std::size_t kDomainBytesMax = 253;  // RFC 1035 §2.3.4, as text
constexpr std::size_t kLabelBytesMax = 63;

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 §3.2.3: letters and marks, with single dots between.
bool is_dot_atom(std::string_view text) {
    if (text.empty() || text.size() > kLocalBytesMax) return false;
    if (text.starts_with('.') || text.ends_with('.') || text.find("..") != text.npos) return false;
    constexpr std::string_view marks = ".!#$%&'*+-/=?^_`{|}~";
    return std::ranges::all_of(
        text, [&](char c) { return is_alphanumeric(c) || marks.find(c) != marks.npos; });
}

bool is_host_name(std::string_view ascii) {
    if (ascii.empty() || ascii.size() > kDomainBytesMax) return false;
    std::string_view last;
    while (true) {
        const std::size_t dot = std::min(ascii.find('.'), ascii.size());
        last = ascii.substr(0, dot);
        if (last.empty() || last.size() > kLabelBytesMax) return false;
        if (last.starts_with('-') || last.ends_with('-')) return false;
        if (!std::ranges::all_of(last, [](char c) { return is_alphanumeric(c) || c == '-'; })) {
            return false;
        }
        if (dot == ascii.size()) break;
        ascii.remove_prefix(dot + 1);
    }
    // No top-level domain is a number (RFC 3696 §2): it would be an IPv4 address.
    return !std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

/// UTS 46, not transitional, to the form of the DNS; empty when it is no name.
std::string ascii_domain(std::string_view domain) {
    struct Close {
        void operator()(UIDNA* idna) const { uidna_close(idna); }
    };
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UIDNA, Close> idna{
        uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                            UIDNA_NONTRANSITIONAL_TO_ASCII,
                        &error)};
    UIDNAInfo found = UIDNA_INFO_INITIALIZER;
    std::array<char, kDomainBytesMax + 1> out{};
    const int32_t size =
        uidna_nameToASCII_UTF8(idna.get(), domain.data(), static_cast<int32_t>(domain.size()),
                               out.data(), static_cast<int32_t>(out.size()), &found, &error);
    if (U_FAILURE(error) != 0 || found.errors != 0) return {};
    return {out.data(), static_cast<std::size_t>(size)};
}

} // namespace

std::optional<std::string> wire_address(std::string_view address) {
    if (address.size() > kAddressBytesMax) return std::nullopt;
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || !is_dot_atom(address.substr(0, at))) return std::nullopt;
    const std::string domain = ascii_domain(address.substr(at + 1));
    if (!is_host_name(domain) || domain.find('.') == std::string::npos) return std::nullopt;
    std::string wire = std::string{address.substr(0, at + 1)} + domain;
    if (wire.size() > kAddressBytesMax) return std::nullopt;
    return wire;
}

bool is_address(std::string_view address) {
    return wire_address(address).has_value();
}

bool is_sender(std::string_view from) {
    if (std::ranges::any_of(from, [](char c) { return static_cast<unsigned char>(c) < ' '; })) {
        return false;
    }
    const std::size_t open = from.find('<');
    if (open != std::string_view::npos) {
        const bool closed = from.ends_with('>') && from.find('<', open + 1) == from.npos;
        // The name needs no quoting then.
        const bool plain = from.substr(0, open).find_first_of("\"(),:;@[\\]>") == from.npos;
        if (!closed || !plain) return false;
        from = from.substr(open + 1, from.size() - open - 2);
    }
    const std::size_t at = from.find('@');
    return at != from.npos && is_dot_atom(from.substr(0, at)) && is_host_name(from.substr(at + 1));
}

} // namespace platform::mail

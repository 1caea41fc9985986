#include "engine/normalise/web/host.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/percent.hpp"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace engine::normalise::web {
namespace {

struct CloseIdna {
    void operator()(UIDNA* idna) const { uidna_close(idna); }
};

// Immutable once made, and safe to share between threads (ICU: uidna.h).
const UIDNA* uts46() {
    static const std::unique_ptr<UIDNA, CloseIdna> kIdna = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<UIDNA, CloseIdna>{
            uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                            &status)};
    }();
    return kIdna.get();
}

// beStrict is false: neither hyphens nor lengths are looked at (WHATWG, "domain to ASCII").
constexpr std::uint32_t kForgiven = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                    UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                    UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

struct Remapped {
    std::string_view from;
    std::string_view to;
};

// What UTS 46 said for Unicode 15.1 and 16 where ICU 72 follows Unicode 15: capital sharp s,
// letters whose capitals were disallowed, the five ideographs of Corrigendum 4, controls now
// ignored.
constexpr auto kRemapped = std::to_array<Remapped>({
    {"\u1E9E", "\u00DF"},
    {"\u04C0", "\u04CF"},
    {"\u2132", "\u214E"},
    {"\u2183", "\u2184"},
    {"\U0002F868", "\u36FC"},
    {"\U0002F874", "\u5F33"},
    {"\U0002F91F", "\U000243AB"},
    {"\U0002F95F", "\u7AEE"},
    {"\U0002F9BF", "\u45D7"},
    {"\u180E", ""},
    {"\u206A", ""},
    {"\u206B", ""},
    {"\u206C", ""},
    {"\u206D", ""},
    {"\u206E", ""},
    {"\u206F", ""},
});

std::string as_unicode_16(std::string_view domain) {
    std::string mapped;
    mapped.reserve(domain.size());
    while (!domain.empty()) {
        const auto row = std::ranges::find_if(
            kRemapped, [&](const Remapped& entry) { return domain.starts_with(entry.from); });
        if (row == kRemapped.end()) {
            mapped += domain[0];
            domain.remove_prefix(1);
        } else {
            mapped += row->to;
            domain.remove_prefix(row->from.size());
        }
    }
    return mapped;
}

constexpr std::size_t kDomainBytesMax = 4096; // a DNS name has 253; far more than any escaped one

std::optional<std::string> through_icu(std::string_view written) {
    if (uts46() == nullptr) return std::nullopt;
    const std::string domain = as_unicode_16(written);
    std::string ascii(domain.size() * 4 + 64, '\0');
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size = uidna_nameToASCII_UTF8(
        uts46(), domain.data(), static_cast<std::int32_t>(domain.size()), ascii.data(),
        static_cast<std::int32_t>(ascii.size()), &info, &status);
    if (U_FAILURE(status) || (info.errors & ~kForgiven) != 0 || size <= 0) return std::nullopt;
    ascii.resize(static_cast<std::size_t>(size));
    return ascii;
}

// WHATWG "IPv4 number parser"; values above 32 bits come back as 2^32, which every caller refuses.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    int base = 10;
    if (text.size() >= 2 && text[0] == '0' && to_lower(text[1]) == 'x') {
        text.remove_prefix(2);
        base = 16;
    } else if (text.size() >= 2 && text[0] == '0') {
        text.remove_prefix(1);
        base = 8;
    }
    if (text.empty()) return 0;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (end != text.data() + text.size() || text[0] == '-') return std::nullopt;
    constexpr std::uint64_t kTooLarge = std::uint64_t{1} << 32;
    if (error == std::errc::result_out_of_range) return kTooLarge;
    return std::min(value, kTooLarge);
}

// The code points that no host may hold (WHATWG "forbidden domain code point").
bool is_forbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view kSigns = "#/:<>?@[\\]^|%";
    return byte <= 0x20 || byte == 0x7F || kSigns.find(c) != std::string_view::npos;
}

} // namespace

std::optional<std::string> domain_to_ascii(std::string_view domain) {
    if (domain.size() > kDomainBytesMax) return std::nullopt;
    if (!is_ascii(domain)) return through_icu(domain);
    return lower_ascii(domain);
}

bool ends_in_number(std::string_view host) {
    if (!host.empty() && host.back() == '.') host.remove_suffix(1);
    const std::string_view last = host.substr(host.rfind('.') + 1);
    if (last.empty()) return false;
    if (std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; })) return true;
    return last.starts_with("0x") && ipv4_number(last).has_value();
}

std::optional<std::uint32_t> parse_ipv4(std::string_view host) {
    if (!host.empty() && host.back() == '.') host.remove_suffix(1);
    std::array<std::uint64_t, 4> numbers{};
    std::size_t count = 0;
    while (true) {
        const std::size_t dot = host.find('.');
        const auto number = ipv4_number(host.substr(0, dot));
        if (!number || count == numbers.size()) return std::nullopt;
        numbers[count++] = *number;
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    std::uint64_t address = numbers[count - 1];
    if (address >= std::uint64_t{1} << (8 * (5 - count))) return std::nullopt;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        if (numbers[i] > 255) return std::nullopt;
        address |= numbers[i] << (8 * (3 - i));
    }
    return static_cast<std::uint32_t>(address);
}

std::optional<std::uint32_t> parse_dotted_ipv4(std::string_view text) {
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        std::uint32_t value = 0;
        while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
            value = value * 10 + static_cast<std::uint32_t>(text[digits++] - '0');
        }
        if (digits == 0 || value > 255 || (digits > 1 && text[0] == '0')) return std::nullopt;
        address = address << 8 | value;
        text.remove_prefix(digits);
        if (part == 3) break;
        if (text.empty() || text[0] != '.') return std::nullopt;
        text.remove_prefix(1);
    }
    if (!text.empty()) return std::nullopt;
    return address;
}

std::string write_ipv4(std::uint32_t address) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += std::to_string(address >> shift & 255U);
        if (shift != 0) text += '.';
    }
    return text;
}

std::optional<std::string> parse_host(std::string_view host) {
    if (host.front() == '[') {
        if (host.size() < 2 || host.back() != ']') return std::nullopt;
        const auto address = parse_ipv6(host.substr(1, host.size() - 2));
        if (!address) return std::nullopt;
        return '[' + write_ipv6(*address, MappedIpv4::AsPieces) + ']';
    }
    std::optional<std::string> ascii = domain_to_ascii(percent_decode(host));
    if (!ascii || ascii->empty() || std::ranges::any_of(*ascii, is_forbidden)) return std::nullopt;
    if (!ends_in_number(*ascii)) return ascii;
    const auto address = parse_ipv4(*ascii);
    if (!address) return std::nullopt;
    return write_ipv4(*address);
}

} // namespace engine::normalise::web

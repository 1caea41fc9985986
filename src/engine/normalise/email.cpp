// E-mail addresses: the grammar is RFC 5321's Dot-string with the UTF-8 of RFC 6531; which
// spellings reach the same mailbox is the provider's rule, from its own support pages (read in
// 2024): Gmail "Dots don't matter in Gmail addresses"; Outlook.com, iCloud, Fastmail, Proton "+
// aliases"; Yahoo "disposable addresses" (base-keyword); Proton "case, dots, hyphens and
// underscores".
#include "engine/normalise/web.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/domain.hpp"
#include "engine/normalise/web/refang.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>
#include <array>

namespace engine::normalise {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kAddressBytesMax = 1024; // RFC 5321 allows 254; a disguise is longer
constexpr std::size_t kLocalBytesMax = 64;     // RFC 5321 section 4.5.3.1.1

struct Provider {
    std::string_view domain;
    std::string_view canonical_domain;
    std::string_view ignored; // characters that the mailbox does not count
    char tag;                 // starts what the mailbox does not count
};

constexpr std::array<Provider, 7> kProviders{{
    {"gmail.com", "gmail.com", ".", '+'},
    {"googlemail.com", "gmail.com", ".", '+'},
    {"pm.me", "pm.me", ".-_", '+'},
    {"proton.me", "proton.me", ".-_", '+'},
    {"protonmail.com", "protonmail.com", ".-_", '+'},
    {"protonmail.ch", "protonmail.ch", ".-_", '+'},
    {"rocketmail.com", "rocketmail.com", "", '-'},
}};

// Subaddressing by '+' (RFC 5233) is what every large provider but Yahoo does; nobody gives out two
// mailboxes that differ only after a '+'.
Provider provider_of(std::string_view domain) {
    for (const Provider& provider : kProviders) {
        if (provider.domain == domain) return provider;
    }
    const bool is_yahoo = domain.starts_with("yahoo.") || domain == "ymail.com";
    return {domain, domain, "", is_yahoo ? '-' : '+'};
}

// RFC 5322 atext, dots between, and anything beyond ASCII (RFC 6531).
bool is_local_part(std::string_view local) {
    constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~.";
    const auto is_allowed = [&](char c) {
        const char lower = to_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) > 0x7F || kSigns.find(c) != kNone;
    };
    return std::ranges::all_of(local, is_allowed) && local.front() != '.' && local.back() != '.' &&
           local.find("..") == kNone;
}

std::string to_lower_local(std::string_view local) {
    if (is_ascii(local)) return lower_ascii(local);
    std::string lower;
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink{&lower};
    icu::CaseMap::utf8ToLower("", 0, {local.data(), static_cast<std::int32_t>(local.size())}, sink,
                              nullptr, status);
    return lower;
}

std::string_view without_wrapping(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n<>\"'");
    if (start == kNone) return {};
    text = text.substr(start, text.find_last_not_of(" \t\r\n>\"'.,;:") - start + 1);
    if (starts_with_lower(text, "mailto:")) {
        text.remove_prefix(7);
        text = text.substr(0, text.find('?'));
    }
    return text;
}

} // namespace

Result<std::string, WebRefusal> parse_email(std::string_view as_written) {
    std::string text{without_wrapping(as_written)};
    if (text.empty()) return refuse(WebRefusal::Empty);
    if (text.size() > kAddressBytesMax) return refuse(WebRefusal::TooLong);
    if (text.find_first_of("[({ ") != kNone) text = web::refang_email(text);
    const std::size_t at = text.rfind('@');
    if (at == kNone || at == 0) return refuse(WebRefusal::WrongAddress);
    const std::string_view written_local = std::string_view{text}.substr(0, at);
    if (written_local.size() > kLocalBytesMax) return refuse(WebRefusal::TooLong);
    if (!is_local_part(written_local)) return refuse(WebRefusal::WrongCharacter);
    const Result<std::string, WebRefusal> domain = web::parse_full_domain(text.substr(at + 1));
    if (!domain) return refuse(domain.error());

    const Provider provider = provider_of(*domain);
    std::string local = to_lower_local(written_local);
    const std::size_t tag = local.find(provider.tag);
    if (tag != kNone && tag > 0) local.resize(tag);
    std::string counted;
    std::ranges::copy_if(local, std::back_inserter(counted),
                         [&](char c) { return provider.ignored.find(c) == kNone; });
    if (counted.empty()) counted = local;
    return counted + '@' + std::string{provider.canonical_domain};
}

} // namespace engine::normalise

#include "engine/priors/priors.hpp"

#include "engine/priors/table/known_table.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace engine::priors {
namespace {

using record::IdentifierType;
using table::Entry;

constexpr auto kNone = std::string_view::npos;

// FNV-1a, 64 bits, over the bytes from the last to the first: tools/perfect_hash.py.
constexpr std::uint64_t kSeed = 0xCBF29CE484222325U;
constexpr std::uint64_t kPrime = 0x100000001B3U;

constexpr std::uint64_t fold(std::uint64_t hash, char byte) {
    return (hash ^ static_cast<unsigned char>(byte)) * kPrime;
}

std::string_view value_of(const Entry& entry) {
    return {table::kText + entry.value, entry.value_size};
}

const Entry* find(std::uint64_t hash, std::string_view value) {
    const std::uint64_t displacement = table::kDisplacements[(hash >> 44) & (table::kBuckets - 1)];
    const std::uint64_t first = hash ^ (hash >> 29);
    const std::uint64_t second = (hash >> 32) | 1;
    const Entry& entry = table::kEntries[(first + displacement * second) & (table::kSlots - 1)];
    return value_of(entry) == value ? &entry : nullptr;
}

const Entry* find_whole(std::string_view value) {
    if (value.empty()) return nullptr;
    std::uint64_t hash = kSeed;
    for (std::size_t i = value.size(); i > 0; --i) hash = fold(hash, value[i - 1]);
    return find(hash, value);
}

// The longest known name that `host` is or stands below.
const Entry* find_domain(std::string_view host) {
    const Entry* best = nullptr;
    std::uint64_t hash = kSeed;
    for (std::size_t start = host.size(); start > 0;) {
        hash = fold(hash, host[--start]);
        if (start > 0 && host[start - 1] != '.') continue;
        const Entry* const entry = find(hash, host.substr(start));
        if (entry != nullptr) {
            best = entry;
        } else if (start == 0 && best != nullptr && (best->flags & table::kBelowIsOthers) != 0) {
            return nullptr;
        }
    }
    return best;
}

std::string_view without_www(std::string_view host) {
    if (host.starts_with("www.")) host.remove_prefix(4);
    return host;
}

bool is_written_by_the_public(Known kind) {
    switch (kind) {
    case Known::PaymentProvider:
    case Known::CryptoExchange:
    case Known::Marketplace:
    case Known::Dating:
    case Known::SocialNetwork:
    case Known::Messaging:
    case Known::LinkShortener:
    case Known::LinkPage:
    case Known::Technology:
    case Known::Mailer:
    case Known::Hosting: return true;
    case Known::No:
    case Known::PublicService:
    case Known::Bank:
    case Known::Shop:
    case Known::Travel:
    case Known::MailProvider:
    case Known::DisposableMail:
    case Known::Carrier:
    case Known::Telecom:
    case Known::Energy:
    case Known::Insurer:
    case Known::Helpline:
    case Known::TokenContract:
    case Known::PrivateAddress: return false;
    }
    return false;
}

const Entry* find_url(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == kNone) return nullptr;
    const std::string_view rest = url.substr(scheme + 3);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    const std::string_view host = rest.substr(0, end);
    const std::string_view page = rest.substr(end);
    if (host.find(':') != kNone) return nullptr; // a port of its own, or IPv6: not the public site
    const Entry* const entry = find_domain(without_www(host));
    if (entry == nullptr || page.empty() || page == "/") return entry;
    return is_written_by_the_public(entry->kind) ? nullptr : entry;
}

const Entry* find_email(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == kNone) return nullptr;
    const Entry* const entry = find_domain(email.substr(at + 1));
    if (entry == nullptr || (entry->flags & table::kHasMailboxes) != 0) return nullptr;
    return entry->kind == Known::Hosting ? nullptr : entry;
}

bool is_private_ip(std::string_view ip) {
    if (ip.find(':') != kNone) {
        return ip == "::1" || ip == "::" || ip.starts_with("fe80:") || ip.starts_with("fc") ||
               ip.starts_with("fd");
    }
    if (ip.starts_with("172.") && ip.size() > 6 && ip[6] == '.') {
        const int second = (ip[4] - '0') * 10 + (ip[5] - '0');
        return second >= 16 && second <= 31;
    }
    return ip.starts_with("10.") || ip.starts_with("127.") || ip.starts_with("192.168.") ||
           ip.starts_with("169.254.") || ip == "0.0.0.0";
}

const Entry* find_entry(IdentifierType type, std::string_view canonical) {
    switch (type) {
    case IdentifierType::Domain: return find_domain(canonical);
    case IdentifierType::Url: return find_url(canonical);
    case IdentifierType::Email: return find_email(canonical);
    case IdentifierType::Phone:
    case IdentifierType::Wallet: return find_whole(canonical);
    case IdentifierType::Iban:
    case IdentifierType::Card:
    case IdentifierType::Ip:
    case IdentifierType::Handle:
    case IdentifierType::Voucher:
    case IdentifierType::Parcel:
    case IdentifierType::Order:
    case IdentifierType::Name: return nullptr;
    }
    return nullptr;
}

// Where the bank code stands in an IBAN: the SWIFT registry of IBAN formats, "Bank identifier".
struct BankCodePlace {
    std::string_view country;
    std::size_t start;
    std::size_t size;
};

constexpr std::array<BankCodePlace, 8> kBankCodePlaces{{{"FR", 4, 5},
                                                        {"DE", 4, 8},
                                                        {"ES", 4, 4},
                                                        {"BE", 4, 3},
                                                        {"NL", 4, 4},
                                                        {"LT", 4, 5},
                                                        {"IT", 5, 5},
                                                        {"GB", 4, 4}}};

std::optional<BankCodePlace> bank_code_place(std::string_view country) {
    if (country == "IE") country = "GB"; // the same format
    const auto* const place = std::ranges::find(kBankCodePlaces, country, &BankCodePlace::country);
    if (place == kBankCodePlaces.end()) return std::nullopt;
    return *place;
}

} // namespace

Known known(IdentifierType type, std::string_view canonical) {
    if (type == IdentifierType::Ip) {
        return is_private_ip(canonical) ? Known::PrivateAddress : Known::No;
    }
    const Entry* const entry = find_entry(type, canonical);
    return entry == nullptr ? Known::No : entry->kind;
}

std::string_view body_of(IdentifierType type, std::string_view canonical) {
    const Entry* const entry = find_entry(type, canonical);
    if (entry == nullptr) return {};
    return {table::kText + entry->body, entry->body_size};
}

AccountKeeper bank_of_iban(std::string_view canonical_iban) {
    const std::optional<BankCodePlace> place = bank_code_place(canonical_iban.substr(0, 2));
    if (!place || canonical_iban.size() < place->start + place->size) return {};
    std::array<char, 10> key{}; // country and code
    const std::size_t size = 2 + place->size;
    std::memcpy(key.data(), canonical_iban.data(), 2);
    std::memcpy(key.data() + 2, canonical_iban.data() + place->start, place->size);
    const Entry* const entry = find_whole({key.data(), size});
    if (entry == nullptr) return {};
    return {entry->kind, {table::kText + entry->body, entry->body_size}};
}

} // namespace engine::priors

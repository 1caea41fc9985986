// Payment cards: Luhn (ISO/IEC 7812-1, annex B) and the ranges of issuers.
#include "engine/normalise/bank.hpp"

#include <sodium.h>

#include <algorithm>

namespace engine::normalise {
namespace {

struct IssuerRange {
    std::uint32_t first; // first six digits, from
    std::uint32_t last;  // to
    std::uint8_t digits_min;
    std::uint8_t digits_max;
};

// Ranges that the networks publish for merchants: Visa, Mastercard, American Express, Discover
// (with Diners Club), JCB and UnionPay rules on issuer identification numbers; Maestro, Mir,
// RuPay, Verve, Troy, UATP. French CB cards bear the number of their second network.
constexpr IssuerRange kIssuers[]{
    {100000, 199999, 15, 15}, // UATP
    {220000, 220499, 16, 19}, // Mir
    {222100, 272099, 16, 16}, // Mastercard
    {300000, 305999, 14, 19}, // Diners Club
    {309500, 309599, 14, 19}, // Diners Club
    {340000, 349999, 15, 15}, // American Express
    {352800, 358999, 16, 19}, // JCB
    {360000, 369999, 14, 19}, // Diners Club
    {370000, 379999, 15, 15}, // American Express
    {380000, 399999, 14, 19}, // Diners Club
    {400000, 499999, 13, 19}, // Visa
    {500000, 509999, 12, 19}, // Maestro, Verve, Dankort
    {510000, 559999, 16, 16}, // Mastercard
    {560000, 589999, 12, 19}, // Maestro
    {600000, 619999, 12, 19}, // Discover, RuPay, Maestro
    {620000, 629999, 14, 19}, // UnionPay
    {630000, 639999, 12, 19}, // Maestro
    {640000, 659999, 16, 19}, // Discover, RuPay
    {660000, 699999, 12, 19}, // Maestro
    {810000, 829999, 16, 19}, // UnionPay, RuPay
    {979200, 979299, 16, 16}, // Troy
};

constexpr std::size_t kCardDigitsMin = 12;
constexpr std::size_t kCardDigitsMax = 19; // ISO/IEC 7812-1
constexpr std::size_t kShownFirst = 6;     // PCI DSS 3.4: at most the first six
constexpr std::size_t kShownLast = 4;      // and the last four
constexpr std::size_t kHashBytes = 8;

bool has_known_issuer(std::string_view digits) {
    std::uint32_t first_six = 0;
    for (const char c : digits.substr(0, 6)) {
        first_six = 10 * first_six + static_cast<std::uint32_t>(c - '0');
    }
    return std::ranges::any_of(kIssuers, [&](const IssuerRange& range) {
        return range.first <= first_six && first_six <= range.last &&
               range.digits_min <= digits.size() && digits.size() <= range.digits_max;
    });
}

bool has_right_luhn(std::string_view digits) {
    unsigned sum = 0;
    bool doubled = false;
    for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
        const unsigned value = static_cast<unsigned>(digits[i] - '0') << (doubled ? 1U : 0U);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

} // namespace

Result<std::string, CardRefusal> pseudonymise_card(std::string_view digits, const CardKey& key) {
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        return refuse(CardRefusal::WrongCharacter);
    }
    if (digits.size() < kCardDigitsMin || digits.size() > kCardDigitsMax) {
        return refuse(CardRefusal::WrongLength);
    }
    if (!has_known_issuer(digits)) return refuse(CardRefusal::UnknownIssuer);
    if (!has_right_luhn(digits)) return refuse(CardRefusal::WrongLuhn);

    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    static_assert(hash.size() >= kHashBytes);
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(digits.data()), digits.size(),
                       key.data(), key.size());
    std::string pseudonym{digits.substr(0, kShownFirst)};
    pseudonym.append(digits.size() - kShownFirst - kShownLast, '*');
    pseudonym.append(digits.substr(digits.size() - kShownLast));
    pseudonym += '#';
    constexpr std::string_view kHex = "0123456789abcdef";
    for (std::size_t i = 0; i < kHashBytes; ++i) {
        pseudonym += kHex[hash[i] >> 4U];
        pseudonym += kHex[hash[i] & 15U];
    }
    return pseudonym;
}

} // namespace engine::normalise

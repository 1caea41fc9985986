#include "engine/normalise/identifier.hpp"

#include "engine/normalise/codes.hpp"
#include "engine/normalise/wallet.hpp"
#include "engine/normalise/web.hpp"
#include "engine/normalise/written/compact.hpp"

#include <utility>

namespace engine::normalise {
namespace {

using Named = Result<Canonical, std::string_view>;

// "iban.fr", "phone.bj"…: one name for each pair of letters, made at compile time so that a view
// of it stays good for ever.
template <std::size_t Prefix> struct RuleNames {
    static constexpr std::size_t kSize = Prefix + 2;
    std::array<std::array<char, kSize>, 676> names{};

    constexpr explicit RuleNames(std::string_view prefix) {
        for (std::size_t place = 0; place < names.size(); ++place) {
            for (std::size_t i = 0; i < Prefix; ++i) names[place][i] = prefix[i];
            names[place][Prefix] = static_cast<char>('a' + place / 26);
            names[place][Prefix + 1] = static_cast<char>('a' + place % 26);
        }
    }
    // Both letters in upper case, as every canonical country code has them.
    [[nodiscard]] constexpr std::string_view of(char first, char second) const {
        const int place = 26 * (first - 'A') + (second - 'A');
        return {names[static_cast<std::size_t>(place)].data(), kSize};
    }
};

constexpr RuleNames<5> kIbanRules{"iban."};
constexpr RuleNames<6> kPhoneRules{"phone."};

std::string_view name_of(PhoneRefusal refusal) {
    switch (refusal) {
    case PhoneRefusal::NoDigits: return "no_digits";
    case PhoneRefusal::TooShort: return "too_short";
    case PhoneRefusal::TooLong: return "too_long";
    case PhoneRefusal::UnknownCountryCode: return "unknown_country_code";
    case PhoneRefusal::NotInNumberingPlan: return "not_in_numbering_plan";
    }
    return {};
}

std::string_view name_of(IbanRefusal refusal) {
    switch (refusal) {
    case IbanRefusal::UnknownCountry: return "unknown_country";
    case IbanRefusal::WrongLength: return "wrong_length";
    case IbanRefusal::WrongCharacter: return "wrong_character";
    case IbanRefusal::WrongChecksum: return "wrong_checksum";
    case IbanRefusal::WrongNationalKey: return "wrong_national_key";
    }
    return {};
}

std::string_view name_of(CardRefusal refusal) {
    switch (refusal) {
    case CardRefusal::WrongCharacter: return "wrong_character";
    case CardRefusal::WrongLength: return "wrong_length";
    case CardRefusal::UnknownIssuer: return "unknown_issuer";
    case CardRefusal::WrongLuhn: return "wrong_luhn";
    }
    return {};
}

std::string_view name_of(CodeRefusal refusal) {
    switch (refusal) {
    case CodeRefusal::Empty: return "empty";
    case CodeRefusal::WrongLength: return "wrong_length";
    case CodeRefusal::WrongCharacter: return "wrong_character";
    case CodeRefusal::WrongChecksum: return "wrong_checksum";
    }
    return {};
}

std::string_view name_of(WebRefusal refusal) {
    switch (refusal) {
    case WebRefusal::Empty: return "empty";
    case WebRefusal::WrongCharacter: return "wrong_character";
    case WebRefusal::NotUnderPublicSuffix: return "not_under_public_suffix";
    case WebRefusal::TooLong: return "too_long";
    case WebRefusal::NotHttp: return "not_http";
    case WebRefusal::WrongAddress: return "wrong_address";
    }
    return {};
}

std::string_view name_of(WalletRefusal refusal) {
    switch (refusal) {
    case WalletRefusal::NotAnAddress: return "not_an_address";
    case WalletRefusal::WrongLength: return "wrong_length";
    case WalletRefusal::WrongCharacter: return "wrong_character";
    case WalletRefusal::WrongChecksum: return "wrong_checksum";
    }
    return {};
}

std::string_view rule_of(Chain chain) {
    switch (chain) {
    case Chain::Bitcoin: return "wallet.bitcoin";
    case Chain::Ethereum: return "wallet.ethereum";
    case Chain::Tron: return "wallet.tron";
    case Chain::Litecoin: return "wallet.litecoin";
    case Chain::BitcoinCash: return "wallet.bitcoin_cash";
    case Chain::Dogecoin: return "wallet.dogecoin";
    case Chain::Dash: return "wallet.dash";
    case Chain::Zcash: return "wallet.zcash";
    case Chain::Ripple: return "wallet.ripple";
    case Chain::Monero: return "wallet.monero";
    case Chain::Cardano: return "wallet.cardano";
    case Chain::Solana: return "wallet.solana";
    case Chain::Ton: return "wallet.ton";
    }
    return {};
}

template <class Error> Named named(Result<std::string, Error> value, std::string_view rule) {
    if (!value) return refuse(name_of(value.error()));
    return Canonical{*std::move(value), rule};
}

Named phone(std::string_view as_written, CountryCode assumed) {
    auto number = parse_phone(as_written, assumed);
    if (!number) return refuse(name_of(number.error()));
    const CountryCode country = number->country;
    return Canonical{std::move(number->e164), kPhoneRules.of(country[0], country[1])};
}

// A field for an IBAN may hold a French RIB.
Named iban(std::string_view as_written) {
    auto value = parse_iban(as_written);
    if (value) {
        const std::string_view rule = kIbanRules.of((*value)[0], (*value)[1]);
        return Canonical{*std::move(value), rule};
    }
    if (auto rib = iban_of_rib(as_written)) return Canonical{*std::move(rib), "rib.fr"};
    return refuse(name_of(value.error()));
}

Named card(std::string_view as_written, const CardKey& key) {
    const written::Compact compact = written::compact(as_written);
    if (compact.overflow) return refuse(name_of(CardRefusal::WrongLength));
    if (compact.foreign) return refuse(name_of(CardRefusal::WrongCharacter));
    return named(pseudonymise_card(compact.view(), key), "card.luhn");
}

Named url(std::string_view as_written) {
    auto found = parse_url(as_written);
    if (!found) return refuse(name_of(found.error()));
    return Canonical{std::move(found->href), "url.http", std::move(found->host)};
}

Named wallet(std::string_view as_written) {
    auto found = parse_wallet(as_written);
    if (!found) return refuse(name_of(found.error()));
    return Canonical{std::move(found->address), rule_of(found->chain)};
}

} // namespace

Result<Canonical, std::string_view> canonical_identifier(record::IdentifierType type,
                                                         std::string_view as_written,
                                                         std::string_view platform,
                                                         CountryCode assumed, const CardKey& key) {
    using record::IdentifierType;
    switch (type) {
    case IdentifierType::Phone: return phone(as_written, assumed);
    case IdentifierType::Email: return named(parse_email(as_written), "email.address");
    case IdentifierType::Iban: return iban(as_written);
    case IdentifierType::Card: return card(as_written, key);
    case IdentifierType::Url: return url(as_written);
    case IdentifierType::Domain: return named(parse_domain(as_written), "domain.public_suffix");
    case IdentifierType::Ip: return named(parse_ip(as_written), "ip.address");
    case IdentifierType::Wallet: return wallet(as_written);
    case IdentifierType::Handle:
        return named(parse_handle(as_written, platform), "handle.declared");
    case IdentifierType::Voucher: return named(parse_voucher(as_written, platform), "voucher.code");
    case IdentifierType::Parcel: return named(parse_parcel(as_written), "parcel.number");
    case IdentifierType::Order: return named(parse_order(as_written), "order.reference");
    case IdentifierType::Name: return named(parse_name(as_written), "name.declared");
    }
    return refuse(std::string_view{"unknown_type"});
}

} // namespace engine::normalise

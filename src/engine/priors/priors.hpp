// What everybody knows about an identifier before any record is read: the bank's hotline, the
// marketplace, the messenger's link. Such values stand in thousands of unrelated declarations.
// The rows are in the .tsv files of this folder, each with its source.
#pragma once

#include "engine/record/identifier_type.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace engine::priors {

enum class Known : std::uint8_t {
    No,
    PublicService,
    Bank,
    PaymentProvider,
    CryptoExchange,
    Marketplace,
    Shop,
    Travel,
    Dating,
    SocialNetwork,
    Messaging,
    MailProvider,
    DisposableMail,
    LinkShortener,
    LinkPage, // one page of links per person
    Carrier,
    Telecom,
    Energy,
    Insurer,
    Helpline,   // emergency, prevention, help for victims
    Technology, // search, software, streaming, remote control
    Mailer,     // sends mail for others
    Hosting,    // pages, files and forms of anybody
    TokenContract,
    PrivateAddress, // an IP address of local networks (RFC 1918, RFC 4193, loopback)
};

constexpr std::array<std::string_view, 25> kKnownNames{"no",
                                                       "public_service",
                                                       "bank",
                                                       "payment_provider",
                                                       "crypto_exchange",
                                                       "marketplace",
                                                       "shop",
                                                       "travel",
                                                       "dating",
                                                       "social_network",
                                                       "messaging",
                                                       "mail_provider",
                                                       "disposable_mail",
                                                       "link_shortener",
                                                       "link_page",
                                                       "carrier",
                                                       "telecom",
                                                       "energy",
                                                       "insurer",
                                                       "helpline",
                                                       "technology",
                                                       "mailer",
                                                       "hosting",
                                                       "token_contract",
                                                       "private_address"};

[[nodiscard]] constexpr std::string_view name_of(Known known) {
    return kKnownNames[static_cast<std::size_t>(known)];
}

/// `canonical` as engine/normalise writes it; telephone numbers of services also as dialled ("17").
/// Domain: the site of a body, or a name below it unless those belong to others (github.io).
/// Email: an address of the body's own people; mailboxes of the public (gmail.com) are not known.
/// Url: a page of the body's own; where the public writes the pages (a messenger, a marketplace, a
/// shortener, hosting), only the site itself is known.
/// Iban: never, an account is somebody's: see bank_of_iban.
[[nodiscard]] Known known(record::IdentifierType type, std::string_view canonical);

/// The body's name for the reader of a report ("Leboncoin"); empty when it is not known.
[[nodiscard]] std::string_view body_of(record::IdentifierType type, std::string_view canonical);

struct AccountKeeper {
    Known kind = Known::No; // Bank, PaymentProvider or PublicService
    std::string_view name;
};

/// Who keeps the account of a canonical IBAN; two accounts at one keeper have nothing in common.
[[nodiscard]] AccountKeeper bank_of_iban(std::string_view canonical_iban);

} // namespace engine::priors

#include "engine/priors/priors.hpp"

#include "engine/normalise/phone.hpp"
#include "engine/normalise/wallet.hpp"
#include "engine/normalise/web.hpp"
#include "engine/priors/table/known_table.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace engine::priors {
namespace {

using record::IdentifierType;

struct Row {
    IdentifierType type;
    std::string_view value;
    Known expected;
};

TEST(Known, IsWhatEverybodyKnows) {
    const std::vector<Row> rows{
        {IdentifierType::Domain, "impots.gouv.fr", Known::PublicService},
        {IdentifierType::Domain, "cfspart.impots.gouv.fr", Known::PublicService},
        {IdentifierType::Domain, "ville-inventee.gouv.fr", Known::PublicService},
        {IdentifierType::Domain, "impots-gouv.fr", Known::No},
        {IdentifierType::Domain, "faux-impots.gouv.fr.exemple.com", Known::No},
        {IdentifierType::Domain, "fr", Known::No},
        {IdentifierType::Domain, "", Known::No},
        {IdentifierType::Domain, "leboncoin.fr", Known::Marketplace},
        {IdentifierType::Domain, "xleboncoin.fr", Known::No},
        {IdentifierType::Domain, "mabanque.bnpparibas", Known::Bank},
        {IdentifierType::Domain, "wa.me", Known::Messaging},
        {IdentifierType::Domain, "gmail.com", Known::MailProvider},
        {IdentifierType::Domain, "yopmail.com", Known::DisposableMail},
        {IdentifierType::Domain, "github.io", Known::Hosting},
        {IdentifierType::Domain, "escroc.github.io", Known::No},
        {IdentifierType::Domain, "a.escroc.github.io", Known::No},
        {IdentifierType::Domain, "sites.google.com", Known::Hosting},
        {IdentifierType::Domain, "mail.google.com", Known::Technology},
        {IdentifierType::Domain, "escroc.free.fr", Known::No},
        {IdentifierType::Domain, "mobile.free.fr", Known::Telecom},
        {IdentifierType::Url, "https://www.impots.gouv.fr/portail?x=1", Known::PublicService},
        {IdentifierType::Url, "https://wa.me/33639980000", Known::No},
        {IdentifierType::Url, "https://wa.me/", Known::Messaging},
        {IdentifierType::Url, "https://www.leboncoin.fr/", Known::Marketplace},
        {IdentifierType::Url, "https://www.leboncoin.fr/ad/velos/1", Known::No},
        {IdentifierType::Url, "https://bit.ly/abc", Known::No},
        {IdentifierType::Url, "https://escroc.github.io/", Known::No},
        {IdentifierType::Url, "https://impots.gouv.fr:8443/", Known::No},
        {IdentifierType::Url, "https://particuliers.sg.fr/connexion", Known::Bank},
        {IdentifierType::Email, "jean@gmail.com", Known::No},
        {IdentifierType::Email, "jean@orange.fr", Known::No},
        {IdentifierType::Email, "jean@free.fr", Known::No},
        {IdentifierType::Email, "ne-pas-repondre@dgfip.finances.gouv.fr", Known::PublicService},
        {IdentifierType::Email, "alerte@bnpparibas.com", Known::Bank},
        {IdentifierType::Email, "gmail.com", Known::No},
        {IdentifierType::Phone, "+33805805817", Known::Helpline},
        {IdentifierType::Phone, "17", Known::Helpline},
        {IdentifierType::Phone, "3018", Known::Helpline},
        {IdentifierType::Phone, "+33892705705", Known::Bank},
        {IdentifierType::Phone, "+33639980000", Known::No},
        {IdentifierType::Wallet, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", Known::TokenContract},
        {IdentifierType::Iban, "FR7630004000031234567890143", Known::No},
        {IdentifierType::Handle, "telegram:leboncoin.fr", Known::No},
        {IdentifierType::Ip, "192.168.1.1", Known::PrivateAddress},
        {IdentifierType::Ip, "172.16.0.1", Known::PrivateAddress},
        {IdentifierType::Ip, "172.32.0.1", Known::No},
        {IdentifierType::Ip, "172.1.0.1", Known::No},
        {IdentifierType::Ip, "fe80::1", Known::PrivateAddress},
        {IdentifierType::Ip, "203.0.113.7", Known::No},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(name_of(known(row.type, row.value)), name_of(row.expected)) << row.value;
    }
    EXPECT_EQ(body_of(IdentifierType::Domain, "www.leboncoin.fr"), "Leboncoin");
    EXPECT_EQ(body_of(IdentifierType::Domain, "exemple.fr"), "");
}

TEST(AccountKeeper, IsInTheBankCode) {
    EXPECT_EQ(bank_of_iban("FR7630004000031234567890143").name, "BNP Paribas");
    EXPECT_EQ(bank_of_iban("FR7616958000011234567890155").kind, Known::PaymentProvider);
    EXPECT_EQ(bank_of_iban("LT593250012345678901").name, "Revolut");
    EXPECT_EQ(bank_of_iban("DE89100110011234567890").name, "N26");
    EXPECT_EQ(bank_of_iban("IT60X0306901234000000123456").name, "Intesa Sanpaolo");
    EXPECT_EQ(bank_of_iban("IE29AIBK93115212345678").name, "AIB");
    EXPECT_EQ(bank_of_iban("FR7699999000011234567890143").kind, Known::No);
    EXPECT_EQ(bank_of_iban("FR76").kind, Known::No);
    EXPECT_EQ(bank_of_iban("").kind, Known::No);
}

// Rows of a file of this folder, fields parted.
std::vector<std::vector<std::string>> rows_of(const std::string& name) {
    std::ifstream file{std::string{MAILLON_SOURCE_DIR} + "/src/engine/priors/" + name};
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::vector<std::string> fields;
        std::istringstream stream{line};
        for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
        rows.push_back(fields);
    }
    return rows;
}

TEST(KnownDomains, AreFoundAndCanonical) {
    const auto rows = rows_of("known_domains.tsv");
    EXPECT_GE(rows.size(), 600U);
    EXPECT_EQ(rows.size(), table::kDomains);
    for (const auto& row : rows) {
        const std::string& domain = row[1];
        EXPECT_EQ(name_of(known(IdentifierType::Domain, domain)), row[0]) << domain;
        EXPECT_EQ(body_of(IdentifierType::Domain, domain), row[3]) << domain;
        const std::string below = "invente." + domain;
        const bool is_others = row[2].find("exact") != std::string::npos;
        EXPECT_EQ(known(IdentifierType::Domain, below) == Known::No, is_others) << below;
        if (domain.find('.') == std::string::npos) continue; // a bank's own top-level domain
        EXPECT_EQ(normalise::parse_domain(domain).value_or("refused"), domain);
    }
}

// A suffix of the list gives its names to others, unless a row says that they are the body's.
TEST(KnownDomains, FollowThePublicSuffixList) {
    for (const auto& row : rows_of("known_domains.tsv")) {
        const std::string& domain = row[1];
        const bool is_suffix = normalise::registrable_domain("invente." + domain) !=
                               normalise::registrable_domain(domain);
        const bool is_said =
            row[2].find("exact") != std::string::npos || row[2].find("owned") != std::string::npos;
        EXPECT_TRUE(!is_suffix || is_said) << domain;
    }
}

TEST(KnownPhones, AreCanonical) {
    for (const auto& row : rows_of("known_phones.tsv")) {
        EXPECT_EQ(name_of(known(IdentifierType::Phone, row[1])), row[0]) << row[1];
        if (!row[1].starts_with('+')) continue; // a short number is dialled as it is
        const auto phone = normalise::parse_phone(row[1]);
        ASSERT_TRUE(phone) << row[1];
        EXPECT_EQ(phone->e164, row[1]);
    }
}

TEST(KnownWallets, AreCanonical) {
    for (const auto& row : rows_of("known_wallets.tsv")) {
        EXPECT_EQ(known(IdentifierType::Wallet, row[1]), Known::TokenContract);
        const auto wallet = normalise::parse_wallet(row[1]);
        ASSERT_TRUE(wallet) << row[1];
        EXPECT_EQ(wallet->address, row[1]);
    }
}

TEST(BankCodes, AreFound) {
    for (const auto& row : rows_of("bank_codes.tsv")) {
        const std::string& code = row[1];
        const std::string iban = code.substr(0, 2) + (code.starts_with("IT") ? "00X" : "00") +
                                 code.substr(2) + "00000000000";
        EXPECT_EQ(bank_of_iban(iban).name, row[2]) << code;
        EXPECT_EQ(name_of(bank_of_iban(iban).kind), row[0]) << code;
    }
}

} // namespace
} // namespace engine::priors

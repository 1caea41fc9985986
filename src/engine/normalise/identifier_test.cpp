#include "engine/normalise/identifier.hpp"

#include <gtest/gtest.h>

namespace engine::normalise {
namespace {

using record::IdentifierType;

struct Row {
    IdentifierType type;
    std::string_view written;
    std::string_view value; // or the refusal
    std::string_view rule;  // empty: refused
    std::string_view platform = {};
};

TEST(CanonicalIdentifier, HasADoorForEveryType) {
    const Row rows[]{
        {IdentifierType::Phone, "06 39 98 12 34", "+33639981234", "phone.fr"},
        {IdentifierType::Phone, "+229 97 00 12 34", "+2290197001234", "phone.bj"},
        {IdentifierType::Phone, "+800 1234 5678", "+80012345678", "phone.zz"},
        {IdentifierType::Phone, "33700", "too_short", ""},
        {IdentifierType::Phone, "inconnu", "no_digits", ""},
        {IdentifierType::Email, "Jean.Dupont+x@Gmail.com", "jeandupont@gmail.com", "email.address"},
        {IdentifierType::Iban, "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189",
         "iban.fr"},
        {IdentifierType::Iban, "30006 00001 12345678901 89", "FR7630006000011234567890189",
         "rib.fr"},
        {IdentifierType::Iban, "FR77 3000 6000 0112 3456 7890 189", "wrong_checksum", ""},
        {IdentifierType::Card, "4111 1111 1111 1112", "wrong_luhn", ""},
        {IdentifierType::Card, "4111 11** **** 1111", "wrong_length", ""},
        {IdentifierType::Url, "hxxps://exa[.]mple.com/a", "https://exa.mple.com/a", "url.http"},
        {IdentifierType::Domain, "WWW.Exemple.FR.", "exemple.fr", "domain.public_suffix"},
        {IdentifierType::Ip, "192.0.2.1", "192.0.2.1", "ip.address"},
        {IdentifierType::Wallet, "0x52908400098527886E0F7030069857D2E4169EE7",
         "0x52908400098527886e0f7030069857d2e4169ee7", "wallet.ethereum"},
        {IdentifierType::Wallet, "pas de portefeuille", "not_an_address", ""},
        {IdentifierType::Handle, "@Jean_Dupont", "telegram:jean_dupont", "handle.declared", "TG"},
        {IdentifierType::Voucher, "0a1b 2c3d 4e", "pcs:0A1B2C3D4E", "voucher.code", "PCS"},
        {IdentifierType::Parcel, "LB123456785FR", "LB123456785FR", "parcel.number"},
        {IdentifierType::Parcel, "LB123456784FR", "wrong_checksum", ""},
        {IdentifierType::Order, "cmd-1234", "CMD1234", "order.reference"},
        {IdentifierType::Name, "Élodie DUPONT", "elodie dupont", "name.declared"},
        {IdentifierType::Name, "", "empty", ""},
    };
    for (const Row& row : rows) {
        const auto found =
            canonical_identifier(row.type, row.written, row.platform, kFrance, CardKey{});
        EXPECT_EQ(found ? std::string_view{found->value} : found.error(), row.value) << row.written;
        EXPECT_EQ(found ? found->rule : "", row.rule) << row.written;
    }
}

TEST(CanonicalIdentifier, KeepsNoCardNumber) {
    const auto found =
        canonical_identifier(IdentifierType::Card, "4111 1111 1111 1111", "", kFrance, CardKey{});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value.substr(0, 17), "411111******1111#");
    EXPECT_EQ(found->rule, "card.luhn");
}

} // namespace
} // namespace engine::normalise

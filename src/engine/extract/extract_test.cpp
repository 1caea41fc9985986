#include "engine/extract/extract.hpp"

#include <gtest/gtest.h>

namespace engine::extract {
namespace {

using record::FieldKind;
using record::IdentifierType;
using record::Mention;
using record::Role;
using record::Statement;

std::vector<Mention> mentions_of(const Statement& statement) {
    std::vector<Mention> mentions;
    extract(statement, {}, mentions);
    return mentions;
}

const Mention* find(const std::vector<Mention>& mentions, IdentifierType type, FieldKind field) {
    for (const Mention& mention : mentions) {
        if (mention.type == type && mention.field.kind == field) return &mention;
    }
    return nullptr;
}

TEST(Extract, DeclaredIdentifiers) {
    struct Row {
        IdentifierType type;
        std::string_view written;
        std::string_view platform;
        std::string_view value;
        bool checked;
    };
    constexpr Row kRows[]{
        {IdentifierType::Phone, " 06 39 98 12 34 ", "", "+33639981234", true},
        {IdentifierType::Phone, "NON FOURNI", "", "non fourni", false},
        {IdentifierType::Iban, "fr76 3000 6000 0112 3456 7890 189", "",
         "FR7630006000011234567890189", true},
        {IdentifierType::Iban, "FR76 1", "", "fr76 1", false},
        {IdentifierType::Email, "Jean@Exemple-Mail.fr", "", "jean@exemple-mail.fr", true},
        {IdentifierType::Handle, "@Jean_D", "insta", "instagram:jean_d", true},
        {IdentifierType::Card, "4970 1012 3456 7894", "", "4970 10** **** 7894", false},
    };
    for (const Row& row : kRows) {
        Statement statement;
        statement.identifiers.push_back(
            {row.type, std::string{row.written}, Role::Victim, std::string{row.platform}});
        const std::vector<Mention> mentions = mentions_of(statement);
        ASSERT_FALSE(mentions.empty()) << row.written;
        EXPECT_EQ(mentions[0].value, row.value);
        EXPECT_EQ(mentions[0].type, row.type);
        EXPECT_EQ(mentions[0].role, Role::Victim) << row.written;
        EXPECT_LT(mentions[0].end - mentions[0].start, row.written.size() + 1);
    }
}

TEST(Extract, DeclaredLinkYieldsItsDomain) {
    Statement statement;
    statement.identifiers.push_back(
        {IdentifierType::Url, "https://colis.exemple-suivi.fr/x", Role::Suspect, ""});
    const std::vector<Mention> mentions = mentions_of(statement);
    ASSERT_EQ(mentions.size(), 2U);
    EXPECT_EQ(mentions[1].type, IdentifierType::Domain);
    EXPECT_EQ(mentions[1].value, "colis.exemple-suivi.fr");
    EXPECT_EQ(mentions[1].start, 8U);
}

TEST(Extract, EveryFieldIsRead) {
    Statement statement;
    statement.narrative = "Il m'a écrit de paul@exemple-mail.fr";
    statement.messages.push_back(
        {record::Speaker::Suspect, std::nullopt, "Appelez le 06 39 98 12 34"});
    record::Persona persona;
    persona.platform = "whatsapp";
    persona.handle = "+33 6 39 98 12 35";
    persona.name = "Sonia Martin";
    persona.pseudonym = "sonia75";
    statement.personas.push_back(persona);
    record::Payment to_iban;
    to_iban.to = "FR76 3000 6000 0112 3456 7890 189";
    record::Payment to_name;
    to_name.to = "S. Martin";
    statement.payments = {to_iban, to_name};

    const std::vector<Mention> mentions = mentions_of(statement);
    EXPECT_TRUE(find(mentions, IdentifierType::Email, FieldKind::Narrative));
    EXPECT_TRUE(find(mentions, IdentifierType::Phone, FieldKind::Message));
    const Mention* const phone = find(mentions, IdentifierType::Phone, FieldKind::PersonaHandle);
    ASSERT_TRUE(phone);
    EXPECT_EQ(phone->value, "+33639981235");
    const Mention* const name = find(mentions, IdentifierType::Name, FieldKind::PersonaName);
    ASSERT_TRUE(name);
    EXPECT_EQ(name->value, "sonia martin");
    const Mention* const pseudonym =
        find(mentions, IdentifierType::Handle, FieldKind::PersonaPseudonym);
    ASSERT_TRUE(pseudonym);
    EXPECT_EQ(pseudonym->value, "whatsapp:sonia75");
    EXPECT_TRUE(find(mentions, IdentifierType::Iban, FieldKind::PaymentTo));
    EXPECT_TRUE(find(mentions, IdentifierType::Name, FieldKind::PaymentTo));
}

TEST(Extract, EmptyFieldsYieldNothing) {
    Statement statement;
    statement.identifiers.push_back({IdentifierType::Phone, "  ", Role::Suspect, ""});
    statement.personas.emplace_back();
    statement.payments.emplace_back();
    EXPECT_TRUE(mentions_of(statement).empty());
}

} // namespace
} // namespace engine::extract

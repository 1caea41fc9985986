#include "intake/draft.hpp"
#include "intake/queries.hpp"
#include "intake/tracking_code.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake {
namespace {

using engine::record::IdentifierType;
using engine::record::Role;
using engine::record::Speaker;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(References, AreReadAsPeopleTypeThem) {
    platform::crypto::start();
    const std::string reference = new_reference();
    ASSERT_EQ(reference.size(), 11U);
    struct Case {
        std::string typed;
        bool known;
    };
    std::string lower = reference;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const Case cases[] = {
        {reference, true},
        {lower, true},
        {" " + reference.substr(0, 1) + " " + reference.substr(2, 4) + reference.substr(7), true},
        {reference.substr(0, 10), false},
        {reference + "0", false},
        {"X" + reference.substr(1), false},
        {"", false},
        {std::string(1000, 'S'), false},
    };
    for (const Case& c : cases) {
        const auto read = read_reference(c.typed);
        EXPECT_EQ(read.has_value(), c.known) << c.typed;
        if (read) {
            EXPECT_EQ(*read, reference);
        }
    }
}

TEST(Lines, AreTrimmedAndEmptyOnesLeftOut) {
    EXPECT_THAT(lines_of(""), IsEmpty());
    EXPECT_THAT(lines_of(" \n\t\n"), IsEmpty());
    EXPECT_THAT(lines_of("a\n  b \r\n\nc"), ElementsAre("a", "b", "c"));
}

ReportDraft full_draft() {
    ReportDraft draft;
    draft.nature = "scam";
    draft.category = "phishing";
    draft.narrative = "Un « message » \"étrange\".";
    draft.when = "hier";
    draft.paid = "yes";
    draft.amount = "120.50";
    draft.means = "transfer";
    draft.paid_to = "FR76 3000 6000 0112 3456 7890 189";
    draft.links = "https://colis.example/payer\nhttps://autre.example";
    draft.contacts = "06 39 98 12 34\nSonia la belle\nsonia@example.org";
    draft.platform = "whatsapp";
    draft.contact = "email";
    draft.who.email = "moi@example.org";
    draft.who.minor = "no";
    return draft;
}

TEST(Drafts, SurviveTheirJson) {
    const ReportDraft draft = full_draft();
    const auto again = draft_from_json(to_json(draft));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(to_json(*again), to_json(draft));
    EXPECT_FALSE(draft_from_json("[").has_value());
    EXPECT_FALSE(draft_from_json("[]").has_value());
}

TEST(Drafts, BecomeARecordOfTheInterchangeFormat) {
    const engine::record::Statement statement = statement_of(full_draft(), "fr");
    EXPECT_EQ(statement.scam_type, "phishing");
    EXPECT_THAT(statement.narrative, testing::HasSubstr("hier"));
    ASSERT_EQ(statement.identifiers.size(), 2U);
    EXPECT_EQ(statement.identifiers[0].type, IdentifierType::Url);
    EXPECT_EQ(statement.identifiers[0].role, Role::Suspect);
    ASSERT_EQ(statement.messages.size(), 3U);
    EXPECT_EQ(statement.messages[0].from, Speaker::Suspect);
    ASSERT_EQ(statement.personas.size(), 1U) << "a name alone is who the person said they were";
    EXPECT_EQ(statement.personas[0].pseudonym, "Sonia la belle");
    ASSERT_EQ(statement.payments.size(), 1U);
    EXPECT_EQ(statement.payments[0].amount, "120.50");
    ReportDraft unpaid = full_draft();
    unpaid.paid = "no";
    EXPECT_THAT(statement_of(unpaid, "fr").payments, IsEmpty())
        << "what was typed before the answer changed does not count";
}

TEST(Queries, FitTheTables) {
    EXPECT_THAT(platform::db_testing::prepare_all(sql::kAll), IsEmpty());
}

} // namespace
} // namespace intake

#include "intake/complaint.hpp"
#include "intake/complaint_drafts.hpp"
#include "intake/web/complaint_questions.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake {
namespace {

using engine::record::IdentifierType;
using engine::record::Role;
using engine::record::Speaker;

ComplaintDraft full_draft() {
    ComplaintDraft draft{.type = "romance", .code = "0123456789ABCDEF", .subject = "ab"};
    draft.who.email = "moi@victime.example";
    draft.who.telephone = "06 39 98 00 01";
    draft.answers = {{"recit", "Il m’a demandé de l’argent."},
                     {"auteur", "06 39 98 00 12\nmarc.dubois@amour.example"},
                     {"auteur_nom", "Marc Dubois"},
                     {"pretextes", "Un billet d’avion."},
                     {"banque", "oui"}};
    draft.payments = {{{"montant", "250"},
                       {"moyen", "transfer"},
                       {"iban", "FR76 3000 6000 0112 3456 7890 189"},
                       {"titulaire", "M. Dubois"}}};
    draft.choices = {{"phone", "06 39 98 00 02", "victim"},
                     {"url", "https://a.example", "suspect"}};
    draft.seen = {"story"};
    return draft;
}

TEST(Complaint, IsReadAsItWasWritten) {
    const ComplaintDraft draft = full_draft();
    const auto read = complaint_from_json(to_json(draft));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(to_json(*read), to_json(draft));
    EXPECT_FALSE(complaint_from_json("[]").has_value());
    EXPECT_FALSE(complaint_from_json("no").has_value());
}

TEST(Complaint, BecomesARecordWithTheAuthorApart) {
    const engine::record::Statement record = complaint_statement(full_draft(), "fr", web::tells_of);
    EXPECT_EQ(record.kind, engine::record::Kind::Complaint);
    EXPECT_EQ(record.narrative, "Il m’a demandé de l’argent.");
    std::size_t of_author = 0;
    for (const engine::record::Message& message : record.messages) {
        if (message.from == Speaker::Suspect) ++of_author;
    }
    EXPECT_EQ(of_author, 3U) << "two lines about the author, the account's holder";
    ASSERT_EQ(record.payments.size(), 1U);
    EXPECT_EQ(record.payments[0].to, "FR76 3000 6000 0112 3456 7890 189");
    ASSERT_EQ(record.identifiers.size(), 4U);
    EXPECT_EQ(record.identifiers[0].type, IdentifierType::Phone) << "what was said comes first";
    EXPECT_EQ(record.identifiers[0].role, Role::Victim);
    EXPECT_EQ(record.identifiers[1].role, Role::Suspect);
    EXPECT_EQ(record.identifiers[2].type, IdentifierType::Email) << "the declarant's own";
    EXPECT_EQ(record.identifiers[2].role, Role::Victim);
    ASSERT_EQ(record.personas.size(), 1U);
    EXPECT_EQ(record.personas[0].name, "Marc Dubois");
}

TEST(Complaint, IsMadeByAdults) {
    struct Case {
        std::string_view born;
        std::optional<bool> adult;
    };
    const Case cases[] = {{"2008-11-30", true},        {"2008-12-01", false},
                          {"1950-01-01", true},        {"2010-06-01", false},
                          {"", std::nullopt},          {"1991", std::nullopt},
                          {"1991-xx-01", std::nullopt}};
    for (const Case& c : cases) EXPECT_EQ(is_adult(c.born, "2026-11-30"), c.adult) << c.born;
}

class ComplaintDraftsTest : public testing::Test {
protected:
    static constexpr UnixSeconds kNow = 1'790'000'000;
    static constexpr UnixSeconds kMonth = 30 * 86'400;
    platform::db_testing::TestDatabase database_;
    platform::db_testing::TemporaryFolder folder_;
    platform::crypto::KeyRing keys_ = *platform::crypto::KeyRing::open(folder_.path() / "keys");
    platform::db::Pool door_{database_.address("maillon_door"), 2};
    ComplaintDrafts drafts_{door_, keys_};

    ComplaintDrafts::Kept begin(std::string subject, std::string type) {
        return drafts_.save({.type = std::move(type), .subject = std::move(subject)}, kNow);
    }
};

TEST_F(ComplaintDraftsTest, OneForEachPersonAndKind) {
    const auto first = begin("aa", "romance");
    EXPECT_EQ(drafts_.save(first.draft, kNow).id, first.id);
    EXPECT_NE(begin("aa", "fake_shop").id, first.id);
    EXPECT_NE(begin("bb", "romance").id, first.id);
    ASSERT_TRUE(drafts_.of("aa", "romance", kNow).has_value());
    EXPECT_EQ(drafts_.of("aa", "romance", kNow)->id, first.id);
    EXPECT_FALSE(drafts_.of("cc", "romance", kNow).has_value());
}

TEST_F(ComplaintDraftsTest, IsFoundByItsCodeForAMonth) {
    const auto made = begin("aa", "romance");
    ASSERT_EQ(made.draft.code.size(), 16U);
    ASSERT_TRUE(drafts_.by_code(made.draft.code, kNow).has_value());
    EXPECT_EQ(drafts_.by_code(made.draft.code, kNow)->id, made.id);
    EXPECT_FALSE(drafts_.by_code("0000000000000000", kNow).has_value());
    EXPECT_FALSE(drafts_.by_code("", kNow).has_value());
    EXPECT_FALSE(drafts_.by_code(made.draft.code, kNow + kMonth + 1).has_value());
}

TEST_F(ComplaintDraftsTest, AVisitReadsForHalfAnHourAndWritesOn) {
    const auto made = begin("aa", "romance");
    EXPECT_FALSE(drafts_.of_visit("visit", kNow).has_value());
    drafts_.open("visit", made.id, true, kNow);
    EXPECT_TRUE(drafts_.of_visit("visit", kNow + 60)->readable);
    EXPECT_FALSE(drafts_.of_visit("visit", kNow + 1801)->readable);
    drafts_.open("visit", made.id, false, kNow);
    EXPECT_FALSE(drafts_.of_visit("visit", kNow + 60)->readable);
    drafts_.drop(made.draft);
    EXPECT_FALSE(drafts_.of_visit("visit", kNow + 60).has_value());
}

} // namespace
} // namespace intake

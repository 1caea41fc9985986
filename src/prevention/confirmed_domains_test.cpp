#include "prevention/confirmed_domains.hpp"

#include "platform/db_testing/test_database.hpp"
#include "prevention/queries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace prevention {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Queries, FitTheTables) {
    EXPECT_THAT(platform::db_testing::prepare_all(sql::kAll), IsEmpty());
}

class ConfirmedDomainsTest : public testing::Test {
protected:
    platform::db_testing::TestDatabase database_;
    platform::db::Pool door_{database_.address("maillon_door"), 1};
    platform::db::Pool operators_{database_.address("maillon_operator"), 1};
    ConfirmedDomains domains_{door_, operators_};
};

TEST_F(ConfirmedDomainsTest, StandUntilTheyAreWithdrawn) {
    const std::vector<std::string> asked{"colis-exemple.com", "autre-exemple.fr"};
    EXPECT_THAT(domains_.among(asked), IsEmpty());
    EXPECT_EQ(domains_.confirm("https://www.colis-exemple.com/x", "operator:test", "groupe 12"),
              "colis-exemple.com");
    EXPECT_THAT(domains_.among(asked), ElementsAre("colis-exemple.com"));
    ASSERT_EQ(domains_.standing().size(), 1U);
    EXPECT_EQ(domains_.standing()[0].reason, "groupe 12");
    EXPECT_EQ(domains_.confirm("colis-exemple.com", "operator:test", "encore"),
              refuse(DomainRefusal::AlreadyStands));
    EXPECT_EQ(domains_.withdraw("colis-exemple.com", "operator:test", "erreur"),
              "colis-exemple.com");
    EXPECT_THAT(domains_.among(asked), IsEmpty());
    EXPECT_THAT(domains_.standing(), IsEmpty());
    EXPECT_EQ(domains_.withdraw("colis-exemple.com", "operator:test", "encore"),
              refuse(DomainRefusal::AlreadyStands));
    EXPECT_EQ(domains_.confirm("colis-exemple.com", "operator:test", "revu"), "colis-exemple.com");
}

TEST_F(ConfirmedDomainsTest, RefuseWhatWouldAccuseOthers) {
    struct Case {
        const char* written;
        DomainRefusal refusal;
    };
    const Case cases[] = {
        {"06 39 98 12 34", DomainRefusal::NotADomain},
        {"FR7630006000011234567890189", DomainRefusal::NotADomain},
        {"", DomainRefusal::NotADomain},
        {"impots.gouv.fr", DomainRefusal::KnownBody},
        {"https://www.labanquepostale.fr/", DomainRefusal::KnownBody},
        {"bit.ly", DomainRefusal::Shared},
        {"gmail.com", DomainRefusal::Shared},
        {"github.io", DomainRefusal::Shared},
    };
    for (const Case& row : cases) {
        EXPECT_EQ(domains_.confirm(row.written, "operator:test", "test"), refuse(row.refusal))
            << row.written;
    }
    EXPECT_THAT(domains_.standing(), IsEmpty());
}

TEST_F(ConfirmedDomainsTest, TheDoorLearnsNothingElse) {
    const platform::db::Lease lease = door_.take();
    EXPECT_THROW(lease->run(sql::kStandingDecisions), platform::db::Refused);
    EXPECT_THROW(lease->run(sql::kInsertDecision, {"a", "confirmed", "b.fr", "c"}),
                 platform::db::Refused);
}

} // namespace
} // namespace prevention

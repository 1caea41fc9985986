#include "platform/session/visits.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace platform::session {
namespace {

class VisitsTest : public ::testing::Test {
public:
    VisitsTest() {
        crypto::start();
        std::string pattern = ::testing::TempDir() + "visits-XXXXXX";
        folder_ = mkdtemp(pattern.data());
        auto ring = crypto::KeyRing::open(folder_ / "keys");
        EXPECT_TRUE(ring.has_value());
        ring_.emplace(std::move(*ring));
    }
    ~VisitsTest() override { std::filesystem::remove_all(folder_); }

protected:
    std::filesystem::path folder_;
    std::optional<crypto::KeyRing> ring_;
};

http::Request with_cookie(const http::SetCookie& cookie) {
    http::Request request;
    request.cookies.push_back({cookie.name, cookie.value});
    return request;
}

TEST_F(VisitsTest, ATokenHoldsForItsVisitAlone) {
    const Visits visits{*ring_};
    const Visit first = visits.of({});
    EXPECT_TRUE(first.fresh);
    const Visit again = visits.of(with_cookie(visits.cookie(first)));
    EXPECT_EQ(again.id, first.id);
    EXPECT_FALSE(again.fresh);
    const std::string token = visits.form_token(again);
    EXPECT_TRUE(visits.is_ours(again, token));
    const Visit other = visits.of(with_cookie(visits.cookie(visits.begin())));
    EXPECT_FALSE(visits.is_ours(other, token));
}

TEST_F(VisitsTest, TokensDifferEachTimeAndAllHold) {
    const Visits visits{*ring_};
    const Visit visit = visits.of(with_cookie(visits.cookie(visits.begin())));
    const std::string a = visits.form_token(visit);
    const std::string b = visits.form_token(visit);
    EXPECT_NE(a, b);
    EXPECT_TRUE(visits.is_ours(visit, a));
    EXPECT_TRUE(visits.is_ours(visit, b));
}

TEST_F(VisitsTest, NoTokenAndBentTokensAreRefused) {
    const Visits visits{*ring_};
    const Visit visit = visits.of(with_cookie(visits.cookie(visits.begin())));
    std::string token = visits.form_token(visit);
    EXPECT_FALSE(visits.is_ours(visit, ""));
    EXPECT_FALSE(visits.is_ours(visit, token.substr(1)));
    token[5] = token[5] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(visits.is_ours(visit, token));
}

TEST_F(VisitsTest, ACookieThatIsNotOursBeginsANewVisit) {
    const Visits visits{*ring_};
    for (const char* bent :
         {"", "short", "................................", "aaaaaaaaaaaaaaaaaaaa=="}) {
        EXPECT_TRUE(visits.of(with_cookie({.name = "visite", .value = bent})).fresh) << bent;
    }
}

} // namespace
} // namespace platform::session

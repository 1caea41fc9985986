#include "identity/logins.hpp"

#include "identity/local_path.hpp"
#include "identity/queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace identity {
namespace {

using platform::db_testing::TemporaryFolder;
using platform::db_testing::TestDatabase;
using platform::http::Request;
using platform::http::SetCookie;
using platform::page::EmbeddedFile;

TEST(LocalPath, LeadsToOurPagesAlone) {
    struct Case {
        std::string path;
        bool ours;
    };
    const Case cases[] = {
        {"/", true},
        {"/plainte/recit", true},
        {"/plainte?etape=2&x=%2F", true},
        {"", false},
        {"plainte", false},
        {"//autre.example", false},
        {"///autre.example", false},
        {"/\\autre.example", false},
        {"\\\\autre.example", false},
        {"https://autre.example", false},
        {"javascript:alert(1)", false},
        {"/a\tb", false},
        {"/a\r\nSet-Cookie: x=1", false},
        {" /plainte", false},
        {"/pl\xc3\xa9", false},
        {"/" + std::string(600, 'a'), false},
    };
    for (const Case& c : cases) EXPECT_EQ(is_local_path(c.path), c.ours) << c.path;
    EXPECT_EQ(local_path_or("//autre.example", "/en"), "/en");
}

TEST(Queries, FitTheTables) {
    EXPECT_THAT(platform::db_testing::prepare_all(sql::kAll), testing::IsEmpty());
}

constexpr std::array kTemplates{EmbeddedFile{"layout.html", "{{BODY:none}}"}};
constexpr std::array kLocales{
    EmbeddedFile{"fr.toml", "[path]\nhome = \"/\"\nlogin = \"/connexion\"\n"},
    EmbeddedFile{"en.toml", "[path]\nhome = \"/en\"\nlogin = \"/en/login\"\n"}};
constexpr UnixSeconds kMinute = 60;
constexpr UnixSeconds kHour = 60 * kMinute;

platform::crypto::KeyRing ring_in(const TemporaryFolder& folder) {
    platform::crypto::start();
    auto ring = platform::crypto::KeyRing::open(folder.path() / "keys");
    EXPECT_TRUE(ring.has_value());
    return std::move(*ring);
}

Vouched vouched(const std::string& issuer, const std::string& sub) {
    return {.issuer = issuer,
            .sub = sub,
            .person = {.given_name = "Ada", .family_name = "Beauvoir", .birthdate = "1988-03-14"},
            .id_token = "un.jeton.signe"};
}

Request showing(std::initializer_list<SetCookie> cookies) {
    Request request;
    request.path = "/";
    for (const SetCookie& one : cookies) request.cookies.push_back({one.name, one.value});
    return request;
}

class LoginsTest : public testing::Test {
protected:
    TestDatabase database_;
    TemporaryFolder folder_;
    platform::crypto::KeyRing keys_ = ring_in(folder_);
    platform::page::Pages pages_{kTemplates, kLocales, {}};
    platform::session::Visits visits_{keys_};
    site::Frame frame_{pages_, visits_, true};
    platform::db::Pool door_{database_.address("maillon_door"), 2};
    UnixSeconds now_ = 1'800'000'000;
    Logins logins_{door_, keys_, frame_, [this] { return now_; }};
};

TEST_F(LoginsTest, ThePersonIsTheSameAtTheSameIssuer) {
    const auto subject = [&](const std::string& issuer, const std::string& sub) {
        const SetCookie cookie = logins_.begin(showing({}), vouched(issuer, sub));
        return logins_.of(showing({cookie}))->subject;
    };
    const platform::crypto::Digest first = subject("https://a.example", "17");
    EXPECT_EQ(subject("https://a.example", "17"), first);
    EXPECT_NE(subject("https://a.example", "18"), first);
    EXPECT_NE(subject("https://b.example", "17"), first);
    EXPECT_NE(subject("https://a.example\n1", "7"), first);
}

TEST_F(LoginsTest, HoldsThePersonUntilItEnds) {
    const SetCookie cookie = logins_.begin(showing({}), vouched("https://a.example", "17"));
    const std::optional<Login> login = logins_.of(showing({cookie}));
    ASSERT_TRUE(login.has_value());
    EXPECT_EQ(login->person, vouched("", "").person);
    EXPECT_FALSE(login->invented);
    EXPECT_EQ(login->started_at, now_);
    EXPECT_EQ(login->ends_at, now_ + 4 * kHour);
    EXPECT_EQ(logins_.end(showing({cookie})), "un.jeton.signe");
    EXPECT_FALSE(logins_.of(showing({cookie})).has_value());
    EXPECT_EQ(logins_.end(showing({cookie})), "");
}

TEST_F(LoginsTest, SaysWhoIsInvented) {
    const SetCookie cookie = logins_.begin(showing({}), vouched(kDemonstration, "x"));
    EXPECT_TRUE(logins_.of(showing({cookie}))->invented);
}

TEST_F(LoginsTest, EndsUnusedAndEndsAfterFourHours) {
    const SetCookie used = logins_.begin(showing({}), vouched("https://a.example", "17"));
    const SetCookie idle = logins_.begin(showing({}), vouched("https://a.example", "18"));
    const UnixSeconds begun = now_;
    for (now_ += 29 * kMinute; now_ < begun + 4 * kHour; now_ += 29 * kMinute) {
        EXPECT_TRUE(logins_.of(showing({used})).has_value()) << now_ - begun;
    }
    EXPECT_FALSE(logins_.of(showing({idle})).has_value());
    now_ = begun + 4 * kHour;
    EXPECT_FALSE(logins_.of(showing({used})).has_value());
}

TEST_F(LoginsTest, ANewLoginEndsTheOldOne) {
    const SetCookie first = logins_.begin(showing({}), vouched("https://a.example", "17"));
    const SetCookie second = logins_.begin(showing({first}), vouched("https://a.example", "17"));
    EXPECT_NE(first.value, second.value);
    EXPECT_FALSE(logins_.of(showing({first})).has_value());
    EXPECT_TRUE(logins_.of(showing({second})).has_value());
}

TEST_F(LoginsTest, OnlyALocalPathIsGoneBackTo) {
    const auto place = [&](std::string_view back) {
        return logins_.ask(showing({}), back).headers.front().value;
    };
    EXPECT_EQ(place("/plainte?etape=2"), "/connexion?retour=%2Fplainte%3Fetape%3D2");
    EXPECT_EQ(place("//autre.example"), "/connexion?retour=%2F");
}

TEST_F(LoginsTest, AWayBackIsTakenOnceByItsBrowserInTime) {
    const Underway sent{
        .nonce = "n", .verifier = "v", .language = "en", .return_path = "/en/complaint"};
    const std::string state(43, 's');
    const std::string other(43, 'o');
    const SetCookie browser = logins_.send_off(showing({}), state, sent);
    const SetCookie stranger = logins_.send_off(showing({}), other, sent);
    EXPECT_FALSE(logins_.take_back(showing({}), state).has_value());
    EXPECT_FALSE(logins_.take_back(showing({stranger}), state).has_value());
    EXPECT_FALSE(logins_.take_back(showing({browser}), other).has_value());
    const std::optional<Underway> back = logins_.take_back(showing({browser}), state);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->nonce, "n");
    EXPECT_EQ(back->verifier, "v");
    EXPECT_EQ(back->return_path, "/en/complaint");
    EXPECT_FALSE(logins_.take_back(showing({browser}), state).has_value()) << "once";
    now_ += 10 * kMinute;
    EXPECT_FALSE(logins_.take_back(showing({stranger}), other).has_value()) << "too late";
}

TEST_F(LoginsTest, WhatIsOverIsSweptAway) {
    const SetCookie kept = logins_.begin(showing({}), vouched("https://a.example", "17"));
    now_ += kHour;
    const SetCookie fresh = logins_.begin(showing({}), vouched("https://a.example", "18"));
    platform::db::Connection connection = database_.connect("maillon_operator");
    platform::db::Transaction transaction{connection};
    sweep(transaction, now_);
    transaction.commit();
    EXPECT_EQ(logins_.end(showing({kept})), "") << "the row is gone";
    EXPECT_TRUE(logins_.of(showing({fresh})).has_value());
}

} // namespace
} // namespace identity

// Time is an argument: no test waits.
#include "platform/http/throttle.hpp"

#include "platform/crypto/bytes.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

using namespace std::chrono_literals;

/// As a page's script does.
std::string solve(const Challenge& challenge) {
    for (std::uint64_t counter = 0;; ++counter) {
        const std::string digits = std::to_string(counter);
        if (is_solved(challenge.token, digits, challenge.bits)) {
            return challenge.token + "." + digits;
        }
    }
}

class ThrottleTest : public testing::Test {
protected:
    ThrottleTest() { crypto::start(); }

    Verdict::Kind ask(const char* client, std::string_view proof = "", unsigned weight = 1) {
        return throttle.ask(*Address::parse(client), weight, proof, now).kind;
    }
    /// Asks until a challenge comes: how many were answered before.
    int flood(const char* client) {
        int answered = 0;
        while (ask(client) != Verdict::Kind::Challenge) ++answered;
        return answered;
    }
    Challenge challenge(const char* client) {
        return throttle.challenge(*Address::parse(client), now);
    }

    Throttle::Time now = std::chrono::steady_clock::now();
    Throttle throttle{{.per_second = 20, .bits_min = 8, .bits_max = 12, .clients_max = 50}};
};

TEST_F(ThrottleTest, DelaysThenAsksForAProof) {
    for (int n = 0; n < 200; ++n) ASSERT_EQ(ask("192.0.2.1"), Verdict::Kind::Pass) << n;
    std::chrono::nanoseconds before{};
    for (int n = 0; n < 60; ++n) {
        const Verdict verdict = throttle.ask(*Address::parse("192.0.2.1"), 1, "", now);
        ASSERT_EQ(verdict.kind, Verdict::Kind::Delay) << n;
        EXPECT_GT(verdict.delay, before);
        EXPECT_LE(verdict.delay, 3s);
        before = verdict.delay;
    }
    EXPECT_EQ(ask("192.0.2.1"), Verdict::Kind::Challenge);
    EXPECT_EQ(ask("192.0.2.2"), Verdict::Kind::Pass); // another client
    now += 1s;
    EXPECT_EQ(ask("192.0.2.1"), Verdict::Kind::Delay); // twenty more
    now += 60s;
    EXPECT_EQ(flood("192.0.2.1"), 260);
}

TEST_F(ThrottleTest, CountsWeights) {
    EXPECT_EQ(ask("192.0.2.1", "", 200), Verdict::Kind::Pass);
    EXPECT_EQ(ask("192.0.2.1"), Verdict::Kind::Delay);
    EXPECT_EQ(ask("192.0.2.1", "", 0), Verdict::Kind::Pass);
}

TEST_F(ThrottleTest, TakesASubscriberForOne) {
    flood("2001:db8:1:2::1");
    EXPECT_EQ(ask("2001:db8:1:2:3::4"), Verdict::Kind::Challenge);
    EXPECT_EQ(ask("2001:db8:1:3::1"), Verdict::Kind::Pass);
}

TEST_F(ThrottleTest, AProofHasAnAllowanceOfItsOwn) {
    flood("192.0.2.1");
    const std::string proof = solve(challenge("192.0.2.1"));
    for (int n = 0; n < 200; ++n) {
        ASSERT_EQ(ask("192.0.2.1", proof), Verdict::Kind::Pass) << n;
        ASSERT_EQ(ask("192.0.2.1"), Verdict::Kind::Challenge); // the flood beside it
    }
    EXPECT_EQ(ask("192.0.2.1", proof), Verdict::Kind::Challenge); // used up
}

TEST_F(ThrottleTest, PatienceIsEnough) {
    flood("192.0.2.1");
    const Challenge first = challenge("192.0.2.1");
    now += 1us;
    const Challenge second = challenge("192.0.2.1");
    EXPECT_EQ(ask("192.0.2.1", first.token), Verdict::Kind::Challenge);
    now += 30s;
    flood("192.0.2.1");
    EXPECT_EQ(ask("192.0.2.1", first.token), Verdict::Kind::Pass);
    EXPECT_EQ(ask("192.0.2.1", second.token), Verdict::Kind::Challenge); // no hoard of them
}

TEST_F(ThrottleTest, RefusesProofsThatAreNone) {
    flood("192.0.2.1");
    flood("192.0.2.2");
    const Challenge mine = challenge("192.0.2.1");
    const std::string proof = solve(mine);
    std::string changed = mine.token;
    changed[3] = changed[3] == 'A' ? 'B' : 'A';
    for (const std::string& shown :
         {std::string{}, std::string{"x"}, mine.token, mine.token + ".", mine.token + ".-1",
          mine.token + ".0x", changed + ".1", proof + "0000000000000000000000", "." + proof,
          std::string(10'000, 'a')}) {
        EXPECT_EQ(ask("192.0.2.1", shown), Verdict::Kind::Challenge) << shown;
    }
    EXPECT_EQ(ask("192.0.2.2", proof), Verdict::Kind::Challenge); // of another client
    Throttle other{{}};
    const std::string foreign = solve(other.challenge(*Address::parse("192.0.2.1"), now));
    EXPECT_EQ(ask("192.0.2.1", foreign), Verdict::Kind::Challenge); // of another process
    now += 601s;
    flood("192.0.2.1");
    EXPECT_EQ(ask("192.0.2.1", proof), Verdict::Kind::Challenge); // too old
}

TEST_F(ThrottleTest, GetsHarderUnderLoad) {
    EXPECT_EQ(challenge("192.0.2.1").bits, 8U);
    for (int n = 0; n < 100'000; ++n) static_cast<void>(challenge("192.0.2.1"));
    EXPECT_EQ(challenge("192.0.2.2").bits, 12U);
    now += 60s;
    static_cast<void>(challenge("192.0.2.2")); // closes the window of the load
    now += 60s;
    EXPECT_EQ(challenge("192.0.2.2").bits, 8U);
}

TEST_F(ThrottleTest, RemembersABoundedNumber) {
    flood("192.0.2.1");
    for (int n = 0; n < 5000; ++n) {
        const std::string client =
            "198.51." + std::to_string(n / 250) + "." + std::to_string(n % 250);
        EXPECT_EQ(ask(client.c_str()), Verdict::Kind::Pass);
        now += 1us;
    }
    EXPECT_LE(throttle.remembered(), 50U);
    EXPECT_EQ(ask("192.0.2.1"), Verdict::Kind::Challenge); // who floods is the last to be forgotten
}

TEST_F(ThrottleTest, CanBeOff) {
    Throttle off{{.per_second = 0}};
    for (int n = 0; n < 10'000; ++n) {
        ASSERT_EQ(off.ask(*Address::parse("192.0.2.1"), 1, "", now).kind, Verdict::Kind::Pass);
    }
}

} // namespace
} // namespace platform::http

// Beyond its allowance a client waits, then proves that it is worth it; others do not notice.
#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"
#include "platform/http/throttle.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <charconv>

namespace platform::http {
namespace {

using test::Answer;
using test::form_post;
using test::get;
using test::Wire;
using test::World;

constexpr int kBurst = 50;  // ten seconds of five
constexpr int kDelayed = 2; // 0.4 seconds of five

ServerPolicy sparing() {
    ServerPolicy policy;
    policy.requests_per_second = 5;
    policy.delay_max = std::chrono::milliseconds{400};
    policy.error_page = [](int status, const Request& request) {
        Response page;
        page.body = "page of " + std::to_string(status);
        if (request.challenge)
            page.body += " wait " + std::to_string(request.challenge->wait_seconds);
        for (const Pair& field : request.form) page.body += " " + field.name + "=" + field.value;
        return page;
    };
    return policy;
}

/// Takes the burst, then as many as are delayed, and some more: the answers to those.
std::vector<Answer> flood(std::uint16_t port) {
    for (int n = 0; n < kBurst; ++n) EXPECT_EQ(get(port, "/")->status, 200);
    std::vector<std::unique_ptr<Wire>> wires;
    for (int n = 0; n < kDelayed + 4; ++n) {
        wires.push_back(std::make_unique<Wire>(port));
        wires.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    std::vector<Answer> answers;
    for (const auto& wire : wires) answers.push_back(*wire->read_answer());
    return answers;
}

std::string solve(const std::string& challenge) {
    const std::string token = challenge.substr(0, challenge.find(';'));
    const std::string_view digits = std::string_view{challenge}.substr(challenge.rfind('=') + 1);
    unsigned bits = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    for (std::uint64_t counter = 0;; ++counter) {
        const std::string text = std::to_string(counter);
        if (is_solved(token, text, bits)) return token + "." + text;
    }
}

/// More at once than a client beyond its allowance gets answered.
std::vector<Answer> ten_at_once(std::uint16_t port, const std::string& request) {
    std::vector<std::unique_ptr<Wire>> wires;
    for (int n = 0; n < 10; ++n) {
        wires.push_back(std::make_unique<Wire>(port));
        wires.back()->send(request);
    }
    std::vector<Answer> answers;
    for (const auto& wire : wires) answers.push_back(*wire->read_answer());
    return answers;
}

bool all_pass(const std::vector<Answer>& answers) {
    return std::ranges::all_of(answers, [](const Answer& a) { return a.status == 200; });
}

/// One of those that were not answered.
Answer challenged(std::uint16_t port, const std::string& request) {
    while (true) {
        for (Answer& answer : ten_at_once(port, request)) {
            if (answer.status == 429) return std::move(answer);
        }
    }
}

std::string get_of(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

TEST(ServerThrottle, DelaysThenAsksForAProof) {
    const World world{sparing()};
    int passed = 0;
    int asked = 0;
    for (const Answer& answer : flood(world.port())) {
        if (answer.status == 200) ++passed;
        if (answer.status != 429) continue;
        ++asked;
        EXPECT_EQ(answer.header("retry-after"), "30");
        EXPECT_EQ(answer.body, "page of 429 wait 30");
        EXPECT_THAT(answer.header("proof-of-work-challenge"), testing::HasSubstr("; bits="));
    }
    EXPECT_GE(passed, kDelayed);
    EXPECT_GE(asked, 1);
    EXPECT_THAT(world.metrics_text(), testing::HasSubstr("maillon_http_delayed_total"));
    const std::string other = "127.0.0.2";
    EXPECT_EQ(get(world.port(), "/", "", other)->status, 200);
    for (int n = 0; n < 50; ++n) ASSERT_EQ(get(world.port(), "/healthz")->status, 200);
}

TEST(ServerThrottle, GoesOnWithAProof) {
    const World world{sparing()};
    flood(world.port());
    const auto proof = [&] {
        const Answer answer = challenged(world.port(), get_of("/"));
        return solve(answer.header("proof-of-work-challenge"));
    };
    for (const std::string& request :
         {get_of("/", "Proof-Of-Work: " + proof() + "\r\n"),
          get_of("/", "Cookie: proof=" + proof() + "\r\n"), get_of("/?proof=" + proof()),
          form_post("/echo", "a=1&proof=" + proof())}) {
        EXPECT_TRUE(all_pass(ten_at_once(world.port(), request))) << request;
        EXPECT_FALSE(all_pass(ten_at_once(world.port(), get_of("/")))); // the flood beside it
    }
}

TEST(ServerThrottle, GivesTheFormBack) {
    const World world{sparing()};
    flood(world.port());
    const Answer answer = challenged(world.port(), form_post("/echo", "story=long&b=2"));
    EXPECT_EQ(answer.body, "page of 429 wait 30 story=long b=2");
    EXPECT_EQ(answer.header("connection"), ""); // it may try again on the same connection
}

TEST(ServerThrottle, PatienceIsEnough) {
    ServerPolicy policy = sparing();
    policy.challenge_patience = std::chrono::seconds{1};
    const World world{std::move(policy)};
    flood(world.port());
    const std::string challenge =
        challenged(world.port(), get_of("/")).header("proof-of-work-challenge");
    const std::string token = challenge.substr(0, challenge.find(';'));
    EXPECT_FALSE(all_pass(ten_at_once(world.port(), get_of("/?proof=" + token))));
    do { // nobody without a token gets through meanwhile
        ASSERT_FALSE(all_pass(ten_at_once(world.port(), get_of("/"))));
    } while (!all_pass(ten_at_once(world.port(), get_of("/?proof=" + token))));
}

} // namespace
} // namespace platform::http

// Many at once, and the end.
#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace platform::http {
namespace {

using namespace std::chrono_literals;
using test::form_post;
using test::Wire;
using test::World;

TEST(ServerStop, AnswersFiveHundredAtOnce) {
    ServerPolicy policy;
    policy.requests_per_second = 0;
    policy.connections_per_client_max = 600;
    World world{std::move(policy)};
    std::vector<std::unique_ptr<Wire>> wires;
    for (int n = 0; n < 500; ++n) wires.push_back(std::make_unique<Wire>(world.port()));
    for (int round = 0; round < 3; ++round) {
        for (const auto& wire : wires) ASSERT_TRUE(wire->send(form_post("/count", "a=1")));
        for (const auto& wire : wires) {
            const auto answer = wire->read_answer();
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->status, 200);
        }
    }
    EXPECT_EQ(world.received().handled, 1500U);
}

TEST(ServerStop, AnswersWhatWasReadAndClosesTheRest) {
    World world;
    Wire idle{world.port()};
    idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(idle.read_answer());
    Wire busy{world.port()};
    busy.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
    world.gate().wait_for(1);
    std::thread stopping{[&] { world.server().stop(30s); }};
    EXPECT_TRUE(idle.ends()); // by then it is stopping
    world.gate().open();
    const auto answer = busy.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "passed");
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(busy.ends());
    stopping.join();
}

TEST(ServerStop, LosesNothingThatItAcknowledged) {
    ServerPolicy policy;
    policy.requests_per_second = 0;
    World world{std::move(policy)};
    const std::uint16_t port = world.port();
    std::atomic<unsigned> acknowledged{0};
    std::atomic<bool> none_cut_short{true};
    std::vector<std::unique_ptr<Wire>> wires;
    for (int n = 0; n < 8; ++n) wires.push_back(std::make_unique<Wire>(port));
    std::vector<std::thread> clients;
    for (auto& wire : wires) {
        clients.emplace_back([&acknowledged, &none_cut_short, &wire] {
            while (wire->send(form_post("/count", "a=1"))) {
                const auto answer = wire->read_answer();
                if (!answer) {
                    if (!wire->ends()) none_cut_short = false; // half an answer
                    return;
                }
                if (answer->status == 200) ++acknowledged;
                if (answer->header("connection") == "close") return;
            }
        });
    }
    while (acknowledged < 200) std::this_thread::yield();
    world.server().stop(30s);
    for (std::thread& client : clients) client.join();
    EXPECT_TRUE(none_cut_short);
    // Each that was handled got its answer: the stop waited for all that had begun.
    EXPECT_EQ(world.received().handled, acknowledged);
}

TEST(ServerStop, CountsWhatItAnswered) {
    World world;
    test::get(world.port(), "/suivi/SECRET1?x=SECRET2");
    test::get(world.port(), "/SECRET3");
    world.server().stop(10s);
    const std::string text = world.metrics_text();
    EXPECT_THAT(text, testing::HasSubstr("/suivi/{reference}"));
    EXPECT_THAT(text, testing::HasSubstr("404"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("SECRET")));
}

} // namespace
} // namespace platform::http

// Clients that take their time: cut where nothing is gained by waiting, served where there is.
#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"

#include <gmock/gmock.h>
#include <poll.h>

#include <thread>

namespace platform::http {
namespace {

using namespace std::chrono_literals;
using test::form_post;
using test::Wire;
using test::World;

/// Sends `bytes` one by one, a tenth of a second apart, until the server closes or there are no
/// more. True: the server closed first.
bool trickle(Wire& wire, std::string_view bytes) {
    for (const char c : bytes) {
        if (!wire.send(std::string_view{&c, 1})) return true;
        pollfd watched{.fd = wire.socket(), .events = POLLIN | POLLRDHUP, .revents = 0};
        if (::poll(&watched, 1, 100) > 0) return true;
    }
    return false;
}

ServerPolicy impatient() {
    ServerPolicy policy;
    policy.header_time_max = 1s;
    policy.idle_time_max = 1s;
    policy.body_grace = 1s;
    policy.body_bytes_per_second_min = 1000;
    return policy;
}

TEST(ServerSlow, CutsAHeadThatComesByteByByte) {
    const World world{impatient()};
    Wire wire{world.port()};
    const std::string endless = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2000, 'b');
    EXPECT_TRUE(trickle(wire, endless));
    EXPECT_TRUE(wire.ends());
}

TEST(ServerSlow, CutsTheNextHeadToo) {
    const World world{impatient()};
    Wire wire{world.port()};
    wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(wire.read_answer());
    const std::string endless = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2000, 'b');
    EXPECT_TRUE(trickle(wire, endless));
}

TEST(ServerSlow, CutsABodyThatTrickles) {
    const World world{impatient()};
    Wire wire{world.port()};
    wire.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
              "Content-Length: 5000\r\n\r\n");
    EXPECT_TRUE(trickle(wire, std::string(5000, 'b')));
    EXPECT_TRUE(wire.ends());
}

TEST(ServerSlow, CutsWhoSaysNothing) {
    const World world{impatient()};
    Wire silent{world.port()};
    EXPECT_TRUE(silent.ends());
    Wire kept{world.port()};
    kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(kept.read_answer());
    EXPECT_TRUE(kept.ends());
}

TEST(ServerSlow, DoesNotCutWhomItKeepsWaiting) {
    World world{impatient()};
    Wire wire{world.port()};
    wire.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
    world.gate().wait_for(1);
    Wire cut{world.port()}; // opened later, with the same limits
    EXPECT_TRUE(cut.ends());
    EXPECT_TRUE(Wire{world.port()}.ends());
    world.gate().open();
    const auto answer = wire.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "passed");
}

TEST(ServerSlow, ASlowReaderHoldsNoWorker) {
    ServerPolicy policy;
    policy.workers = 1;
    const World world{std::move(policy)};
    std::vector<std::unique_ptr<Wire>> readers;
    for (int n = 0; n < 20; ++n) {
        readers.push_back(std::make_unique<Wire>(world.port()));
        readers.back()->send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    EXPECT_EQ(test::get(world.port(), "/")->status, 200);
    for (const auto& reader : readers) {
        const auto answer = reader->read_answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body.size(), 1'000'000U);
    }
}

TEST(ServerSlow, LimitsConnectionsOfOneClient) {
    ServerPolicy policy;
    policy.connections_per_client_max = 3;
    policy.trusted_proxies = {"127.0.0.9"};
    const World world{std::move(policy)};
    constexpr const char* request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    std::vector<std::unique_ptr<Wire>> held;
    for (int n = 0; n < 3; ++n) {
        held.push_back(std::make_unique<Wire>(world.port()));
        held.back()->send(request);
        ASSERT_TRUE(held.back()->read_answer());
    }
    Wire fourth{world.port()};
    fourth.send(request);
    EXPECT_FALSE(fourth.read_answer());
    for (const char* other : {"127.0.0.2", "127.0.0.9", "127.0.0.9", "127.0.0.9", "127.0.0.9"}) {
        held.push_back(std::make_unique<Wire>(world.port(), other));
        held.back()->send(request);
        EXPECT_TRUE(held.back()->read_answer()) << other;
    }
}

TEST(ServerSlow, SaysWhenAllWorkersAreTaken) {
    ServerPolicy policy;
    policy.workers = 1;
    policy.waiting_max = 1;
    World world{std::move(policy)};
    Wire running{world.port()};
    running.send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
    world.gate().wait_for(1);
    // One of the two waits, the other is told to come back; which one is theirs to race for.
    Wire one{world.port()};
    Wire other{world.port()};
    one.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    pollfd watched[] = {{.fd = one.socket(), .events = POLLIN, .revents = 0},
                        {.fd = other.socket(), .events = POLLIN, .revents = 0}};
    ASSERT_GT(::poll(watched, 2, -1), 0);
    Wire& refused = watched[0].revents != 0 ? one : other;
    Wire& waiting = watched[0].revents != 0 ? other : one;
    const auto busy = refused.read_answer();
    ASSERT_TRUE(busy);
    EXPECT_EQ(busy->status, 503);
    EXPECT_NE(busy->header("retry-after"), "");
    EXPECT_EQ(test::get(world.port(), "/healthz")->status, 200); // answered where it is read
    world.gate().open();
    EXPECT_EQ(running.read_answer()->status, 200);
    EXPECT_EQ(waiting.read_answer()->status, 200);
}

} // namespace
} // namespace platform::http

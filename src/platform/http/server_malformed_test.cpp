// What parsers are known to disagree on, sent over a socket: the policy and libmicrohttpd together
// refuse it, and no handler runs.
#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

using test::ask;
using test::Wire;
using test::World;

struct Row {
    const char* name;
    std::string request;
};

std::string post(std::string_view headers, std::string_view body) {
    std::string request = "POST /count HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
    request += headers;
    request += "\r\n";
    request += body;
    return request;
}

std::string with_nul(std::string_view before, std::string_view after) {
    std::string request{before};
    request += '\0';
    request += after;
    return request;
}

std::vector<Row> malformed() {
    const std::string no_chunk = "0\r\n\r\n";
    return {
        {"gzip before length", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")},
        {"chunked in HTTP/1.0",
         "POST /count HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"chunked in HTTP/1.0 with Host",
         "POST /count HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"xchunked", post("Transfer-Encoding: xchunked\r\n", no_chunk)},
        {"chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", no_chunk)},
        {"chunked twice",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", no_chunk)},
        {"folded encoding", post("Transfer-Encoding:\r\n chunked\r\n", no_chunk)},
        {"folded header", post("Content-Length: 0\r\nX-A: b\r\n\tc\r\n", "")},
        {"folded in the middle", post("X-A: b\r\n c\r\nContent-Length: 0\r\n", "")},
        {"first header folded", "GET / HTTP/1.1\r\n Host: x\r\n\r\n"},
        {"two Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        {"no Host", "GET / HTTP/1.1\r\n\r\n"},
        {"empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n"},
        {"Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"},
        {"length +5", post("Content-Length: +5\r\n", "hello")},
        {"length 0x5", post("Content-Length: 0x5\r\n", "hello")},
        {"length -1", post("Content-Length: -1\r\n", "hello")},
        {"length 5, 5", post("Content-Length: 5, 5\r\n", "hello")},
        {"length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "hello")},
        {"same length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
        {"lengths 4 and 5", post("Content-Length: 4\r\nContent-Length: 5\r\n", "hello")},
        {"length and chunked",
         post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", no_chunk)},
        {"UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"bare LF", "GET / HTTP/1.1\nHost: x\n\n"},
        {"bare LF at one line", "GET / HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n"},
        {"bare LF at the last line", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\n\r\n"},
        {"bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n\n"},
        {"bare CR in a value", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\rX-B: c\r\n\r\n"},
        {"blank before colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n"},
        {"no colon", "GET / HTTP/1.1\r\nHost: x\r\nNothing\r\n\r\n"},
        {"no name", "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n"},
        {"NUL in a value", with_nul("GET / HTTP/1.1\r\nHost: x\r\nX-A: b", "c\r\n\r\n")},
        {"NUL in a name", with_nul("GET / HTTP/1.1\r\nHost: x\r\nX-", "A: c\r\n\r\n")},
        {"NUL in the target", with_nul("GET /", "a HTTP/1.1\r\nHost: x\r\n\r\n")},
        {"control in a value", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\x01\r\n\r\n"},
        {"two blanks in the line", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"blank in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"tab in the line", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"40,000 bytes of header",
         "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(40'000, 'b') + "\r\n\r\n"},
        {"17,000 bytes of header",
         "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(17'000, 'b') + "\r\n\r\n"},
        {"5,000 bytes of target",
         "GET /" + std::string(5'000, 'b') + " HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"absolute form", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"authority form", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"dot segments", "GET /static/../healthz HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"encoded dot segments", "GET /static/%2e%2E/healthz HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"encoded slash", "GET /static%2fa HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"encoded backslash", "GET /static/..%5ca HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"encoded NUL", "GET /static/a%00.css HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"encoded twice", "GET /static/%252e%252e HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"overlong UTF-8", "GET /static/%c0%ae HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"half a code", "GET /static/%4 HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"fragment", "GET /#a HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"GET with a body", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"},
        {"chunk size with sign", post("Transfer-Encoding: chunked\r\n", "+1\r\na\r\n0\r\n\r\n")},
        {"chunk size too large",
         post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\na\r\n0\r\n\r\n")},
    };
}

TEST(ServerMalformed, IsRefused) {
    ServerPolicy policy;
    policy.requests_per_second = 0;
    World world{std::move(policy)};
    for (const Row& row : malformed()) {
        Wire wire{world.port()};
        wire.send(row.request);
        wire.end_sending();
        const auto answer = wire.read_answer();
        // The library closes without a word where it cannot tell the line it answers.
        if (answer) {
            EXPECT_GE(answer->status, 400) << row.name;
            EXPECT_LT(answer->status, 500) << row.name;
        }
        EXPECT_FALSE(wire.read_answer()) << row.name << ": nothing was taken for a next request";
    }
    EXPECT_EQ(world.received().handled, 0U);
}

TEST(ServerMalformed, SaysSo) {
    const World world;
    const auto answer = ask(world.port(), "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400);
    EXPECT_EQ(answer->header("connection"), "close");
    const auto target =
        ask(world.port(), "GET /" + std::string(5'000, 'b') + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(target->status, 414);
    const auto headers = ask(
        world.port(), "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(17'000, 'b') + "\r\n\r\n");
    EXPECT_EQ(headers->status, 431);
}

TEST(ServerMalformed, TheWellFormedIsNot) {
    World world;
    for (const std::string& request : {
             std::string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n"},
             std::string{"GET / HTTP/1.1\r\nHost:x\r\nX-A:\r\nX-B:   c d  \r\n\r\n"},
             std::string{"GET / HTTP/1.0\r\nHost: [::1]:8080\r\n\r\n"},
             "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(15'000, 'b') + "\r\n\r\n",
             std::string{"GET /static/a%20b%C3%A9.css?u=https%3A%2F%2Fx%2F..%2F&n[]=1 HTTP/1.1\r\n"
                         "Host: x\r\n\r\n"},
             post("Content-Length: 5\r\n", "hello"),
             post("Transfer-Encoding: Chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
         }) {
        const auto answer = ask(world.port(), request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->status, 200) << request;
    }
    EXPECT_EQ(world.received().handled, 2U);
}

/// The library's buffers move when a head comes in pieces: the proof of exactness stands all the
/// same.
TEST(ServerMalformed, PiecesChangeNothing) {
    World world;
    Wire wire{world.port()};
    const std::string request =
        "GET /suivi/1 HTTP/1.1\r\nHost: x\r\nA: " + std::string(9'000, 'b') + "\r\nB: c\r\n\r\n";
    for (std::size_t at = 0; at < request.size(); at += 500) {
        ASSERT_TRUE(wire.send(std::string_view{request}.substr(at, 500)));
        ASSERT_FALSE(at + 500 < request.size() && wire.has_bytes());
    }
    const auto answer = wire.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
}

} // namespace
} // namespace platform::http

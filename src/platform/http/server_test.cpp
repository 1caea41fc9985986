#include "platform/http/server.hpp"

#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

using test::Answer;
using test::ask;
using test::form_post;
using test::get;
using test::Wire;
using test::World;

TEST(Server, AnswersRoutes) {
    const World world;
    const auto home = get(world.port(), "/");
    ASSERT_TRUE(home);
    EXPECT_EQ(home->status, 200);
    EXPECT_EQ(home->body, "home");
    const auto part = get(world.port(), "/suivi/AB%C3%A9?page=2&x=a+b");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->body, "reference ABé page 2 x a b");
}

TEST(Server, SaysWhatIsNotThere) {
    const World world;
    struct Row {
        const char* request;
        int status;
    };
    for (const Row& row : {
             Row{"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404},
             Row{"PUT / HTTP/1.1\r\nHost: x\r\n\r\n", 405},
             Row{"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405},
             Row{"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
             Row{"OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n\r\n", 204},
             Row{"OPTIONS /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404},
             Row{"PATCH / HTTP/1.1\r\nHost: x\r\n\r\n", 405},
         }) {
        const auto answer = ask(world.port(), row.request);
        ASSERT_TRUE(answer) << row.request;
        EXPECT_EQ(answer->status, row.status) << row.request;
        EXPECT_EQ(answer->header("access-control-allow-origin"), "") << row.request;
    }
    EXPECT_EQ(ask(world.port(), "PUT / HTTP/1.1\r\nHost: x\r\n\r\n")->header("allow"),
              "GET, HEAD, OPTIONS");
}

TEST(Server, LeadsToThePathWithoutSlash) {
    const World world;
    const auto answer = get(world.port(), "/suivi/AB%C3%A9/?x=%2F");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 308);
    EXPECT_EQ(answer->header("location"), "/suivi/AB%C3%A9?x=%2F");
    EXPECT_EQ(get(world.port(), "//evil.example/")->status, 400);
}

TEST(Server, AnswersHeadWithoutBody) {
    const World world;
    Wire wire{world.port()};
    wire.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto head = wire.read_answer(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-length"), "4");
    const auto next = wire.read_answer();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "home");
}

TEST(Server, KeepsAliveAndTakesRequestsInAdvance) {
    const World world;
    Wire wire{world.port()};
    std::string requests;
    for (int n = 0; n < 50; ++n) {
        requests += "GET /suivi/" + std::to_string(n) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        requests += form_post("/echo", "n=" + std::to_string(n));
    }
    wire.send(requests);
    for (int n = 0; n < 50; ++n) {
        const auto first = wire.read_answer();
        ASSERT_TRUE(first) << n;
        EXPECT_EQ(first->body, "reference " + std::to_string(n) + " page  x ");
        const auto second = wire.read_answer();
        ASSERT_TRUE(second) << n;
        EXPECT_EQ(second->body, "n=" + std::to_string(n) + ";");
    }
}

TEST(Server, ReadsForms) {
    const World world;
    const auto plain = ask(world.port(), form_post("/echo", "a=1&b=%C3%A9+%26&a=2&c="));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->body, "a=1;b=é &;a=2;c=;");
    EXPECT_EQ(ask(world.port(), form_post("/echo", "a=%ff"))->status, 400);
    EXPECT_EQ(ask(world.port(), form_post("/echo", std::string(70'000, 'a')))->status, 413);
    const auto json = ask(world.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                        "application/json\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(json->body, "body {}");
    const auto chunked = ask(world.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                           "application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                           "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
    EXPECT_EQ(chunked->body, "body {}");
    EXPECT_EQ(
        ask(world.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")->status,
        415);
    EXPECT_EQ(ask(world.port(), "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                                "Content-Length: 2\r\n\r\n{}")
                  ->status,
              415);
}

TEST(Server, ContinuesOnlyWhenItWillRead) {
    const World world;
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                             "Expect: 100-continue\r\nContent-Length: ";
    Wire good{world.port()};
    good.send(head + "2\r\n\r\n");
    EXPECT_EQ(good.take_line(), "HTTP/1.1 100 Continue");
    EXPECT_EQ(good.take_line(), "");
    good.send("{}");
    EXPECT_EQ(good.read_answer()->body, "body {}");
    Wire large{world.port()};
    large.send(head + "200000\r\n\r\n");
    EXPECT_EQ(large.take_line(), "HTTP/1.1 413 Content Too Large");
}

TEST(Server, TurnsExceptionsIntoStatuses) {
    const World world;
    const auto broken = get(world.port(), "/throws");
    ASSERT_TRUE(broken);
    EXPECT_EQ(broken->status, 500);
    EXPECT_EQ(broken->body.find("secret"), std::string::npos);
    const auto away = get(world.port(), "/away");
    ASSERT_TRUE(away);
    EXPECT_EQ(away->status, 503);
    EXPECT_NE(away->header("retry-after"), "");
    Wire stream{world.port()}; // what was begun cannot be taken back: it ends short
    stream.send("GET /stream-throws HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_FALSE(stream.ends());
}

TEST(Server, StreamsWhatHasNoLength) {
    const World world;
    const auto answer = get(world.port(), "/stream");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("transfer-encoding"), "chunked");
    EXPECT_EQ(answer->body.size(), 1'000'000U);
    EXPECT_EQ(ask(world.port(), "HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n")->status, 200);
}

TEST(Server, RefusesOtherSites) {
    const World world;
    struct Row {
        const char* headers;
        int status;
    };
    for (const Row& row : {
             Row{"", 200},
             Row{"Origin: http://x\r\n", 200},
             Row{"Origin: null\r\n", 200}, // what a page under no-referrer sends to its own site
             Row{"Origin: null\r\nSec-Fetch-Site: same-origin\r\n", 200},
             Row{"Origin: null\r\nSec-Fetch-Site: cross-site\r\n", 403},
             Row{"Sec-Fetch-Site: same-site\r\n", 403},
             Row{"Origin: http://evil.example\r\n", 403},
             Row{"Origin: http://x.evil.example\r\n", 403},
             Row{"Origin: x\r\n", 403},
         }) {
        EXPECT_EQ(ask(world.port(), form_post("/echo", "a=1", row.headers))->status, row.status)
            << row.headers;
    }
    EXPECT_EQ(ask(world.port(), form_post("/api", "a=1", "Sec-Fetch-Site: cross-site\r\n"))->status,
              200);
}

TEST(Server, KeepsOperationsToItself) {
    ServerPolicy policy;
    policy.trusted_proxies = {"127.0.0.9"};
    policy.operations_networks = {"192.0.2.0/24"};
    const World world{std::move(policy)};
    EXPECT_EQ(get(world.port(), "/healthz")->status, 200);
    // A proxy that nobody trusts: whoever is behind it is not loopback.
    EXPECT_EQ(get(world.port(), "/healthz", "X-Forwarded-For: 127.0.0.1\r\n")->status, 403);
    EXPECT_EQ(get(world.port(), "/healthz", "Via: 1.1 proxy\r\n")->status, 403);
    const std::string proxy = "127.0.0.9";
    EXPECT_EQ(get(world.port(), "/healthz", "X-Forwarded-For: 192.0.2.7\r\n", proxy)->status, 200);
    EXPECT_EQ(get(world.port(), "/healthz", "X-Forwarded-For: 198.51.100.7\r\n", proxy)->status,
              403);
}

TEST(Server, BelievesItsProxiesAlone) {
    ServerPolicy policy;
    policy.trusted_proxies = {"127.0.0.9"};
    const World world{std::move(policy)};
    constexpr const char* said = "X-Forwarded-For: 203.0.113.5\r\nX-Forwarded-Proto: https\r\n";
    const auto direct = get(world.port(), "/client", said);
    EXPECT_EQ(direct->body, "127.0.0.1 plain");
    EXPECT_EQ(direct->header("strict-transport-security"), "");
    const auto proxied = get(world.port(), "/client", said, "127.0.0.9");
    EXPECT_EQ(proxied->body, "203.0.113.5 secure");
    EXPECT_NE(proxied->header("strict-transport-security"), "");
    EXPECT_THAT(proxied->header("set-cookie"),
                testing::AllOf(testing::StartsWith("__Host-session=1;"),
                               testing::HasSubstr("Secure"), testing::HasSubstr("HttpOnly"),
                               testing::HasSubstr("SameSite=Lax"), testing::HasSubstr("Path=/")));
}

TEST(Server, AnswersToItsNamesAlone) {
    ServerPolicy policy;
    policy.hosts = {"x", "signaler.example"};
    const World world{std::move(policy)};
    EXPECT_EQ(get(world.port(), "/")->status, 200);
    const auto other = ask(world.port(), "GET / HTTP/1.1\r\nHost: evil.example:80\r\n\r\n");
    EXPECT_EQ(other->status, 421);
    const auto port = ask(world.port(), "GET / HTTP/1.1\r\nHost: Signaler.example:8080\r\n\r\n");
    EXPECT_EQ(port->status, 200);
}

TEST(Server, SecuresEveryAnswer) {
    const World world;
    for (const char* request : {
             "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /static/a.css HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
             "PUT / HTTP/1.1\r\nHost: x\r\n\r\n",
             "OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /throws HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET /suivi/1/ HTTP/1.1\r\nHost: x\r\n\r\n",
         }) {
        const auto answer = ask(world.port(), request);
        ASSERT_TRUE(answer) << request;
        EXPECT_THAT(answer->header("content-security-policy"),
                    testing::AllOf(testing::StartsWith("default-src 'none'"),
                                   testing::HasSubstr("trusted-types aa")))
            << request;
        EXPECT_EQ(answer->header("x-content-type-options"), "nosniff") << request;
        EXPECT_EQ(answer->header("x-frame-options"), "DENY") << request;
        EXPECT_EQ(answer->header("referrer-policy"), "no-referrer") << request;
        EXPECT_EQ(answer->header("cross-origin-opener-policy"), "same-origin") << request;
        EXPECT_EQ(answer->header("cross-origin-embedder-policy"), "require-corp") << request;
        EXPECT_EQ(answer->header("cross-origin-resource-policy"), "same-origin") << request;
        EXPECT_THAT(answer->header("permissions-policy"), testing::HasSubstr("camera=()"))
            << request;
        const bool cached = std::string_view{request}.starts_with("GET /static/");
        EXPECT_EQ(answer->header("cache-control"), cached ? "public, max-age=86400" : "no-store")
            << request;
    }
}

TEST(Server, CompressesWhatIsWorthIt) {
    const World world;
    constexpr const char* takes = "Accept-Encoding: gzip, br\r\n";
    const auto small = get(world.port(), "/", takes);
    EXPECT_EQ(small->header("content-encoding"), "");
    const auto large = get(world.port(), "/large", takes);
    EXPECT_EQ(large->header("content-encoding"), "gzip");
    EXPECT_LT(large->body.size(), 2000U);
    EXPECT_EQ(large->header("vary"), "accept-encoding");
    EXPECT_EQ(get(world.port(), "/large")->body.size(), 100'000U);
    EXPECT_EQ(get(world.port(), "/large", "Accept-Encoding: gzip;q=0\r\n")->body.size(), 100'000U);
    EXPECT_EQ(get(world.port(), "/secret", takes)->header("content-encoding"), "");
}

TEST(Server, SaysWhyItDoesNotStart) {
    const World world;
    metrics::Metrics metrics;
    ServerPolicy taken;
    taken.port = world.port();
    const auto second = Server::start(taken, {}, metrics);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().what, testing::HasSubstr("taken by another program"));
    ServerPolicy elsewhere;
    elsewhere.host = "192.0.2.1";
    EXPECT_THAT(Server::start(elsewhere, {}, metrics).error().what,
                testing::HasSubstr("not an address of this machine"));
    ServerPolicy named;
    named.host = "nowhere";
    EXPECT_THAT(Server::start(named, {}, metrics).error().what,
                testing::HasSubstr("is not an address"));
    ServerPolicy certified;
    certified.tls_certificate = "/nonexistent/certificate.pem";
    certified.tls_key = "/nonexistent/key.pem";
    EXPECT_THAT(Server::start(certified, {}, metrics).error().what,
                testing::HasSubstr("cannot read the certificate"));
    ServerPolicy proxied;
    proxied.trusted_proxies = {"10.0.0.0/33"};
    EXPECT_THAT(Server::start(proxied, {}, metrics).error().what,
                testing::HasSubstr("trusted_proxies"));
}

} // namespace
} // namespace platform::http

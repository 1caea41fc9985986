#include "platform/http/serve/router.hpp"

#include "platform/http/serve/answer.hpp"
#include "platform/http/serve/compress.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

Route route(Method method, std::string_view pattern) {
    return {method, pattern, [](const Request&) { return Response{}; }, Access::Everyone, "", {}};
}

std::string said(const Match& match) {
    std::string text;
    switch (match.kind) {
    case Match::Kind::NotFound: return "not found";
    case Match::Kind::OtherPath: return "other path";
    case Match::Kind::OtherMethod: return match.allow;
    case Match::Kind::Found: text = match.route->pattern; break;
    }
    for (const Pair& part : match.parts) text += " " + part.name + "=" + part.value;
    return text;
}

TEST(Router, FindsTheMostLiteral) {
    std::vector<Route> routes;
    for (const char* pattern : {"/a/{x}", "/a/b", "/{x}/b", "/", "/a/{x}/c/{y}"}) {
        routes.push_back(route(Method::Get, pattern));
    }
    routes.push_back(route(Method::Post, "/a/{x}"));
    routes.push_back(route(Method::Delete, "/d"));
    const Router router{std::move(routes)};
    struct Row {
        const char* method;
        const char* path;
        const char* expected;
    };
    for (const Row& row : {
             Row{"GET", "/", "/"},
             Row{"HEAD", "/", "/"},
             Row{"GET", "/a/b", "/a/b"},
             Row{"GET", "/a/c", "/a/{x} x=c"},
             Row{"POST", "/a/b", "/a/{x} x=b"},
             Row{"GET", "/z/b", "/{x}/b x=z"},
             Row{"GET", "/a/é/c/2", "/a/{x}/c/{y} x=é y=2"},
             Row{"GET", "/a", "not found"},
             Row{"GET", "/a/b/c", "not found"},
             Row{"GET", "/a/{x}/d", "not found"},
             Row{"GET", "/a/b/", "other path"},
             Row{"POST", "/nothing/", "not found"},
             Row{"POST", "/", "GET, HEAD, OPTIONS"},
             Row{"PUT", "/a/q", "GET, HEAD, OPTIONS, POST"},
             Row{"GET", "/d", "DELETE, OPTIONS"},
         }) {
        EXPECT_EQ(said(router.find(row.method, row.path)), row.expected)
            << row.method << ' ' << row.path;
    }
}

TEST(RouterDeath, StopsOnTwoRoutesForOneRequest) {
    const auto twice = [] {
        std::vector<Route> routes;
        routes.push_back(route(Method::Get, "/a/{x}"));
        routes.push_back(route(Method::Get, "/a/{y}"));
        const Router router{std::move(routes)};
    };
    EXPECT_DEATH(twice(), "two routes match the same");
}

TEST(AnswerDeath, StopsOnWhatWouldSplitAHeader) {
    const auto with_header = [](const char* name, std::string value) {
        Response response;
        response.headers.push_back({name, std::move(value)});
        static_cast<void>(finish_answer(response, {}));
    };
    EXPECT_DEATH(with_header("location", "/a\r\nset-cookie: b=c"), "one line");
    EXPECT_DEATH(with_header("a b", "c"), "one line");
    EXPECT_DEATH(with_header("Content-Security-Policy", "x"), "set here alone");
    const auto with_cookie = [](std::string value) {
        Response response;
        response.cookies.push_back({.name = "a", .value = std::move(value)});
        static_cast<void>(finish_answer(response, {}));
    };
    EXPECT_DEATH(with_cookie("b; Domain=c"), "plain characters");
}

TEST(Compress, ReadsWhatIsAccepted) {
    for (const auto& [header, accepts] : std::vector<std::pair<const char*, bool>>{
             {"gzip", true},
             {"deflate, GZIP;q=0.5, br", true},
             {"gzip;q=0", false},
             {"gzip; q=0.000", false},
             {"gzip;q=1.0", true},
             {"br", false},
             {"", false},
             {"xgzip", false},
         }) {
        EXPECT_EQ(accepts_gzip(header), accepts) << header;
    }
    EXPECT_TRUE(is_compressible("text/html; charset=utf-8"));
    EXPECT_FALSE(is_compressible("image/png"));
}

} // namespace
} // namespace platform::http

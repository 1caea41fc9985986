#include "platform/http/syntax/head.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

RawHead head_of(std::string_view method, std::string_view target, std::string_view version,
                std::vector<RawHeader> headers) {
    return {.method = method, .target = target, .version = version, .headers = std::move(headers)};
}

TEST(Head, IsRefusedWithTheRightStatus) {
    const std::string long_target = "/" + std::string(kTargetBytesMax, 'a');
    const std::vector<RawHeader> host{{"Host", "x"}};
    const std::vector<RawHeader> many(kHeadersMax + 1, {"Host", "x"});
    struct Row {
        const char* name;
        RawHead head;
        int status; // 0: accepted
    };
    const auto get = [&](std::vector<RawHeader> headers) {
        return head_of("GET", "/", "HTTP/1.1", std::move(headers));
    };
    for (const Row& row : {
             Row{"plain", get(host), 0},
             Row{"other case", get({{"hOsT", " x:80 "}}), 0},
             Row{"latin bytes in a value", get({{"Host", "x"}, {"A", "\xe9"}}), 0},
             Row{"no host", get({}), 400},
             Row{"two hosts", get({{"Host", "x"}, {"host", "x"}}), 400},
             Row{"host with user", get({{"Host", "a@x"}}), 400},
             Row{"blank in a name", get({{"Host", "x"}, {"A ", "b"}}), 400},
             Row{"control in a value", get({{"Host", "x"}, {"A", "b\r"}}), 400},
             Row{"delete in a value", get({{"Host", "x"}, {"A", "b\x7f"}}), 400},
             Row{"too many headers", get(many), 431},
             Row{"unknown method", head_of("BREW", "/", "HTTP/1.1", host), 501},
             Row{"method in lower case", head_of("get", "/", "HTTP/1.1", host), 501},
             Row{"method not a token", head_of("G(T", "/", "HTTP/1.1", host), 400},
             Row{"HTTP/2.0", head_of("GET", "/", "HTTP/2.0", host), 505},
             Row{"HTTP/1.2", head_of("GET", "/", "HTTP/1.2", host), 505},
             Row{"no version", head_of("GET", "/", "", host), 400},
             Row{"long target", head_of("GET", long_target, "HTTP/1.1", host), 414},
             Row{"no target", head_of("GET", "", "HTTP/1.1", host), 400},
             Row{"absolute target", head_of("GET", "http://x/", "HTTP/1.1", host), 400},
             Row{"quote in the target", head_of("GET", "/\"", "HTTP/1.1", host), 400},
         }) {
        const auto framing = check_head(row.head);
        EXPECT_EQ(framing ? 0 : framing.error().status, row.status) << row.name;
    }
    RawHead inexact = get(host);
    inexact.exact = false;
    EXPECT_EQ(check_head(inexact).error().status, 400);
}

TEST(Head, TellsTheBody) {
    struct Row {
        const char* method;
        const char* version;
        std::vector<RawHeader> headers;
        const char* expected; // "-": refused
    };
    for (const Row& row : {
             Row{"POST", "HTTP/1.1", {}, "none"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "0"}}, "none"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", " 12 "}}, "12"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "0012"}}, "12"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", ""}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "-1"}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "1e3"}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "18446744073709551616"}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Content-Length", "1"}, {"content-length", "1"}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Transfer-Encoding", "CHUNKED"}}, "chunked"},
             Row{"POST", "HTTP/1.0", {{"Transfer-Encoding", "chunked"}}, "-"},
             Row{"POST", "HTTP/1.1", {{"Transfer-Encoding", "gzip, chunked"}}, "-"},
             Row{"POST",
                 "HTTP/1.1",
                 {{"Transfer-Encoding", "\x0b"
                                        "chunked"}},
                 "-"},
             Row{"POST",
                 "HTTP/1.1",
                 {{"Transfer-Encoding", "chunked"}, {"Content-Length", "0"}},
                 "-"},
             Row{"GET", "HTTP/1.1", {{"Content-Length", "1"}}, "-"},
             Row{"DELETE", "HTTP/1.1", {{"Content-Length", "1"}}, "1"},
         }) {
        std::vector<RawHeader> headers = row.headers;
        headers.push_back({"Host", "x"});
        const auto framing = check_head(head_of(row.method, "/", row.version, headers));
        std::string said = "-";
        if (framing) {
            said = framing->chunked       ? "chunked"
                   : !framing->has_body() ? "none"
                                          : std::to_string(*framing->length);
        }
        EXPECT_EQ(said, row.expected) << row.headers.front().name << row.headers.front().value;
    }
}

} // namespace
} // namespace platform::http

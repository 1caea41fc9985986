#include "platform/http/syntax/target.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

std::string said(const std::vector<Pair>& pairs) {
    std::string text;
    for (const Pair& pair : pairs) text += pair.name + "=" + pair.value + ";";
    return text;
}

TEST(Target, IsDecodedOrRefused) {
    struct Row {
        std::string target;
        std::string expected; // path and query, "-" when refused
    };
    for (const Row& row : {
             Row{"/", "/ "},
             Row{"/a", "/a "},
             Row{"/a/", "/a/ "},
             Row{"/a/b%20c", "/a/b c "},
             Row{"/%C3%A9", "/é "},
             Row{"/a+b", "/a+b "},
             Row{"/a?", "/a "},
             Row{"/a?b", "/a b=;"},
             Row{"/a?b=c&&d=%26+e&b=2", "/a b=c;d=& e;b=2;"},
             Row{"/a?b=%2e%2e%2f%25", "/a b=../%;"},
             Row{"/100%25", "/100% "},
             Row{"a", "-"},
             Row{"", "-"},
             Row{"//a", "-"},
             Row{"/a//b", "-"},
             Row{"/a//", "-"},
             Row{"/.", "-"},
             Row{"/..", "-"},
             Row{"/a/../b", "-"},
             Row{"/a/%2e%2e", "-"},
             Row{"/a/.%2E/b", "-"},
             Row{"/...", "/... "},
             Row{"/a%2Fb", "-"},
             Row{"/a%5Cb", "-"},
             Row{"/a%00", "-"},
             Row{"/a%0A", "-"},
             Row{"/a%7F", "-"},
             Row{"/%252e", "-"},
             Row{"/%25zz", "/%zz "},
             Row{"/%", "-"},
             Row{"/%4", "-"},
             Row{"/%G0", "-"},
             Row{"/%ff", "-"},
             Row{"/%c0%af", "-"},
             Row{"/%ed%a0%80", "-"},
             Row{"/?a=%00", "-"},
             Row{"/?a=%ff", "-"},
             Row{"/?" + std::string(101, 'n') + "=1", "-"},
         }) {
        const auto target = decode_target(row.target);
        EXPECT_EQ(target ? target->path + " " + said(target->query) : "-", row.expected)
            << row.target;
    }
}

TEST(Target, HasLimits) {
    std::string deep;
    for (std::size_t n = 0; n <= kSegmentsMax; ++n) deep += "/a";
    EXPECT_FALSE(decode_target(deep));
    std::string form;
    for (std::size_t n = 0; n < kFieldsMax; ++n) form += "a=1&";
    ASSERT_TRUE(decode_form(form));
    EXPECT_EQ(decode_form(form)->size(), kFieldsMax);
    EXPECT_FALSE(decode_form(form + "a=1"));
}

TEST(Target, KnowsUtf8) {
    for (const char* good : {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"}) {
        EXPECT_TRUE(is_utf8(good)) << good;
    }
    for (const char* bad : {"\x80", "\xc3", "\xc1\xbf", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
                            "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "a\xff"}) {
        EXPECT_FALSE(is_utf8(bad)) << bad;
    }
}

} // namespace
} // namespace platform::http

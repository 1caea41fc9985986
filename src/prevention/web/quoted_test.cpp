#include "prevention/web/quoted.hpp"

#include <gtest/gtest.h>

namespace prevention::web {
namespace {

using engine::risk::Finding;
using engine::risk::Group;
using engine::risk::Span;

Finding finding(Group group, std::vector<Span> quotes) {
    return {.sign = "test",
            .story = {},
            .group = group,
            .bits = 1,
            .quotes = std::move(quotes),
            .about = {}};
}

std::string shown(std::string_view text, const std::vector<Finding>& findings) {
    std::string out;
    for (const Segment& segment : segments_of(text, findings)) {
        out += segment.marked ? "[" + std::string{segment.text} + "]" : std::string{segment.text};
    }
    return out;
}

TEST(Segments, HoldTheWholeText) {
    EXPECT_EQ(shown("", {}), "");
    EXPECT_EQ(shown("abc", {}), "abc");
    EXPECT_EQ(shown("abcdef", {finding(Group::Story, {{0, 2}, {4, 6}})}), "[ab]cd[ef]");
    EXPECT_EQ(shown("abcdef", {finding(Group::Story, {{1, 4}}), finding(Group::Link, {{2, 5}})}),
              "a[bcde]f");
    EXPECT_EQ(shown("abcdef", {finding(Group::Story, {{0, 6}}), finding(Group::Link, {{2, 3}})}),
              "[abcdef]");
    EXPECT_EQ(shown("abcdef", {finding(Group::Fact, {{0, 6}})}), "abcdef");
}

TEST(Pasted, HasNoControlCharacter) {
    using std::string_literals::operator""s;
    EXPECT_EQ(pasted("a\r\nb\tc\0d\x1B[31m\x7F é"s), "a\nb cd[31m é");
}

TEST(Characters, AreCountedAsPeopleCount) {
    EXPECT_EQ(characters("é€a"), 3U);
    EXPECT_EQ(characters(""), 0U);
}

} // namespace
} // namespace prevention::web

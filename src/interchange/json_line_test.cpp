#include "interchange/json_line.hpp"

#include "interchange/writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace interchange {
namespace {

TEST(JsonLine, GivesTheStatement) {
    JsonLineParser parser;
    const std::string line =
        R"({"id":"a","kind":"call","received_at":"2026-03-01T08:30:00Z","narrative":"mon"})";
    for (const char* end : {"", "\n", "\r\n"}) { // a body may end its line or not
        const auto parsed = parser.parse(line + end);
        ASSERT_TRUE(parsed.has_value()) << parsed.error().detail;
        std::string again;
        append_jsonl(**parsed, again);
        EXPECT_EQ(again, line + "\n");
    }
}

TEST(JsonLine, KeepsNothingOfTheLineBefore) {
    JsonLineParser parser;
    ASSERT_TRUE(parser.parse(R"({"id":"a","narrative":"mon","lang":"fr"})").has_value());
    JsonLineParser moved = std::move(parser);
    const auto parsed = moved.parse(R"({"id":"b"})");
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ((*parsed)->id, "b");
    EXPECT_EQ((*parsed)->narrative, "");
    EXPECT_EQ((*parsed)->lang, "");
}

struct Refused {
    const char* name;
    std::string line;
    const char* reason;
    const char* field;
    const char* record;
};

TEST(JsonLine, RefusesWithTheReason) {
    const Refused rows[] = {
        {"nothing", "", "empty_record", "", ""},
        {"blank", " \r\n", "empty_record", "", ""},
        {"too long", R"({"id":"a","narrative":")" + std::string(80, 'x') + R"("})",
         "record_too_large", "", ""},
        {"cut short", R"({"id":"a")", "invalid_json", "", ""},
        {"two records", "{\"id\":\"a\"}\n{\"id\":\"b\"}", "invalid_json", "", ""},
        {"bad field", R"({"id":"a","kind":"poem"})", "unknown_value", "kind", "a"},
    };
    JsonLineParser parser{80};
    for (const Refused& row : rows) {
        const auto parsed = parser.parse(row.line);
        ASSERT_FALSE(parsed.has_value()) << row.name;
        EXPECT_EQ(parsed.error().reason, row.reason) << row.name;
        EXPECT_EQ(parsed.error().field, row.field) << row.name;
        EXPECT_EQ(parsed.error().record, row.record) << row.name;
        EXPECT_NE(parsed.error().detail, "") << row.name;
        EXPECT_TRUE(parser.parse(R"({"id":"good"})").has_value()) << "after " << row.name;
    }
}

} // namespace
} // namespace interchange

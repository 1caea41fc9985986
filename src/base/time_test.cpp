#include "base/time.hpp"

#include <gtest/gtest.h>

namespace {

struct Row {
    const char* written;
    std::optional<UnixSeconds> expected;
};

TEST(Time, ParsesRfc3339) {
    const Row rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-03-01T09:30:00+01:00", 1772353800},
        {"2026-03-01T08:30:00.123Z", 1772353800},
        {"2026-03-01", 1772323200},
        {"2026-02-29", std::nullopt},
        {"2026-03-01T25:00:00Z", std::nullopt},
        {"2026-03-01T08:30:00", std::nullopt},
        {"2026-03-01T08:30:00.Z", std::nullopt},
        {"9999-12-31T23:59:59Z", 253402300799},
        {"9999-12-31T23:59:60Z", std::nullopt},
        {"9999-12-31T23:59:59-00:01", std::nullopt},
        {"0000-01-01", -62167219200},
        {"0000-01-01T00:00:00+00:01", std::nullopt},
        {"yesterday", std::nullopt},
        {"", std::nullopt},
    };
    for (const Row& row : rows) EXPECT_EQ(parse_rfc3339(row.written), row.expected) << row.written;
}

TEST(Time, WritesWhatItReads) {
    EXPECT_EQ(to_rfc3339(1772353800), "2026-03-01T08:30:00Z");
    EXPECT_EQ(to_iso_date(-1), "1969-12-31");
    EXPECT_EQ(to_rfc3339(-1), "1969-12-31T23:59:59Z");
    for (const char* edge : {"9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"}) {
        EXPECT_EQ(to_rfc3339(parse_rfc3339(edge).value_or(0)), edge);
    }
}

} // namespace

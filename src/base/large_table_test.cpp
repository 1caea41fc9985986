#include "base/large_table.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

struct alignas(64) Line {
    std::uint64_t number = 0;
};

TEST(LargeTable, KeepsWhatItHoldsAsItGrows) {
    LargeTable<Line> table;
    for (std::uint64_t i = 0; i < 300'000; ++i) table.push_back({i}); // 18 MiB: from small to large
    for (std::uint64_t i = 0; i < table.size(); ++i) {
        ASSERT_EQ(table[i].number, i);
        ASSERT_EQ(reinterpret_cast<std::uintptr_t>(&table[i]) % alignof(Line), 0U);
    }
    LargeTable<Line> copy = table;
    table = {};
    copy.resize(10);
    copy.shrink_to_fit(); // from large to small
    EXPECT_EQ(copy.back().number, 9U);
}

} // namespace

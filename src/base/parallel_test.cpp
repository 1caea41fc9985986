#include "base/parallel.hpp"
#include "base/parallel_sort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <vector>

namespace {

std::vector<std::uint64_t> scattered(std::size_t count) {
    std::vector<std::uint64_t> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = i * 0x9e3779b97f4a7c15ULL % 1'000'003;
    return values;
}

TEST(Parallel, VisitsEachOnce) {
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::vector<int> visits(1003);
        for_blocks(threads, visits.size(), 10, [&](std::size_t begin, std::size_t end, unsigned) {
            for (std::size_t i = begin; i < end; ++i) ++visits[i];
        });
        EXPECT_EQ(visits, std::vector<int>(visits.size(), 1)) << threads;
    }
}

TEST(Parallel, CarriesAnException) {
    const auto fail = [](std::size_t, std::size_t, unsigned) { throw std::runtime_error{"no"}; };
    EXPECT_THROW(for_blocks(3, 100, 1, fail), std::runtime_error);
}

TEST(ParallelSort, IsASort) {
    for (const std::size_t count : {0U, 1U, 999U, 25'000U, 70'001U}) {
        std::vector<std::uint64_t> expected = scattered(count);
        std::sort(expected.begin(), expected.end());
        for (const unsigned threads : {1U, 2U, 3U, 6U}) {
            std::vector<std::uint64_t> values = scattered(count);
            sort_in_parallel(threads, values, std::less{});
            EXPECT_EQ(values, expected) << count << " by " << threads;
        }
    }
}

} // namespace

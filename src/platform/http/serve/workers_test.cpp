#include "platform/http/serve/workers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

namespace platform::http {
namespace {

using Kind = Workers::Kind;

TEST(Workers, ReadWhileWritesWait) {
    for (const unsigned threads : {2U, 4U, 8U}) {
        Workers workers{threads, 100};
        std::latch disk{1};
        std::latch written{20};
        for (int n = 0; n < 20; ++n) {
            ASSERT_TRUE(workers.submit(Kind::Writes, [&] {
                disk.wait();
                written.count_down();
            }));
        }
        std::promise<void> page;
        ASSERT_TRUE(workers.submit(Kind::Reads, [&] { page.set_value(); }));
        page.get_future().wait(); // hangs when writes hold all threads
        EXPECT_FALSE(written.try_wait());
        disk.count_down();
        written.wait();
    }
}

TEST(Workers, OneThreadDoesBoth) {
    Workers workers{1, 10};
    int runs = 0;
    for (const Kind kind : {Kind::Writes, Kind::Reads, Kind::Writes}) {
        ASSERT_TRUE(workers.submit(kind, [&] { ++runs; }));
    }
    workers.stop();
    EXPECT_EQ(runs, 3);
}

TEST(Workers, RunWhatWaitsBeforeTheyStop) {
    std::atomic<int> runs = 0;
    Workers workers{4, 1000};
    for (int n = 0; n < 500; ++n) {
        ASSERT_TRUE(workers.submit(n % 3 == 0 ? Kind::Reads : Kind::Writes, [&] { ++runs; }));
    }
    workers.stop();
    EXPECT_EQ(runs, 500);
    EXPECT_FALSE(workers.submit(Kind::Reads, [] {}));
}

TEST(Workers, RefuseBeyondWhatMayWait) {
    Workers workers{1, 2};
    std::latch begun{1};
    std::latch go_on{1};
    ASSERT_TRUE(workers.submit(Kind::Reads, [&] {
        begun.count_down();
        go_on.wait();
    }));
    begun.wait();
    EXPECT_TRUE(workers.submit(Kind::Reads, [] {}));
    EXPECT_TRUE(workers.submit(Kind::Writes, [] {}));
    EXPECT_FALSE(workers.submit(Kind::Writes, [] {}));
    go_on.count_down();
}

} // namespace
} // namespace platform::http

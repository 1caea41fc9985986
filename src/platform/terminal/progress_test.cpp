#include "platform/terminal/progress.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace platform::terminal {
namespace {

using namespace std::chrono_literals;

struct Screen {
    std::chrono::steady_clock::time_point now{};
    std::vector<std::string> written;

    Progress::Sink sink() {
        return [this](std::string_view text) { written.emplace_back(text); };
    }
    Progress::Clock clock() {
        return [this] { return now; };
    }
};

TEST(Progress, PlainLinesComeEveryFiveSeconds) {
    Screen screen;
    Progress progress{Style::Lines, 80, screen.sink(), screen.clock()};
    for (int second = 0; second <= 10; ++second) {
        progress.show("reading", second / 20.0, static_cast<std::uint64_t>(second) * 40'000,
                      "records");
        screen.now += 1s;
    }
    const std::vector<std::string> expected{
        "reading: 0 %\n",
        "reading: 25 %, 200 000 records, 40 000/s, 15 s left\n",
        "reading: 50 %, 400 000 records, 40 000/s, 10 s left\n",
    };
    EXPECT_EQ(screen.written, expected);
}

TEST(Progress, ANewStageShowsAtOnce) {
    Screen screen;
    Progress progress{Style::Lines, 80, screen.sink(), screen.clock()};
    progress.show("reading", 1, 0, "records");
    progress.show("linking", 0, 0, "records");
    EXPECT_EQ(screen.written, (std::vector<std::string>{"reading: 100 %\n", "linking: 0 %\n"}));
}

TEST(Progress, TheBarFitsTheTerminalAndGoesAway) {
    for (const unsigned columns : {20U, 40U, 80U, 200U}) {
        Screen screen;
        {
            Progress progress{Style::Bar, columns, screen.sink(), screen.clock()};
            progress.show("reading", 0, 0, "records");
            screen.now += 2s;
            progress.show("reading", 0.5, 1'000'000, "records");
            screen.now += 10ms; // too soon to draw again
            progress.show("reading", 0.6, 1'200'000, "records");
        }
        ASSERT_EQ(screen.written.size(), 3U) << columns;
        EXPECT_LT(screen.written[1].size(), columns + std::string{"\r\x1b[K"}.size()) << columns;
        EXPECT_EQ(screen.written[2], "\r\x1b[K") << columns;
    }
}

TEST(Progress, TheBarShowsShareRateAndRemainingTime) {
    Screen screen;
    Progress progress{Style::Bar, 100, screen.sink(), screen.clock()};
    progress.show("reading", 0, 0, "records");
    screen.now += 2s;
    progress.show("reading", 0.5, 1'000'000, "records");
    EXPECT_EQ(screen.written.back(), "\r\x1b[Kreading   50 % [###############...............], "
                                     "1 000 000 records, 500 000/s, 2 s left");
}

TEST(Progress, SilentSaysNothing) {
    Screen screen;
    {
        Progress progress{Style::Silent, 80, screen.sink(), screen.clock()};
        progress.show("reading", 0.5, 1, "records");
    }
    EXPECT_TRUE(screen.written.empty());
}

TEST(Progress, NumbersAndDurationsForPeople) {
    EXPECT_EQ(in_threes(0), "0");
    EXPECT_EQ(in_threes(999), "999");
    EXPECT_EQ(in_threes(1'000), "1 000");
    EXPECT_EQ(in_threes(1'234'567), "1 234 567");
    EXPECT_EQ(duration_in_words(0.2), "1 s");
    EXPECT_EQ(duration_in_words(65), "1 min 05 s");
    EXPECT_EQ(duration_in_words(7'500), "2 h 05 min");
}

} // namespace
} // namespace platform::terminal

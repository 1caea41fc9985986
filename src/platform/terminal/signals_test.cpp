#include "platform/terminal/signals.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <unistd.h>

namespace platform::terminal {
namespace {

void wait_for(const std::atomic<bool>& flag) {
    while (!flag) ::usleep(1000); // the test's own time limit ends it if the flag never comes
}

TEST(StopOnSignal, SetsTheFlag) {
    for (const int signal : {SIGINT, SIGTERM}) {
        const StopOnSignal stop;
        EXPECT_FALSE(stop.flag());
        ::kill(::getpid(), signal);
        wait_for(stop.flag());
        EXPECT_TRUE(stop.flag());
    }
}

TEST(StopOnSignal, TheSecondEndsTheProgram) {
    EXPECT_EXIT(
        {
            const StopOnSignal stop;
            ::kill(::getpid(), SIGINT);
            wait_for(stop.flag());
            ::kill(::getpid(), SIGINT);
            ::pause();
        },
        ::testing::ExitedWithCode(130), "");
}

} // namespace
} // namespace platform::terminal

// Ctrl-C and SIGTERM as a flag that a long job looks at.
#pragma once

#include <atomic>
#include <thread>

namespace platform::terminal {

/// While it lives, the first SIGINT or SIGTERM sets the flag; a second one ends the program at
/// once with exit code 130. Make it before any other thread is started: they inherit the mask that
/// keeps the signals for it.
class StopOnSignal {
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    [[nodiscard]] const std::atomic<bool>& flag() const { return stop_; }

private:
    void wait();

    std::atomic<bool> stop_{false};
    int signals_ = -1; // signalfd
    int ended_ = -1;   // eventfd: no more waiting
    std::thread waiter_;
};

} // namespace platform::terminal

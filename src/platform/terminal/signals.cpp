#include "platform/terminal/signals.hpp"

#include "base/check.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

namespace platform::terminal {
namespace {

constexpr int kInterruptedCode = 130; // what a shell reports for SIGINT

sigset_t stopping_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

StopOnSignal::StopOnSignal() {
    const sigset_t signals = stopping_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signals_ = ::signalfd(-1, &signals, SFD_CLOEXEC);
    ended_ = ::eventfd(0, EFD_CLOEXEC);
    check(signals_ >= 0 && ended_ >= 0, "signalfd and eventfd");
    waiter_ = std::thread{[this] { wait(); }};
}

StopOnSignal::~StopOnSignal() {
    const std::uint64_t one = 1;
    check(::write(ended_, &one, sizeof(one)) == sizeof(one), "eventfd");
    waiter_.join();
    ::close(signals_);
    ::close(ended_);
    const sigset_t signals = stopping_signals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void StopOnSignal::wait() {
    while (true) {
        pollfd watched[] = {{.fd = signals_, .events = POLLIN, .revents = 0},
                            {.fd = ended_, .events = POLLIN, .revents = 0}};
        if (::poll(watched, 2, -1) < 0) continue; // EINTR
        if (watched[1].revents != 0) return;
        signalfd_siginfo received{};
        if (::read(signals_, &received, sizeof(received)) != sizeof(received)) continue;
        if (stop_.exchange(true)) ::_exit(kInterruptedCode);
    }
}

} // namespace platform::terminal

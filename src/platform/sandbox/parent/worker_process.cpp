#include "platform/sandbox/parent/worker_process.hpp"

#include "platform/sandbox/parent/frame.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace platform::sandbox {

namespace {

constexpr int kAboveTheLine = 5; // descriptors from here on are not the worker's

[[noreturn]] void unavailable(const char* what, int why) {
    throw Unavailable{std::string{what} + ": " + std::strerror(why)};
}

/// What the new process finds: the line, no other descriptor of ours, signals as at boot.
class SpawnOrders {
public:
    explicit SpawnOrders(int line) {
        posix_spawn_file_actions_init(&files_);
        posix_spawnattr_init(&attributes_);
        for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            posix_spawn_file_actions_addopen(&files_, standard, "/dev/null", O_RDWR, 0);
        }
        posix_spawn_file_actions_adddup2(&files_, line, kWorkerIn);
        posix_spawn_file_actions_adddup2(&files_, line, kWorkerOut);
        posix_spawn_file_actions_addclosefrom_np(&files_, kAboveTheLine);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        sigset_t all;
        sigfillset(&all);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        // A group of its own: Ctrl-C at the server's terminal is the server's to deal with.
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                   POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnOrders() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnOrders(const SpawnOrders&) = delete;
    SpawnOrders& operator=(const SpawnOrders&) = delete;

    [[nodiscard]] int spawn(pid_t& process, const std::string& program, char* const* words) const {
        char* const no_environment[] = {nullptr};
        return posix_spawn(&process, program.c_str(), &files_, &attributes_, words, no_environment);
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

/// Waits until the line can be used; what is left of the time in milliseconds is never negative.
bool wait_for(int line, short event, std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd one{.fd = line, .events = event, .revents = 0};
    return poll(&one, 1, static_cast<int>(left.count())) != 0; // interrupted: the caller comes back
}

} // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) close(number_);
}

Process::~Process() {
    if (number_ <= 0) return;
    kill(number_, SIGKILL);
    while (waitpid(number_, nullptr, 0) < 0 && errno == EINTR) {}
}

WorkerProcess::WorkerProcess(const PoolPolicy& policy)
    : time_max_{policy.time_max}, started_{start(policy)} {
    FrameHead ready{};
    const End end = receive_all(ready, std::chrono::steady_clock::now() + time_max_);
    if (end != End::Answered || first_of(ready) != static_cast<std::uint8_t>(Answer::Ready)) {
        throw Unavailable{"the worker process could not shut itself in"};
    }
}

WorkerProcess::Started WorkerProcess::start(const PoolPolicy& policy) {
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        unavailable("no line to a worker process", errno);
    }
    Descriptor ours{ends[0]};
    const Descriptor low{ends[1]};
    // Out of the way of the numbers that it will have in the worker.
    const Descriptor theirs{fcntl(low.number(), F_DUPFD_CLOEXEC, kAboveTheLine)};
    if (theirs.number() < 0) unavailable("no line to a worker process", errno);
    std::vector<std::string> words = policy.arguments;
    words.insert(words.begin(), policy.program);
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const SpawnOrders orders{theirs.number()};
    pid_t process = -1;
    const int failed = orders.spawn(process, policy.program, pointers.data());
    if (failed != 0) unavailable("no worker process", failed);
    return {.process = Process{process}, .line = std::move(ours)};
}

WorkerProcess::End WorkerProcess::ask(Task task, std::string_view input,
                                      std::optional<std::string>& answer) {
    const Deadline deadline = std::chrono::steady_clock::now() + time_max_;
    answer.reset();
    ++tasks_done_;
    const FrameHead head = frame_head(static_cast<std::uint8_t>(task), input.size());
    End end = send_all({head.data(), head.size()}, deadline);
    if (end == End::Answered) end = send_all(input, deadline);
    if (end == End::Answered) end = receive_answer(answer, deadline);
    return end;
}

WorkerProcess::End WorkerProcess::receive_answer(std::optional<std::string>& answer,
                                                 Deadline deadline) const {
    FrameHead head{};
    if (const End end = receive_all(head, deadline); end != End::Answered) return end;
    const std::uint64_t length = length_of(head);
    const bool something = first_of(head) == static_cast<std::uint8_t>(Answer::Something);
    if (length > kAnswerBytesMax) return End::Died; // it no longer does what we wrote
    std::string bytes(length, '\0');
    const End end = receive_all(bytes, deadline);
    if (end == End::Answered && something) answer = std::move(bytes);
    return end;
}

WorkerProcess::End WorkerProcess::send_all(std::string_view bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        const ssize_t sent =
            send(started_.line.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return End::Died;
        } else if (!wait_for(started_.line.number(), POLLOUT, deadline)) {
            return End::Overran;
        }
    }
    return End::Answered;
}

WorkerProcess::End WorkerProcess::receive_all(std::span<char> bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        const ssize_t got = recv(started_.line.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(got));
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            return End::Died;
        } else if (!wait_for(started_.line.number(), POLLIN, deadline)) {
            return End::Overran;
        }
    }
    return End::Answered;
}

} // namespace platform::sandbox

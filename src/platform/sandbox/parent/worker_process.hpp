// One worker seen from the server: its process and the line to it.
#pragma once

#include "platform/sandbox/sandbox.hpp"

#include <sys/types.h>
#include <utility>

namespace platform::sandbox {

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

class Process {
public:
    explicit Process(pid_t number) : number_{number} {}
    ~Process(); // kills it and waits for its end
    Process(Process&& other) noexcept : number_{std::exchange(other.number_, 0)} {}
    Process& operator=(Process&&) = delete;

private:
    pid_t number_;
};

class WorkerProcess {
public:
    /// Throws Unavailable.
    explicit WorkerProcess(const PoolPolicy& policy);

    enum class End : std::uint8_t { Answered, Died, Overran };
    /// Anything but Answered: the process is of no more use.
    End ask(Task task, std::string_view input, std::optional<std::string>& answer);
    [[nodiscard]] unsigned tasks_done() const { return tasks_done_; }

private:
    using Deadline = std::chrono::steady_clock::time_point;
    End send_all(std::string_view bytes, Deadline deadline) const;
    End receive_all(std::span<char> bytes, Deadline deadline) const;
    End receive_answer(std::optional<std::string>& answer, Deadline deadline) const;

    struct Started {
        Process process;
        Descriptor line; // a socket pair, not two pipes: writing to a dead one raises no signal
    };
    static Started start(const PoolPolicy& policy);

    std::chrono::milliseconds time_max_;
    Started started_;
    unsigned tasks_done_ = 0;
};

} // namespace platform::sandbox

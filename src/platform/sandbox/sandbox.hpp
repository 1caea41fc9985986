// Hostile bytes are decoded in a process of their own: the same binary as `maillon worker`, without
// network, files or new processes (seccomp), with limits of memory, time and output. It gets bytes
// on a pipe and gives bytes back; when it dies, only that file has no thumbnail (ADR 0026).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace platform::sandbox {

enum class Task : std::uint8_t {
    Thumbnail, // JPEG, PNG, WebP → JPEG without metadata, at most 320 pixels a side
    PdfText,   // PDF → UTF-8 text, at most 1 MiB
    MailText,  // .eml → From, Reply-To, Subject and the text of its body, at most 1 MiB
};

/// No worker can be started, or it cannot be confined here: this says nothing about the input.
class Unavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct PoolPolicy {
    std::string program = "/proc/self/exe";
    std::vector<std::string> arguments{"worker"};
    unsigned workers_max = 2;       // each may hold 768 MiB
    unsigned tasks_per_worker = 50; // then a fresh one: what a file left behind goes with it
    std::chrono::milliseconds time_max{10'000}; // of one task, by the wall clock
    std::uint64_t input_bytes_max = 64U << 20U; // the input, its pixels and the libraries share
                                                // the worker's memory
};

/// Worker processes, started on demand, one task at a time each. Thread-safe.
class Pool {
public:
    explicit Pool(PoolPolicy policy = {});
    ~Pool(); // kills them
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Nothing when the input cannot be decoded within the limits. Throws Unavailable.
    [[nodiscard]] std::optional<std::string> run(Task task, std::string_view input);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Runs the task on `input` in a worker process, started on demand and used again. Nothing when
/// the input cannot be decoded within the limits. Throws Unavailable. Thread-safe.
[[nodiscard]] std::optional<std::string> run(Task task, std::string_view input);

/// A task whose decoder lives in another module.
struct TaskHandler {
    Task task = Task::MailText;
    void (*prepare)() =
        nullptr; // before the doors close: loads what needs files later; may be null
    std::optional<std::string> (*decode)(std::string_view input) = nullptr;
};

/// The body of `maillon worker`: serves one task after the other on descriptors 3 and 4, pictures
/// and PDF by itself, others by `more`. Returns only when it cannot be confined: the exit code.
int worker_main(std::span<const TaskHandler> more = {});

} // namespace platform::sandbox

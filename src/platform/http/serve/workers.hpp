// A fixed number of threads and a bounded queue before them. Writing waits for the disk and reading
// does not: so writes never take all threads, and a page is shown while reports pour in.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace platform::http {

class Workers {
public:
    using Job = std::function<void()>;
    enum class Kind : std::uint8_t { Reads, Writes };

    Workers(unsigned threads, std::size_t waiting_max);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when the queue is full, or after stop().
    [[nodiscard]] bool submit(Kind kind, Job job);
    /// Takes no more jobs and joins. What waits is run before: there is no other way to end it.
    void stop();

private:
    struct Waiting {
        std::uint64_t arrival = 0;
        Job job;
    };
    [[nodiscard]] bool can_write() const;
    [[nodiscard]] std::deque<Waiting>* next();
    void work();

    const std::size_t waiting_max_;
    const unsigned writing_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t arrivals_ = 0;
    std::deque<Waiting> reads_;
    std::deque<Waiting> writes_;
    unsigned writing_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace platform::http

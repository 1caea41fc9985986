// A fixed number of threads and a bounded queue before them.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace platform::http {

class Workers {
public:
    using Job = std::function<void()>;

    Workers(unsigned threads, std::size_t waiting_max);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when the queue is full, or after stop().
    [[nodiscard]] bool submit(Job job);
    /// Takes no more jobs and joins. What waits is run before: there is no other way to end it.
    void stop();

private:
    void work();

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace platform::http

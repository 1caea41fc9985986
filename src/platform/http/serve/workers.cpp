#include "platform/http/serve/workers.hpp"

#include <algorithm>

namespace platform::http {
namespace {

/// A quarter of the threads is kept for reading; one thread does both.
unsigned writing_threads(unsigned threads) {
    constexpr unsigned kKeptShare = 4;
    const unsigned kept = std::max(1U, threads / kKeptShare);
    return std::max(1U, threads - std::min(threads, kept));
}

} // namespace

Workers::Workers(unsigned threads, std::size_t waiting_max)
    : waiting_max_{waiting_max}, writing_max_{writing_threads(threads)} {
    for (unsigned n = 0; n < threads; ++n) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
    stop();
}

bool Workers::submit(Kind kind, Job job) {
    {
        const std::scoped_lock lock{mutex_};
        if (stopping_ || reads_.size() + writes_.size() >= waiting_max_) return false;
        std::deque<Waiting>& queue = kind == Kind::Writes ? writes_ : reads_;
        queue.push_back({arrivals_++, std::move(job)});
    }
    changed_.notify_one();
    return true;
}

void Workers::stop() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

bool Workers::can_write() const {
    return !writes_.empty() && writing_ < writing_max_;
}

/// The queue whose first job is to run now, by arrival; null when none may.
std::deque<Workers::Waiting>* Workers::next() {
    if (!can_write()) return reads_.empty() ? nullptr : &reads_;
    if (reads_.empty()) return &writes_;
    return reads_.front().arrival < writes_.front().arrival ? &reads_ : &writes_;
}

void Workers::work() {
    std::unique_lock lock{mutex_};
    while (true) {
        std::deque<Waiting>* queue = nullptr;
        changed_.wait(lock, [&] {
            queue = next();
            return queue != nullptr || (stopping_ && reads_.empty() && writes_.empty());
        });
        if (queue == nullptr) return;
        const bool writes = queue == &writes_;
        Job job = std::move(queue->front().job);
        queue->pop_front();
        if (writes) ++writing_;
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
        if (!writes) continue;
        --writing_;
        changed_.notify_one(); // a write that had to wait for this one
        if (stopping_) changed_.notify_all();
    }
}

} // namespace platform::http

// Splitting a loop over a bounded number of threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

/// `wanted`, or the machine's number of cores when it is 0; at least 1.
[[nodiscard]] inline unsigned thread_count(unsigned wanted) {
    if (wanted != 0) return wanted;
    return std::max(1U, std::thread::hardware_concurrency());
}

/// Calls visit(begin, end, worker) on consecutive blocks of [0, count) from `threads` threads;
/// worker is in [0, threads). The blocks' order of execution is free, so visit() must not depend
/// on it. The first exception that visit() throws is thrown again here, after all have stopped.
template <class Visit>
void for_blocks(unsigned threads, std::size_t count, std::size_t block, Visit&& visit) {
    if (threads <= 1 || count <= block) {
        if (count > 0) visit(std::size_t{0}, count, 0U);
        return;
    }
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_lock;
    const auto work = [&](unsigned worker) {
        try {
            for (;;) {
                const std::size_t begin = next.fetch_add(block);
                if (begin >= count) return;
                visit(begin, std::min(count, begin + block), worker);
            }
        } catch (...) {
            const std::lock_guard held{failure_lock};
            if (!failure) failure = std::current_exception();
            next.store(count);
        }
    };
    {
        std::vector<std::jthread> others;
        others.reserve(threads - 1);
        for (unsigned worker = 1; worker < threads; ++worker) others.emplace_back(work, worker);
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
}

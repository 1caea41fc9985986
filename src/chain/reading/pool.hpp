// A bounded pool: jobs go in, are worked on by threads, and come out in the order they went in.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace chain {

template <class Job> class OrderedPool {
public:
    using Work = std::function<void(unsigned worker, Job&)>;

    OrderedPool(unsigned threads, Work work) : work_{std::move(work)} {
        for (unsigned worker = 0; worker < threads; ++worker) {
            threads_.emplace_back([this, worker] { run(worker); });
        }
    }
    ~OrderedPool() {
        {
            const std::lock_guard held{lock_};
            closing_ = true;
        }
        wake_.notify_all();
    }
    OrderedPool(const OrderedPool&) = delete;
    OrderedPool& operator=(const OrderedPool&) = delete;

    void put(std::unique_ptr<Job> job) {
        {
            const std::lock_guard held{lock_};
            jobs_.push_back({std::move(job), State::Waiting});
        }
        wake_.notify_one();
    }
    /// Jobs put in and not yet taken out. Only the putting thread asks.
    [[nodiscard]] std::size_t inside() const {
        const std::lock_guard held{lock_};
        return jobs_.size();
    }
    /// Waits for the oldest job. Throws what its work threw.
    std::unique_ptr<Job> take() {
        std::unique_lock held{lock_};
        done_.wait(held, [this] { return jobs_.front().state == State::Done; });
        if (failure_) std::rethrow_exception(failure_);
        std::unique_ptr<Job> job = std::move(jobs_.front().job);
        jobs_.pop_front();
        return job;
    }

private:
    enum class State : unsigned char { Waiting, Running, Done };
    struct Entry {
        std::unique_ptr<Job> job;
        State state = State::Waiting;
    };

    Entry* next_waiting() {
        for (Entry& entry : jobs_) {
            if (entry.state == State::Waiting) return &entry;
        }
        return nullptr;
    }

    void run(unsigned worker) {
        std::unique_lock held{lock_};
        for (;;) {
            Entry* entry = nullptr;
            wake_.wait(held, [&] { return closing_ || (entry = next_waiting()) != nullptr; });
            if (entry == nullptr || closing_) return;
            entry->state = State::Running;
            Job& job = *entry->job; // a deque keeps its entries in place while others come and go
            held.unlock();
            std::exception_ptr failure;
            try {
                work_(worker, job);
            } catch (...) {
                failure = std::current_exception();
            }
            held.lock();
            if (failure && !failure_) failure_ = failure;
            entry->state = State::Done;
            done_.notify_one();
        }
    }

    Work work_;
    mutable std::mutex lock_; // guards all that follows
    std::condition_variable wake_;
    std::condition_variable done_;
    std::deque<Entry> jobs_;
    std::exception_ptr failure_;
    bool closing_ = false;
    std::vector<std::jthread> threads_;
};

} // namespace chain

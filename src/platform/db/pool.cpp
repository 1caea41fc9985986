#include "base/check.hpp"
#include "platform/db/database.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace platform::db {

struct Pool::State {
    Address address;
    unsigned size = 0;
    std::mutex mutex;
    std::condition_variable returned;
    std::vector<std::unique_ptr<Connection>> idle; // under the mutex, as all below
    unsigned lent = 0;

    void count_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock{mutex};
            --lent;
            if (connection) idle.push_back(std::move(connection));
        }
        returned.notify_one();
    }

    /// The latest one given back, which the server has most of in its memory.
    std::unique_ptr<Connection> reserve(std::chrono::milliseconds at_most) {
        std::unique_lock lock{mutex};
        if (!returned.wait_for(lock, at_most, [this] { return lent < size; })) {
            throw Lost{"no connection to the database is free: all are in use"};
        }
        ++lent;
        if (idle.empty()) return nullptr;
        std::unique_ptr<Connection> connection = std::move(idle.back());
        idle.pop_back();
        return connection;
    }
};

Pool::Pool(Address address, unsigned size) : state_{std::make_unique<State>()} {
    check(size > 0, "a pool has room for a connection");
    state_->address = std::move(address);
    state_->size = size;
}

Pool::~Pool() {
    check(state_->lent == 0, "every lease ends before its pool");
}

Lease Pool::take(std::chrono::milliseconds at_most) {
    Lease lease{*this, state_->reserve(at_most)};
    // Should opening throw, the lease gives its place back.
    if (!lease.connection_ || !lease->usable()) {
        lease.connection_.reset();
        lease.connection_ = std::make_unique<Connection>(state_->address);
    }
    return lease;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    if (connection && !connection->usable()) connection.reset();
    state_->count_back(std::move(connection));
}

Lease::Lease(Lease&& other) noexcept
    : pool_{std::exchange(other.pool_, nullptr)}, connection_{std::move(other.connection_)} {}

Lease::~Lease() {
    if (pool_ != nullptr) pool_->give_back(std::move(connection_));
}

} // namespace platform::db

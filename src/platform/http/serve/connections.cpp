#include "platform/http/serve/connections.hpp"

#include <sys/socket.h>

#include <vector>

namespace platform::http {
namespace {

constexpr std::chrono::milliseconds kTick{250};

} // namespace

Connection::Connection(int socket, const Address& peer, const SlowLimits& limits)
    : socket_{socket}, peer_{peer}, limits_{limits},
      deadline_{ticks(Clock::now() + limits.header_time_max)} {}

bool Connection::go(Step step) {
    switch (step) {
    case Step::Idle: // it may be silent, and then its head has its time
        deadline_ = ticks(Clock::now() + limits_.idle_time_max + limits_.header_time_max);
        break;
    case Step::Body:
        body_bytes_ = 0;
        body_since_ = ticks(Clock::now());
        break;
    case Step::Head: // the deadline stands
    case Step::Served:
    case Step::Cut: break;
    }
    Step seen = step_;
    while (seen != Step::Cut) {
        if (step_.compare_exchange_weak(seen, step)) return true;
    }
    return false;
}

bool Connection::is_too_slow(Clock::time_point now) const {
    switch (step_) {
    case Step::Idle:
    case Step::Head: return ticks(now) > deadline_;
    case Step::Served:
    case Step::Cut: return false;
    case Step::Body: break;
    }
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(Clock::duration{ticks(now) - body_since_});
    if (seconds <= limits_.body_grace) return false;
    return body_bytes_ <
           limits_.body_bytes_per_second_min * static_cast<std::uint64_t>(seconds.count());
}

void Connection::cut() {
    Step seen = step_;
    while (seen != Step::Cut && seen != Step::Served) {
        if (step_.compare_exchange_weak(seen, Step::Cut)) {
            ::shutdown(socket_, SHUT_RDWR);
            return;
        }
    }
}

Connections::Connections(SlowLimits limits, unsigned per_client_max)
    : limits_{limits}, per_client_max_{per_client_max}, thread_{[this] { run(); }} {}

Connections::~Connections() {
    {
        const std::scoped_lock lock{clock_mutex_};
        ended_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool Connections::admits(const Address& peer) const {
    const std::scoped_lock lock{mutex_};
    const auto found = per_client_.find(peer.subscriber());
    return found == per_client_.end() || found->second < per_client_max_;
}

Connection* Connections::opened(int socket, const Address& peer) {
    auto connection = std::make_unique<Connection>(socket, peer, limits_);
    Connection* const opened = connection.get();
    const std::scoped_lock lock{mutex_};
    ++per_client_[peer.subscriber()];
    open_.emplace(opened, std::move(connection));
    if (closing_) opened->cut();
    return opened;
}

void Connections::closed(Connection* connection) {
    const std::scoped_lock lock{mutex_};
    const auto client = per_client_.find(connection->peer().subscriber());
    if (--client->second == 0) per_client_.erase(client);
    open_.erase(connection);
}

void Connections::close_idle() {
    const std::scoped_lock lock{mutex_};
    closing_ = true;
    cut_idle();
}

void Connections::cut_idle() {
    for (const auto& [key, connection] : open_) {
        if (connection->is_idle()) connection->cut();
    }
}

bool Connections::none() const {
    const std::scoped_lock lock{mutex_};
    return open_.empty();
}

void Connections::at(Clock::time_point due, std::function<void()> then) {
    {
        const std::scoped_lock lock{clock_mutex_};
        due_.emplace(hurried_ ? Clock::time_point{} : due, std::move(then));
    }
    changed_.notify_one();
}

void Connections::hurry() {
    {
        const std::scoped_lock lock{clock_mutex_};
        hurried_ = true;
        std::multimap<Clock::time_point, std::function<void()>> now;
        for (auto& [due, then] : due_) now.emplace(Clock::time_point{}, std::move(then));
        due_ = std::move(now);
    }
    changed_.notify_one();
}

std::size_t Connections::waiting() const {
    const std::scoped_lock lock{clock_mutex_};
    return due_.size();
}

void Connections::run() {
    Clock::time_point swept = Clock::now();
    while (true) {
        std::vector<std::function<void()>> now_due;
        {
            std::unique_lock lock{clock_mutex_};
            Clock::time_point until = swept + kTick;
            if (!due_.empty() && due_.begin()->first < until) until = due_.begin()->first;
            if (Clock::now() < until) changed_.wait_until(lock, until);
            const Clock::time_point now = Clock::now();
            while (!due_.empty() && due_.begin()->first <= now) {
                now_due.push_back(std::move(due_.begin()->second));
                due_.erase(due_.begin());
            }
            if (ended_ && now_due.empty() && due_.empty()) return;
            if (ended_) hurried_ = true;
        }
        for (const auto& then : now_due) then();
        if (Clock::now() - swept >= kTick) {
            swept = Clock::now();
            sweep(swept);
        }
    }
}

void Connections::sweep(Clock::time_point now) {
    const std::scoped_lock lock{mutex_};
    for (const auto& [key, connection] : open_) {
        if (connection->is_too_slow(now)) connection->cut();
    }
    if (closing_) cut_idle(); // those that were answered meanwhile
}

} // namespace platform::http

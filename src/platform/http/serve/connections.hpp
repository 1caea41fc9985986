// What is open: one record a connection, and the thread that looks at all of them four times a
// second. libmicrohttpd has a timeout of inactivity, which every byte renews; the absolute deadline
// of a head and the least rate of a body are held here, by shutting the socket down.
#pragma once

#include "platform/http/syntax/address.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace platform::http {

using Clock = std::chrono::steady_clock;

struct SlowLimits {
    std::chrono::seconds header_time_max;
    std::chrono::seconds idle_time_max;
    std::chrono::seconds body_grace;
    std::uint64_t body_bytes_per_second_min;
};

/// Its steps are taken by the reading thread; the sweeping thread may take the last one, Cut. A
/// step is refused once it was cut: what is served can be answered, what cannot be answered is not
/// served.
class Connection {
public:
    enum class Step : std::uint8_t { Idle, Head, Body, Served, Cut };

    Connection(int socket, const Address& peer, const SlowLimits& limits);

    /// False when it was cut meanwhile: nothing is to be done for it any more.
    [[nodiscard]] bool go(Step step);
    void has_read(std::size_t bytes) { body_bytes_ += bytes; }
    /// Whether it is in a step that may not last any longer.
    [[nodiscard]] bool is_too_slow(Clock::time_point now) const;
    [[nodiscard]] bool is_idle() const { return step_ == Step::Idle; }
    /// Unless it is being served.
    void cut();
    [[nodiscard]] const Address& peer() const { return peer_; }

private:
    static constexpr std::int64_t kNever = INT64_MAX;
    static std::int64_t ticks(Clock::time_point at) { return at.time_since_epoch().count(); }

    int socket_; // libmicrohttpd closes it, after Connections::closed()
    Address peer_;
    SlowLimits limits_;
    std::atomic<Step> step_{Step::Idle};
    std::atomic<std::int64_t> deadline_{kNever}; // of a head
    std::atomic<std::int64_t> body_since_{0};
    std::atomic<std::uint64_t> body_bytes_{0};
};

class Connections {
public:
    Connections(SlowLimits limits, unsigned per_client_max);
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    /// Whether `peer` may open one more.
    [[nodiscard]] bool admits(const Address& peer) const;
    Connection* opened(int socket, const Address& peer);
    void closed(Connection* connection);
    /// From now on those between two requests are closed, and new ones at once.
    void close_idle();
    [[nodiscard]] bool none() const;
    /// Runs `then` at `due` on the sweeping thread: it must be short.
    void at(Clock::time_point due, std::function<void()> then);
    /// Runs at once what waits, and from now on what comes.
    void hurry();
    /// How many wait.
    [[nodiscard]] std::size_t waiting() const;

private:
    void run();
    void sweep(Clock::time_point now);
    void cut_idle(); // under mutex_

    SlowLimits limits_;
    unsigned per_client_max_;
    mutable std::mutex mutex_; // held while a socket is cut: it cannot be another's by then
    std::unordered_map<Connection*, std::unique_ptr<Connection>> open_;
    std::map<std::string, unsigned> per_client_;
    bool closing_ = false;
    mutable std::mutex clock_mutex_;
    std::condition_variable changed_;
    std::multimap<Clock::time_point, std::function<void()>> due_;
    bool hurried_ = false;
    bool ended_ = false;
    std::thread thread_;
};

} // namespace platform::http

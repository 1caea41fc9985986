// For the tests: a server with one route of each kind, on a free port of loopback.
#pragma once

#include "platform/http/server.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace platform::http::test {

/// What the uploads of the world came to.
struct Received {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<unsigned> opened{0};
    std::atomic<unsigned> finished{0};
    std::atomic<unsigned> dropped{0};
    std::atomic<unsigned> handled{0}; // requests of /count
};

/// Where handlers of /gate wait until the test opens it.
class Gate {
public:
    void pass();
    void open();
    /// Until `count` handlers stand before it.
    void wait_for(unsigned count);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned waiting_ = 0;
    bool open_ = false;
};

class World {
public:
    explicit World(ServerPolicy policy = {});
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] Server& server() { return *server_; }
    [[nodiscard]] Received& received() { return *received_; }
    [[nodiscard]] Gate& gate() { return *gate_; }
    [[nodiscard]] std::string metrics_text() const { return metrics_.text(); }

private:
    metrics::Metrics metrics_;
    std::unique_ptr<Received> received_ = std::make_unique<Received>();
    std::unique_ptr<Gate> gate_ = std::make_unique<Gate>();
    std::unique_ptr<Server> server_;
};

} // namespace platform::http::test

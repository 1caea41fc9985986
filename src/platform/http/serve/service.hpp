// libmicrohttpd's daemon and what stands behind it: the parts of one server and their order of
// life.
#pragma once

#include "platform/http/serve/exchange.hpp"
#include "platform/http/serve/listen.hpp"

#include <microhttpd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace platform::http {

class Service {
public:
    Service(ServerPolicy policy, Front front, metrics::Metrics& metrics);
    ~Service() { stop(std::chrono::seconds{0}); }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// Takes the socket over. False when the library refuses.
    [[nodiscard]] bool start(const Listening& listening, const TlsFiles& tls);
    void stop(std::chrono::seconds patience);
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] const ServerPolicy& policy() const { return policy_; }

    // What the library calls.
    [[nodiscard]] MHD_Result admit(const Address& peer) const;
    void opened(MHD_Connection* handle, void** context);
    void closed(void** context);
    Exchange* begin(MHD_Connection* handle, const char* target);
    void complete(Exchange* exchange);

private:
    ServerPolicy policy_;
    Front front_;
    Throttle throttle_;
    std::atomic<bool> stopping_{false};
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::condition_variable completed_;
    std::size_t exchanges_ = 0; // begun and not completed
    MHD_Daemon* daemon_ = nullptr;
    // These have threads that use what is above.
    Connections connections_;
    Workers workers_;
    Serving serving_;
};

} // namespace platform::http

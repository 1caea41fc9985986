// HTTP/1.1 on libmicrohttpd: epoll threads read and write, a bounded pool of workers runs the
// handlers while the connection is suspended. One strict policy refuses what parsers disagree on.
#pragma once

#include "base/result.hpp"
#include "platform/http/route.hpp"
#include "platform/metrics/metrics.hpp"

#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace platform::http {

using StatusOf = std::function<int(const std::exception&)>;

struct ServerPolicy {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080; // 0: any free one, see Server::port()
    unsigned reading_threads = 2;
    unsigned workers = 8;
    unsigned connections_max = 2000;
    unsigned connections_per_client_max = 200; // a school or an operator's NAT is one client
    unsigned waiting_max = 1000;               // requests waiting for a worker; beyond: 503
    std::uint64_t header_bytes_max = 16 << 10;
    std::chrono::seconds header_time_max{10};
    std::chrono::seconds idle_time_max{30};
    std::uint64_t body_bytes_per_second_min = 500; // slower clients are cut, after the grace
    std::filesystem::path tls_certificate; // PEM; empty: plain, behind a proxy or on loopback
    std::filesystem::path tls_key;
    std::chrono::seconds body_grace{20};
    std::vector<std::string> trusted_proxies; // addresses or networks (CIDR) whose X-Forwarded-*
                                              // are believed
    std::vector<std::string> operations_networks; // CIDR; beside loopback
    std::vector<std::string> hosts;  // names we answer to, without port; empty: any. Others: 421
    double requests_per_second = 20; // of one client, with bursts of ten times that; beyond: the
                                     // answer is delayed, then asks for a proof of work. 0: off
    std::chrono::milliseconds delay_max{3000};   // of an answer beyond the allowance
    std::chrono::seconds challenge_patience{30}; // age at which a challenge needs no work
    /// Builds the body of an error answer in the asker's language: 400, 403, 404, 405, 408, 413,
    /// 414, 421, 429, 431, 500, 503. `path` tells pages from the API.
    std::function<Response(int status, const Request& request)> error_page;
    /// The status of what a handler threw: 500, or 503 when it may pass (the database is away).
    StatusOf status_of;
};

struct ServerRefusal {
    std::string what; // "port 8080 is taken by another program…"
};

class Server {
public:
    static Result<Server, ServerRefusal> start(ServerPolicy policy, std::vector<Route> routes,
                                               metrics::Metrics& metrics);
    /// Takes no new connection, answers what was read, then closes; at most `patience`.
    void stop(std::chrono::seconds patience);
    ~Server();
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    [[nodiscard]] std::uint16_t port() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace platform::http

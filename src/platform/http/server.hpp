// HTTP/1.1 on libmicrohttpd: epoll threads read and write, a bounded pool of workers runs the
// handlers while the connection is suspended. One strict policy refuses what parsers disagree on.
#pragma once

#include "base/result.hpp"
#include "platform/http/route.hpp"
#include "platform/metrics/metrics.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace platform::http {

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
    std::uint64_t body_bytes_per_second_min = 500; // slower clients are cut, after 20 s of grace
    std::filesystem::path tls_certificate; // PEM; empty: plain, behind a proxy or on loopback
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies; // addresses whose X-Forwarded-* are believed
    double requests_per_second = 20; // of one client, with bursts of ten times that; beyond: the
                                     // answer is delayed, then asks for a proof of work
    /// Builds the body of an error answer in the asker's language: 400, 403, 404, 405, 408, 413,
    /// 414, 421, 429, 431, 500, 503. `path` tells pages from the API.
    std::function<Response(int status, const Request& request)> error_page;
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

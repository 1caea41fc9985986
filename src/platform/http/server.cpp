#include "platform/http/server.hpp"

#include "platform/http/serve/service.hpp"

#include <unistd.h>

namespace platform::http {

struct Server::State {
    State(ServerPolicy policy, Front front, metrics::Metrics& metrics)
        : service{std::move(policy), std::move(front), metrics} {}

    Service service;
};

Server::Server(std::unique_ptr<State> state) : state_{std::move(state)} {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;

Result<Server, ServerRefusal> Server::start(ServerPolicy policy, std::vector<Route> routes,
                                            metrics::Metrics& metrics) {
    auto front = Front::make(policy, std::move(routes));
    if (!front) {
        return refuse(ServerRefusal{"trusted_proxies or operations_networks holds what is neither "
                                    "an address nor a network (192.0.2.0/24, 2001:db8::/32)"});
    }
    auto tls = read_tls(policy);
    if (!tls) return refuse(tls.error());
    const auto listening = listen_on(policy.host, policy.port);
    if (!listening) return refuse(listening.error());
    auto state = std::make_unique<State>(std::move(policy), std::move(*front), metrics);
    if (!state->service.start(*listening, *tls)) {
        ::close(listening->socket);
        return refuse(ServerRefusal{"libmicrohttpd does not start: too few file descriptors for "
                                    "connections_max, or no TLS in this build of it"});
    }
    return Server{std::move(state)};
}

void Server::stop(std::chrono::seconds patience) {
    state_->service.stop(patience);
}

std::uint16_t Server::port() const {
    return state_->service.port();
}

} // namespace platform::http

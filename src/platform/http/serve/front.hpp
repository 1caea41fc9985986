// What is decided on a request's head, before anything of its body is read.
#pragma once

#include "platform/http/serve/router.hpp"
#include "platform/http/server.hpp"
#include "platform/http/syntax/address.hpp"
#include "platform/http/syntax/head.hpp"
#include "platform/http/throttle.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace platform::http {

struct Head {
    RawHead raw;
    std::uint64_t bytes = 0;
    Address peer;
    bool tls = false;
};

struct Admission {
    Request request;
    const Route* route = nullptr;
    Framing framing;
    Address client;
    std::optional<Response> refusal; // answered at once
    bool close = false;              // the connection is not to be trusted further
    Verdict verdict;
};

class Front {
public:
    /// Nothing when a network of the policy cannot be read.
    static std::optional<Front> make(const ServerPolicy& policy, std::vector<Route> routes);

    [[nodiscard]] Admission admit(const Head& head, Throttle& throttle, Throttle::Time now) const;
    /// The body was read: a proof may stand in the form.
    [[nodiscard]] Verdict ask_again(const Admission& admission, Throttle& throttle,
                                    Throttle::Time now) const;
    [[nodiscard]] Response error(int status, const Request& request) const;
    [[nodiscard]] Response challenge(Admission& admission, Throttle& throttle,
                                     Throttle::Time now) const;
    [[nodiscard]] bool is_proxy(const Address& peer) const { return any_holds(proxies_, peer); }

private:
    Front(const ServerPolicy& policy, std::vector<Route> routes);
    void read_request(const Head& head, Admission& admission) const;
    void read_client(const Head& head, Admission& admission) const;
    std::optional<Response> route(const Head& head, Admission& admission) const;
    std::optional<Response> check_access(const Head& head, const Admission& admission) const;
    std::optional<Response> check_origin(const Head& head, const Admission& admission) const;
    void refuse_with(Admission& admission, int status) const;

    std::uint64_t header_bytes_max_;
    std::vector<std::string> hosts_;
    std::function<Response(int, const Request&)> error_page_;
    Router router_;
    std::vector<Network> proxies_;
    std::vector<Network> operations_;
};

} // namespace platform::http

#include "platform/http/serve/service.hpp"

#include "base/check.hpp"

#include <unistd.h>

namespace platform::http {
namespace {

/// Beside the request's head: the answer's head, and what the library notes of each header.
constexpr std::size_t kConnectionRoomBytes = 32 << 10;
constexpr const char* kTlsPriorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

// A C library gives back the pointer it was given.

MHD_Result on_peer(void* service, const sockaddr* peer, socklen_t /*bytes*/) {
    return static_cast<const Service*>(service)->admit(Address::of(peer));
}

void on_connection(void* service, MHD_Connection* handle, void** context,
                   MHD_ConnectionNotificationCode what) {
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        static_cast<Service*>(service)->opened(handle, context);
    } else {
        static_cast<Service*>(service)->closed(context);
    }
}

void* on_target(void* service, const char* target, MHD_Connection* handle) {
    return static_cast<Service*>(service)->begin(handle, target);
}

MHD_Result on_request(void* /*service*/, MHD_Connection* /*handle*/, const char* /*url*/,
                      const char* method, const char* version, const char* bytes, std::size_t* size,
                      void** exchange) {
    return static_cast<Exchange*>(*exchange)->proceed(method, version, bytes, size);
}

void on_completed(void* service, MHD_Connection* /*handle*/, void** exchange,
                  MHD_RequestTerminationCode /*how*/) {
    if (*exchange != nullptr) {
        static_cast<Service*>(service)->complete(static_cast<Exchange*>(*exchange));
    }
    *exchange = nullptr;
}

void add_option(std::vector<MHD_OptionItem>& options, MHD_OPTION option, std::intptr_t value,
                void* pointer = nullptr) {
    options.push_back({.option = option, .value = value, .ptr_value = pointer});
}

template <class Function> std::intptr_t as_value(Function* function) {
    return reinterpret_cast<std::intptr_t>(function);
}

} // namespace

Service::Service(ServerPolicy policy, Front front, metrics::Metrics& metrics)
    : policy_{std::move(policy)}, front_{std::move(front)},
      throttle_{ThrottlePolicy{.per_second = policy_.requests_per_second,
                               .delay_max = policy_.delay_max,
                               .patience = policy_.challenge_patience}},
      connections_{{.header_time_max = policy_.header_time_max,
                    .idle_time_max = policy_.idle_time_max,
                    .body_grace = policy_.body_grace,
                    .body_bytes_per_second_min = policy_.body_bytes_per_second_min},
                   policy_.connections_per_client_max},
      workers_{policy_.workers, policy_.waiting_max},
      serving_{policy_, front_, throttle_, workers_, connections_, metrics, stopping_} {}

bool Service::start(const Listening& listening, const TlsFiles& tls) {
    std::vector<MHD_OptionItem> options;
    add_option(options, MHD_OPTION_LISTEN_SOCKET, listening.socket);
    add_option(options, MHD_OPTION_STRICT_FOR_CLIENT, 1);
    add_option(options, MHD_OPTION_CONNECTION_LIMIT, policy_.connections_max);
    add_option(options, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
               static_cast<std::intptr_t>(policy_.header_bytes_max + kConnectionRoomBytes));
    add_option(options, MHD_OPTION_CONNECTION_TIMEOUT, policy_.idle_time_max.count());
    add_option(options, MHD_OPTION_NOTIFY_CONNECTION, as_value(on_connection), this);
    add_option(options, MHD_OPTION_URI_LOG_CALLBACK, as_value(on_target), this);
    add_option(options, MHD_OPTION_NOTIFY_COMPLETED, as_value(on_completed), this);
    if (policy_.reading_threads > 1) {
        add_option(options, MHD_OPTION_THREAD_POOL_SIZE, policy_.reading_threads);
    }
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME;
    if (!tls.certificate.empty()) {
        flags |= MHD_USE_TLS;
        add_option(options, MHD_OPTION_HTTPS_MEM_CERT, 0,
                   const_cast<char*>(tls.certificate.c_str()));
        add_option(options, MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char*>(tls.key.c_str()));
        add_option(options, MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(kTlsPriorities));
    }
    add_option(options, MHD_OPTION_END, 0);
    port_ = listening.port;
    daemon_ = MHD_start_daemon(flags, 0, on_peer, this, on_request, this, MHD_OPTION_ARRAY,
                               options.data(), MHD_OPTION_END);
    return daemon_ != nullptr;
}

void Service::stop(std::chrono::seconds patience) {
    if (daemon_ == nullptr) return;
    stopping_ = true;
    const MHD_socket listening = MHD_quiesce_daemon(daemon_);
    if (listening != MHD_INVALID_SOCKET) ::close(listening);
    connections_.close_idle();
    connections_.hurry();
    {
        std::unique_lock lock{mutex_};
        completed_.wait_for(lock, patience, [&] { return exchanges_ == 0 && connections_.none(); });
    }
    // What still runs is a handler: it ends, whatever the patience, before its parts go away. The
    // library resumes the suspended and closes all.
    workers_.stop();
    MHD_stop_daemon(daemon_);
    daemon_ = nullptr;
}

MHD_Result Service::admit(const Address& peer) const {
    return front_.is_proxy(peer) || connections_.admits(peer) ? MHD_YES : MHD_NO;
}

void Service::opened(MHD_Connection* handle, void** context) {
    const auto* const socket = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);
    const auto* const peer = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    check(socket != nullptr && peer != nullptr, "a connection has a socket and a peer");
    *context = connections_.opened(socket->connect_fd, Address::of(peer->client_addr));
}

void Service::closed(void** context) {
    if (*context != nullptr) connections_.closed(static_cast<Connection*>(*context));
    *context = nullptr;
    const std::scoped_lock lock{mutex_};
    completed_.notify_all();
}

Exchange* Service::begin(MHD_Connection* handle, const char* target) {
    const auto* const context = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    check(context != nullptr && context->socket_context != nullptr, "a connection is known");
    {
        const std::scoped_lock lock{mutex_};
        ++exchanges_;
    }
    auto exchange = std::make_unique<Exchange>(
        serving_, handle, *static_cast<Connection*>(context->socket_context), target);
    return exchange.release(); // the library keeps it until complete()
}

void Service::complete(Exchange* exchange) {
    const std::unique_ptr<Exchange> owned{exchange};
    owned->completed();
    const std::scoped_lock lock{mutex_};
    --exchanges_;
    completed_.notify_all();
}

} // namespace platform::http

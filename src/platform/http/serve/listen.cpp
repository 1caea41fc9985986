#include "platform/http/serve/listen.hpp"

#include "base/check.hpp"
#include "platform/http/syntax/address.hpp"

#include <fmt/core.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

namespace platform::http {
namespace {

constexpr int kBacklog = 1024;
constexpr std::uint16_t kPrivilegedPorts = 1024;

struct SocketName {
    sockaddr_storage storage{};
    socklen_t bytes = 0;
};

SocketName socket_name(const Address& address, std::uint16_t port) {
    SocketName name;
    if (address.is_v4()) {
        sockaddr_in four{};
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&four.sin_addr, &address.bytes[12], 4);
        std::memcpy(&name.storage, &four, sizeof(four));
        name.bytes = sizeof(four);
    } else {
        sockaddr_in6 six{};
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        std::memcpy(&six.sin6_addr, address.bytes.data(), address.bytes.size());
        std::memcpy(&name.storage, &six, sizeof(six));
        name.bytes = sizeof(six);
    }
    return name;
}

ServerRefusal why_not_bound(const std::string& host, std::uint16_t port, int error) {
    if (error == EADDRINUSE) {
        return {fmt::format("port {} of {} is taken by another program: stop it, or listen on "
                            "another port",
                            port, host)};
    }
    if (error == EACCES && port < kPrivilegedPorts) {
        return {fmt::format("port {} is for programs with the right to bind ports below {}: give "
                            "it (CAP_NET_BIND_SERVICE), or listen on another port",
                            port, kPrivilegedPorts)};
    }
    if (error == EADDRNOTAVAIL) {
        return {fmt::format("{} is not an address of this machine", host)};
    }
    return {fmt::format("cannot listen on {} port {}: {}", host, port, std::strerror(error))};
}

std::uint16_t port_of(int socket) {
    sockaddr_storage storage{};
    socklen_t bytes = sizeof(storage);
    check(::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &bytes) == 0,
          "a bound socket has a name");
    sockaddr_in6 six{}; // the port stands at the same place in both families
    static_assert(offsetof(sockaddr_in6, sin6_port) == offsetof(sockaddr_in, sin_port));
    std::memcpy(&six, &storage, sizeof(six));
    return ntohs(six.sin6_port);
}

std::optional<std::string> read_whole(const std::filesystem::path& path) {
    const std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

gnutls_datum_t as_datum(std::string& text) {
    return {.data = reinterpret_cast<unsigned char*>(text.data()),
            .size = static_cast<unsigned>(text.size())};
}

} // namespace

Result<Listening, ServerRefusal> listen_on(const std::string& host, std::uint16_t port) {
    const auto address = Address::parse(host == "localhost" ? "127.0.0.1" : host);
    if (!address) {
        return refuse(ServerRefusal{fmt::format(
            "{} is not an address: write 127.0.0.1, 0.0.0.0 (all of IPv4), [::] (all)", host)});
    }
    const int family = address->is_v4() ? AF_INET : AF_INET6;
    const int socket = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) return refuse(why_not_bound(host, port, errno));
    const int on = 1;
    const int off = 0;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (family == AF_INET6) ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    const SocketName name = socket_name(*address, port);
    const bool bound =
        ::bind(socket, reinterpret_cast<const sockaddr*>(&name.storage), name.bytes) == 0 &&
        ::listen(socket, kBacklog) == 0;
    if (!bound) {
        const int error = errno;
        ::close(socket);
        return refuse(why_not_bound(host, port, error));
    }
    return Listening{.socket = socket, .port = port_of(socket)};
}

Result<TlsFiles, ServerRefusal> read_tls(const ServerPolicy& policy) {
    if (policy.tls_certificate.empty() && policy.tls_key.empty()) return TlsFiles{};
    auto certificate = read_whole(policy.tls_certificate);
    if (!certificate) {
        return refuse(ServerRefusal{
            fmt::format("cannot read the certificate {}", policy.tls_certificate.string())});
    }
    auto key = read_whole(policy.tls_key);
    if (!key) {
        return refuse(
            ServerRefusal{fmt::format("cannot read the key {}", policy.tls_key.string())});
    }
    const gnutls_datum_t certificate_datum = as_datum(*certificate);
    const gnutls_datum_t key_datum = as_datum(*key);
    gnutls_certificate_credentials_t credentials = nullptr;
    check(gnutls_certificate_allocate_credentials(&credentials) == GNUTLS_E_SUCCESS, "memory");
    const int accepted = gnutls_certificate_set_x509_key_mem(credentials, &certificate_datum,
                                                             &key_datum, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(credentials);
    if (accepted < 0) {
        return refuse(ServerRefusal{fmt::format(
            "the certificate {} and the key {} do not serve together (both in PEM, unencrypted, "
            "the certificate first in its chain): {}",
            policy.tls_certificate.string(), policy.tls_key.string(), gnutls_strerror(accepted))});
    }
    return TlsFiles{.certificate = std::move(*certificate), .key = std::move(*key)};
}

} // namespace platform::http

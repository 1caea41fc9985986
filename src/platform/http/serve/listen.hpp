// What can go wrong before serving begins, told apart: the address, the port, the certificate.
#pragma once

#include "base/result.hpp"
#include "platform/http/server.hpp"

#include <cstdint>
#include <string>

namespace platform::http {

struct Listening {
    int socket = -1; // bound and listening, not blocking
    std::uint16_t port = 0;
};
[[nodiscard]] Result<Listening, ServerRefusal> listen_on(const std::string& host,
                                                         std::uint16_t port);

struct TlsFiles {
    std::string certificate; // PEM, both empty without TLS
    std::string key;
};
/// Read, parsed, and the key is the certificate's.
[[nodiscard]] Result<TlsFiles, ServerRefusal> read_tls(const ServerPolicy& policy);

} // namespace platform::http

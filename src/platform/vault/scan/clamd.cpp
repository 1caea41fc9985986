#include "platform/vault/scan/clamd.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace platform::vault {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kReplyBytesMax = 1000; // a word, the name of what was found

class Line {
public:
    explicit Line(Clock::time_point deadline) : deadline_{deadline} {}
    ~Line() {
        if (socket_ >= 0) close(socket_);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    bool connect_to(const sockaddr* address, socklen_t length, int family,
                    std::chrono::seconds at_most) {
        if (socket_ >= 0) close(socket_);
        socket_ = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (socket_ < 0) return false;
        if (connect(socket_, address, length) == 0) return true;
        if (errno != EINPROGRESS) return false;
        const Clock::time_point until = std::min(deadline_, Clock::now() + at_most);
        int failed = 0;
        socklen_t size = sizeof failed;
        return wait_for(POLLOUT, until) &&
               getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failed, &size) == 0 && failed == 0;
    }

    bool send_all(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
                return false;
            } else if (!wait_for(POLLOUT, deadline_)) {
                return false;
            }
        }
        return true;
    }

    /// Up to the zero that ends a reply; what came when the line was cut.
    std::string receive_reply() {
        std::string reply;
        std::array<char, 256> buffer{};
        while (reply.size() < kReplyBytesMax && reply.find('\0') == std::string::npos) {
            const ssize_t got = recv(socket_, buffer.data(), buffer.size(), 0);
            if (got > 0) {
                reply.append(buffer.data(), static_cast<std::size_t>(got));
            } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
                break;
            } else if (!wait_for(POLLIN, deadline_)) {
                return {};
            }
        }
        return reply.substr(0, reply.find('\0'));
    }

private:
    [[nodiscard]] bool wait_for(short event, Clock::time_point until) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0) return false;
        pollfd one{.fd = socket_, .events = event, .revents = 0};
        return poll(&one, 1, static_cast<int>(left.count())) != 0;
    }

    Clock::time_point deadline_;
    int socket_ = -1;
};

bool connect_by_path(Line& line, const ClamdPolicy& policy) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (policy.address.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, policy.address.data(), policy.address.size());
    return line.connect_to(reinterpret_cast<const sockaddr*>(&address), sizeof address, AF_UNIX,
                           policy.connect_max);
}

bool connect_by_name(Line& line, const ClamdPolicy& policy) {
    struct Free {
        void operator()(addrinfo* list) const { freeaddrinfo(list); }
    };
    const std::size_t colon = policy.address.rfind(':');
    if (colon == std::string::npos) return false;
    const std::string host = policy.address.substr(0, colon);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), policy.address.c_str() + colon + 1, &wanted, &found) != 0) {
        return false;
    }
    const std::unique_ptr<addrinfo, Free> freed{found};
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        if (line.connect_to(one->ai_addr, one->ai_addrlen, one->ai_family, policy.connect_max)) {
            return true;
        }
    }
    return false;
}

/// A piece with its length in front, big-endian; the empty one ends the content.
std::string framed(std::string_view piece) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(piece.size() >> shift);
    out += piece;
    return out;
}

Verdict read_reply(std::string_view reply) {
    if (reply.ends_with(" FOUND")) return Verdict::Infected;
    if (reply == "stream: OK") return Verdict::Clean;
    if (reply.find("size limit exceeded") != std::string_view::npos) return Verdict::TooLarge;
    return Verdict::Unknown;
}

} // namespace

Verdict ask_clamd(const ClamdPolicy& policy, const std::function<std::string()>& next) {
    Line line{Clock::now() + policy.time_max};
    const bool connected = policy.address.starts_with('/') ? connect_by_path(line, policy)
                                                           : connect_by_name(line, policy);
    constexpr std::string_view kCommand{"zINSTREAM\0", 10};
    if (!connected || !line.send_all(kCommand)) return Verdict::Unknown;
    bool sent = true;
    for (std::string piece = next(); sent && !piece.empty(); piece = next()) {
        sent = line.send_all(framed(piece));
    }
    // Over its limit the daemon says so and hangs up in the middle of what we send.
    if (sent) static_cast<void>(line.send_all(framed({})));
    return read_reply(line.receive_reply());
}

} // namespace platform::vault

#include "platform/http/test/wire.hpp"

#include "base/ascii.hpp"
#include "base/check.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace platform::http::test {
namespace {

sockaddr_in loopback(const std::string& address, std::uint16_t port) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    check(::inet_pton(AF_INET, address.c_str(), &name.sin_addr) == 1, "an address");
    return name;
}

} // namespace

std::string Answer::header(std::string_view lower_name) const {
    for (const auto& [name, value] : headers) {
        if (name == lower_name) return value;
    }
    return {};
}

Wire::Wire(std::uint16_t port, const std::string& from)
    : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    check(socket_ >= 0, "a socket");
    const sockaddr_in mine = loopback(from, 0);
    check(::bind(socket_, reinterpret_cast<const sockaddr*>(&mine), sizeof(mine)) == 0, "bind");
    const sockaddr_in theirs = loopback("127.0.0.1", port);
    check(::connect(socket_, reinterpret_cast<const sockaddr*>(&theirs), sizeof(theirs)) == 0,
          "connect");
}

Wire::~Wire() {
    close();
}

void Wire::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

bool Wire::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Wire::end_sending() const {
    ::shutdown(socket_, SHUT_WR);
}

bool Wire::fill() {
    if (ended_) return false;
    std::array<char, 65536> bytes{};
    const ssize_t read = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (read <= 0) {
        ended_ = true;
        return false;
    }
    pending_.append(bytes.data(), static_cast<std::size_t>(read));
    return true;
}

bool Wire::ends() {
    while (fill()) {}
    return pending_.empty();
}

bool Wire::has_bytes() const {
    pollfd watched{.fd = socket_, .events = POLLIN, .revents = 0};
    return !pending_.empty() || ::poll(&watched, 1, 0) > 0;
}

std::string Wire::take(std::size_t bytes) {
    while (pending_.size() < bytes && fill()) {}
    const std::string taken = pending_.substr(0, bytes);
    pending_.erase(0, taken.size());
    return taken;
}

std::string Wire::take_line() {
    std::size_t end = 0;
    while ((end = pending_.find("\r\n")) == std::string::npos) {
        if (!fill()) return std::exchange(pending_, {});
    }
    const std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 2);
    return line;
}

std::string Wire::take_chunks() {
    std::string body;
    while (true) {
        const std::string line = take_line();
        std::size_t bytes = 0;
        std::from_chars(line.data(), line.data() + line.size(), bytes, 16);
        if (bytes == 0) break;
        body += take(bytes);
        take_line();
    }
    take_line();
    return body;
}

std::optional<Answer> Wire::read_answer(bool to_head) {
    Answer answer;
    do {
        answer = {};
        const std::string first = take_line();
        if (!first.starts_with("HTTP/1.1 ") || first.size() < 12) return std::nullopt;
        std::from_chars(&first[9], &first[12], answer.status);
        for (std::string line = take_line(); !line.empty(); line = take_line()) {
            const std::size_t colon = line.find(": ");
            if (colon == std::string::npos) return std::nullopt;
            answer.headers.emplace_back(lower_ascii(line.substr(0, colon)), line.substr(colon + 2));
        }
    } while (answer.status < 200);
    if (to_head || answer.status == 204 || answer.status == 304) return answer;
    if (answer.header("transfer-encoding") == "chunked") {
        answer.body = take_chunks();
        return answer;
    }
    const std::string length = answer.header("content-length");
    std::size_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    answer.body = take(bytes);
    if (answer.body.size() != bytes) return std::nullopt;
    return answer;
}

std::optional<Answer> ask(std::uint16_t port, std::string_view bytes, const std::string& from) {
    Wire wire{port, from};
    wire.send(bytes);
    return wire.read_answer(bytes.starts_with("HEAD "));
}

std::optional<Answer> get(std::uint16_t port, std::string_view target, std::string_view headers,
                          const std::string& from) {
    std::string request = "GET ";
    request += target;
    request += " HTTP/1.1\r\nHost: x\r\n";
    request += headers;
    request += "\r\n";
    return ask(port, request, from);
}

std::string form_post(std::string_view target, std::string_view body, std::string_view headers) {
    std::string request = "POST ";
    request += target;
    request += " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               "Content-Length: ";
    request += std::to_string(body.size());
    request += "\r\n";
    request += headers;
    request += "\r\n";
    request += body;
    return request;
}

} // namespace platform::http::test

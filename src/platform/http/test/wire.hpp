// For the tests: a client that sends the bytes it is told to, and reads answers as a strict one
// would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::http::test {

struct Answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case
    std::string body;

    [[nodiscard]] std::string header(std::string_view lower_name) const; // empty: none
};

class Wire {
public:
    /// `from` is an address of this machine's loopback network: another one is another client.
    explicit Wire(std::uint16_t port, const std::string& from = "127.0.0.1");
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// False when the server closed meanwhile.
    bool send(std::string_view bytes) const;
    void end_sending() const;
    /// Nothing when the connection ends before a whole answer. 1xx answers are left out.
    std::optional<Answer> read_answer(bool to_head = false);
    /// Whether the server closes, without any further byte.
    [[nodiscard]] bool ends();
    /// Whether there are bytes to read now.
    [[nodiscard]] bool has_bytes() const;
    std::string take_line();
    void close();
    /// Few bytes are buffered: what a slow reader looks like. Before the first byte.
    [[nodiscard]] int socket() const { return socket_; }

private:
    bool fill();
    std::string take(std::size_t bytes);
    std::string take_chunks();

    int socket_ = -1;
    std::string pending_;
    bool ended_ = false;
};

/// A whole exchange on a connection of its own.
std::optional<Answer> ask(std::uint16_t port, std::string_view bytes,
                          const std::string& from = "127.0.0.1");
std::optional<Answer> get(std::uint16_t port, std::string_view target,
                          std::string_view headers = "", const std::string& from = "127.0.0.1");
/// A POST of a form.
std::string form_post(std::string_view target, std::string_view body,
                      std::string_view headers = "");

} // namespace platform::http::test

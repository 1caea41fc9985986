// What goes back.
#pragma once

#include "platform/http/request.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

struct SetCookie {
    std::string name;
    std::string value;     // empty with seconds_max 0: forget it
    long seconds_max = -1; // -1: until the browser closes
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body{};
    std::vector<Pair> headers{}; // beside those of security, which every answer has
    std::vector<SetCookie> cookies{};
    bool cacheable = false;    // else Cache-Control: no-store
    bool holds_secret = false; // a code beside what the asker typed: not compressed (ADR 0022)
    /// Instead of `body`: gives the next bytes, empty at the end. Called from one thread at a time.
    std::function<std::string()> stream{};
};

/// 303 See Other: after a POST, a GET.
[[nodiscard]] Response see_other(std::string_view place);
/// A value as it stands in a query or a form (RFC 3986: unreserved characters stay).
[[nodiscard]] std::string percent_encoded(std::string_view value);
/// `file_name` is ASCII and ours; the browser saves instead of showing.
[[nodiscard]] Response download(std::string content_type, std::string body,
                                std::string_view file_name);
/// RFC 9457 problem details, for the API.
[[nodiscard]] Response problem(int status, std::string_view type, std::string_view title,
                               std::string_view detail);

} // namespace platform::http

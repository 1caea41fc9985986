// The strict policy on a request's head: refuses, before anything is decided by it, what two
// parsers could read in two ways (RFC 9112 §§3, 5, 6, 11; RFC 9110 §5). Pure: fuzzed as it stands.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace platform::http {

struct RawHeader {
    std::string_view name;
    std::string_view value; // blanks around it still there
};

struct RawHead {
    std::string_view method;
    std::string_view target;
    std::string_view version; // "HTTP/1.1"
    std::vector<RawHeader> headers;
    /// The library's reading covers what was sent, byte for byte: no folded line, bare LF or NUL.
    bool exact = true;
};

inline constexpr std::size_t kTargetBytesMax =
    4096;                                       // a search with filters; RFC 9110 §4.1 wants 8000
inline constexpr std::size_t kHeadersMax = 100; // browsers send some twenty

/// What the body will be.
struct Framing {
    std::optional<std::uint64_t> length; // of Content-Length
    bool chunked = false;
    [[nodiscard]] bool has_body() const { return chunked || (length && *length > 0); }
};

struct HeadRefusal {
    int status; // 400, 414, 431, 501, 505
};

[[nodiscard]] Result<Framing, HeadRefusal> check_head(const RawHead& head);

/// RFC 9110 §5.6.2.
[[nodiscard]] bool is_token(std::string_view text);
/// Without blanks (space, tab) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);
/// The first of that name, which is in lower case.
[[nodiscard]] const RawHeader* find_header(const RawHead& head, std::string_view lower_name);

} // namespace platform::http

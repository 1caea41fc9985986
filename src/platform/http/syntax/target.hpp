// The target of a request, decoded: path and query; and application/x-www-form-urlencoded, which a
// query is too (WHATWG URL §5). Percent-decoding is strict: what is not UTF-8 is refused.
#pragma once

#include "base/result.hpp"
#include "platform/http/request.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

inline constexpr std::size_t kFieldsMax = 200;    // the longest form has some sixty
inline constexpr std::size_t kNameBytesMax = 100; // names are ours
inline constexpr std::size_t kSegmentsMax = 32;

struct Target {
    std::string path; // decoded; no empty, "." or ".." segment; may end with one '/'
    std::vector<Pair> query;
};

/// Nothing when it is malformed or tries to hide something: `..`, an encoded slash or NUL, a path
/// encoded twice, an empty segment (what starts with "//" leads to another site).
[[nodiscard]] std::optional<Target> decode_target(std::string_view target);

[[nodiscard]] std::optional<std::vector<Pair>> decode_form(std::string_view text);

/// Whether all of it is UTF-8 as RFC 3629 has it: no overlong form, no surrogate.
[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace platform::http

// The Cookie header (RFC 6265 §4.2.1), read leniently: a pair that is not well formed is left out,
// because other programs of the same site set cookies too.
#pragma once

#include "platform/http/request.hpp"

#include <string_view>
#include <vector>

namespace platform::http {

inline constexpr std::size_t kCookiesMax = 50; // what browsers keep for one site at least

[[nodiscard]] std::vector<Pair> read_cookies(std::string_view header);

} // namespace platform::http

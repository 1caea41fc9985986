// What a domain name must look like before anything is compared with it.
#pragma once

#include "base/result.hpp"
#include "engine/normalise/web.hpp"

#include <string>
#include <string_view>

namespace engine::normalise::web {

/// As engine::normalise::parse_domain, but "www." stays.
[[nodiscard]] Result<std::string, WebRefusal> parse_full_domain(std::string_view as_written);

/// Without a leading "www.", unless no dot would remain ("www.fr").
[[nodiscard]] std::string_view without_www(std::string_view canonical_host);

} // namespace engine::normalise::web

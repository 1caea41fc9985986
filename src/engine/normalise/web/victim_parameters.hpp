// Parameters of a URL that name the person who got it, not the one who sent it.
#pragma once

#include <string>
#include <string_view>

namespace engine::normalise::web {

/// `query` (as written in a URL, without '?') without click and campaign identifiers (gclid,
/// fbclid, utm_source…), and without the recipient's e-mail address, in clear or in base64.
[[nodiscard]] std::string without_victim_parameters(std::string_view query);

} // namespace engine::normalise::web

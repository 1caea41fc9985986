// The page "check before you pay". What is pasted is read once: it is in no address, no log and no
// table, and nothing that it names is visited.
#pragma once

#include "platform/http/route.hpp"
#include "prevention/confirmed_domains.hpp"
#include "site/frame.hpp"

#include <vector>

namespace prevention {

/// Both outlive the routes.
[[nodiscard]] std::vector<platform::http::Route> check_routes(const site::Frame& frame,
                                                              const ConfirmedDomains& confirmed);

} // namespace prevention

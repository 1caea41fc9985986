// Pages that belong to no door: home, legal notices, privacy, accessibility, what a receipt proves,
// the professional account, robots.txt, and the assets.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <vector>

namespace site {

[[nodiscard]] std::vector<platform::http::Route> routes(const Frame& frame,
                                                        const platform::crypto::PublicKey& key);

} // namespace site

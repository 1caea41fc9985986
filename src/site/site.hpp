// Pages that belong to no door: home, legal notices, privacy, accessibility, what a receipt proves,
// the professional account, robots.txt, and the assets.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <functional>
#include <vector>

namespace site {

/// What another module adds to the home page.
using FillHome = std::function<void(Language, Filling&)>;

[[nodiscard]] std::vector<platform::http::Route>
routes(const Frame& frame, const platform::crypto::PublicKey& key, const FillHome& fill_home);

} // namespace site

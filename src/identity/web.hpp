// The pages of logging in and out: which means, the screen of invented people of the demonstration,
// what to do when it failed.
#pragma once

#include "identity/logins.hpp"
#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <vector>

namespace identity {

/// What the pages work with. Outlives their routes.
struct Doors {
    const site::Frame& frame;
    const Logins& logins;
    bool demonstration = false; // invented people may log in
    Clock now;
};

[[nodiscard]] std::vector<platform::http::Route> login_routes(const Doors& doors);

} // namespace identity

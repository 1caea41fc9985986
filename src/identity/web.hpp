// The pages of logging in and out: which means, the screen of invented people of the demonstration,
// what to do when it failed.
#pragma once

#include "identity/logins.hpp"
#include "platform/http/route.hpp"
#include "platform/oidc/provider.hpp"
#include "site/frame.hpp"
#include "site/leave.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace identity {

/// What the pages work with. Outlives their routes.
struct Doors {
    const site::Frame& frame;
    const Logins& logins;
    bool demonstration = false;                   // invented people may log in
    platform::oidc::Provider* provider = nullptr; // nothing: none is set up
    std::string provider_name;                    // as people know it: "FranceConnect"
    std::string public_url;                       // "https://signaler.example"
    Clock now;
};
/// Below the public address: where the provider sends people back, in every language.
constexpr std::string_view kReturnPath = "/connexion/retour";

[[nodiscard]] std::vector<platform::http::Route> login_routes(const Doors& doors);
/// The quick exit ends the login of this browser; the provider's own lasts.
[[nodiscard]] site::Forget forget_login(const Doors& doors);

} // namespace identity

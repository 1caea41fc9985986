// To the identity provider and back.
#pragma once

#include "identity/web.hpp"

#include <string>
#include <string_view>

namespace identity::web {

/// Sends the browser to the provider, and keeps what the way back is checked against.
[[nodiscard]] platform::http::Response go(const Doors& doors,
                                          const platform::http::Request& request);
/// The provider sends the browser back here, with a code or with a refusal.
[[nodiscard]] platform::http::Response come_back(const Doors& doors,
                                                 const platform::http::Request& request);
/// The page that says that it failed, and what to do.
[[nodiscard]] platform::http::Response show_failed(const Doors& doors,
                                                   const platform::http::Request& request);
/// Where to log out at the provider too; empty when there is no such place.
[[nodiscard]] std::string provider_logout(const Doors& doors, std::string_view id_token,
                                          site::Language language);
/// The language in which the provider's logout began, by the state that it gives back.
[[nodiscard]] site::Language language_of_state(std::string_view state);

} // namespace identity::web

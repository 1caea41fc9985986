// The screen of the demonstration, where one chooses who to be. It has no route in production.
#pragma once

#include "identity/web.hpp"

#include <vector>

namespace identity::web {

[[nodiscard]] platform::http::Response
show_invented(const Doors& doors, const platform::http::Request& request,
              const std::vector<site::FieldFault>& faults = {});
[[nodiscard]] platform::http::Response take_invented(const Doors& doors,
                                                     const platform::http::Request& request);

} // namespace identity::web

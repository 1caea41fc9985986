// One bounded HTTP request to the identity provider.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace platform::oidc {

struct Fetched {
    long status = 0;
    std::string content_type; // as said, in lower case
    std::string body;
};

/// An http:// address is fetched only when `plain_allowed` (a provider on this machine).
struct Call {
    std::string url;
    std::string form{};   // posted when not empty, application/x-www-form-urlencoded
    std::string bearer{}; // access token
    std::string accept = "application/json";
    bool plain_allowed = false;
};

/// The answer, whatever its status; a word for the log when none came whole: too slow, too large,
/// an unknown certificate. Redirects are not followed.
[[nodiscard]] Result<Fetched, std::string_view> fetch(const Call& call);

} // namespace platform::oidc

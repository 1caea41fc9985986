// Leaving at once: what the quick exit does, and the page that says what it does not.
#pragma once

#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <functional>
#include <string>
#include <vector>

namespace site {

/// Ends one kind of session: its cookie in the response first, then what its store keeps.
using Forget = std::function<void(const platform::http::Request&, platform::http::Response&)>;

/// POST: ends every session and the visit, clears what the browser keeps of this site, and leads to
/// `to`. It cannot fail: without its form token the browser alone forgets, and a session that its
/// store could not end has lost its cookie, and ends by itself. GET: the page that explains.
///
/// The answer is no redirection: `form-action 'self'` stops a form that leads elsewhere. An empty
/// page with `Refresh: 0` does the same, and takes this site's place in the history.
[[nodiscard]] std::vector<platform::http::Route>
leave_routes(const Frame& frame, const std::string& to, const std::vector<Forget>& forgetters);

} // namespace site

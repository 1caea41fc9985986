// Where exceptions end: what handlers, sinks and streams throw becomes a status, and a word in the
// log. The text of an exception goes nowhere.
#pragma once

#include "platform/http/server.hpp"
#include "platform/log/log.hpp"

#include <exception>

namespace platform::http {

/// 0 when `act` came to its end, else 500 or 503.
template <class Act>
[[nodiscard]] int guarded(const StatusOf& status_of, std::string_view route, Act&& act) {
    try {
        act();
        return 0;
    } catch (const std::exception& thrown) {
        const int status = status_of ? status_of(thrown) : 500;
        log::error("http_handler_threw",
                   {{"route", log::Word{route}}, {"status", std::int64_t{status}}});
        return status == 503 ? 503 : 500;
    }
}

} // namespace platform::http

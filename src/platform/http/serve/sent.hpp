// A Response as libmicrohttpd sends it: the body is moved, never copied; a stream is read as the
// client takes it.
#pragma once

#include "platform/http/server.hpp"

#include <microhttpd.h>

#include <string_view>
#include <vector>

namespace platform::http {

[[nodiscard]] MHD_Response* make_answer(const StatusOf& status_of, std::string_view route,
                                        Response response, const std::vector<Pair>& headers);

} // namespace platform::http

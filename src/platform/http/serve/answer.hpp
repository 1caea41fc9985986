// An answer with all its headers: those of security are on every one, whoever made it.
#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <string_view>
#include <vector>

namespace platform::http {

struct AnswerContext {
    bool secure = false;
    bool gzip = false;  // the asker takes it
    bool close = false; // no further request on this connection
};

/// Compresses the body when that is worth it, and gives every header to send.
[[nodiscard]] std::vector<Pair> finish_answer(Response& response, const AnswerContext& context);

} // namespace platform::http

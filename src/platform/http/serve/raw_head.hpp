// The head of a request as libmicrohttpd read it, with a proof that it read all of it.
#pragma once

#include "platform/http/syntax/head.hpp"

#include <microhttpd.h>

#include <cstddef>

namespace platform::http {

/// `target_at` is where the target stood before it was decoded. libmicrohttpd 0.9.75 folds lines,
/// ends lines at a bare LF and cuts values at a NUL without a word; but its strings stand where
/// they arrived, so that a gap tells what was left out. A library that copies them instead makes
/// every head inexact: all is refused, and the tests say so.
[[nodiscard]] RawHead read_raw_head(MHD_Connection* connection, const char* method,
                                    const char* version, std::string_view target,
                                    const char* target_at, std::size_t head_bytes);

[[nodiscard]] std::size_t head_bytes(MHD_Connection* connection);

} // namespace platform::http

// Files of the doors that are served as they are, embedded at build.
#pragma once

#include <string_view>

namespace intake::web {

extern const std::string_view kOpenApi; // OpenAPI 3.1 description of /api/v1

} // namespace intake::web

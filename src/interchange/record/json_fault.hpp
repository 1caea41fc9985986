// Says of a line that is not JSON what is wrong with it and where.
#pragma once

#include "interchange/reject_reason.hpp"

#include <simdjson.h>
#include <string_view>

namespace interchange::record {

Fault json_fault(simdjson::error_code error, std::string_view line);

} // namespace interchange::record

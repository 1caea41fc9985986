#pragma once
#include "base/result.hpp"
#include "interchange/reader.hpp"
namespace interchange { Result<engine::record::Statement, Reject> parse_json_line(std::string_view line); }

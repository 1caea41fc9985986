// The interchange format, written by ourselves until interchange/writer.hpp is there.
#pragma once

#include "engine/record/statement.hpp"

#include <string>
#include <string_view>

namespace synth {

void append_jsonl(const engine::record::Statement& statement, std::string& out);
void append_json_string(std::string_view text, std::string& out);

} // namespace synth

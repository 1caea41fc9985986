// Writes the interchange format: one JSON object a line, UTF-8, keys in the order of the document.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/reader.hpp"

#include <string>
#include <string_view>

namespace interchange {

/// Appends the statement as one line, newline included. Empty fields are left out.
void append_jsonl(const engine::record::Statement& statement, std::string& out);

/// Appends a reject as one line of rejects.jsonl; `file` is the path as the user gave it.
void append_jsonl(const Reject& reject, std::string_view file, std::string& out);

/// Appends a JSON string, quotes included. Invalid UTF-8 becomes U+FFFD.
void append_json_string(std::string_view text, std::string& out);

} // namespace interchange

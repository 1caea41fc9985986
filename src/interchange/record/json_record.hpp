// One line of the interchange format, checked field by field.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/reject_reason.hpp"

#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace interchange::record {

/// Keeps its memory from line to line. One per thread.
class JsonRecordParser {
public:
    JsonRecordParser();
    /// Fills `out`, whose memory is used again. When a fault is returned, `out` is unfinished.
    std::optional<Fault> parse(std::string_view line, engine::record::Statement& out);

private:
    simdjson::dom::parser parser_;
};

} // namespace interchange::record

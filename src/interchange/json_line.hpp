// One declaration of the interchange format in memory: the body of a request, or what a database
// kept of one. Read by the rules and limits that hold for a line of a file.
#pragma once

#include "base/result.hpp"
#include "engine/record/statement.hpp"
#include "interchange/reader.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace interchange {

/// Keeps its memory from line to line. One per thread.
class JsonLineParser {
public:
    /// Longer lines are refused; a door may allow less than a file does.
    explicit JsonLineParser(std::uint64_t bytes_max = ReadPolicy{}.record_bytes_max);
    ~JsonLineParser();
    JsonLineParser(JsonLineParser&&) noexcept;
    JsonLineParser& operator=(JsonLineParser&&) noexcept;

    /// The statement is valid until the next call. A reject's source is empty; its record, field
    /// and detail may quote what the sender wrote: they are for the sender, never for a log.
    Result<const engine::record::Statement*, Reject> parse(std::string_view line);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace interchange

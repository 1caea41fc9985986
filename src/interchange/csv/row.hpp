// One row of CSV (RFC 4180): its cells, and the statement that a mapping makes of them.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/csv/mapping.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interchange::csv {

/// Follows quotes through a row that may go over several lines. A quote opens only where a cell
/// begins: 5" pipe is not the beginning of a quoted cell.
class QuoteState {
public:
    explicit QuoteState(char delimiter) : delimiter_{delimiter} {}
    void read(std::string_view bytes);
    [[nodiscard]] bool inside() const { return state_ == State::Quoted; }

private:
    enum class State : std::uint8_t { CellBegins, Bare, Quoted, QuoteInQuoted };
    char delimiter_;
    State state_ = State::CellBegins;
};

void split(std::string_view row, char delimiter, std::vector<std::string>& cells);

/// `line` is the id of a row that has no id column.
std::optional<Fault> read_row(const Mapping& mapping, const std::vector<std::string>& cells,
                              std::uint64_t line, engine::record::Statement& out);

} // namespace interchange::csv

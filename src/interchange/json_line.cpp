#include "interchange/json_line.hpp"

#include "interchange/cut/cutter.hpp"
#include "interchange/record/json_record.hpp"

#include <optional>
#include <utility>

namespace interchange {

struct JsonLineParser::State {
    std::uint64_t bytes_max;
    record::JsonRecordParser parser;
    engine::record::Statement statement;

    std::optional<Fault> parse(std::string_view line) {
        if (line.size() > bytes_max) return cut::too_large(bytes_max);
        if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            return Fault{.reason = RejectReason::EmptyRecord,
                         .field = {},
                         .what = "There is nothing in it.",
                         .record = {}};
        }
        return parser.parse(line, statement);
    }
};

JsonLineParser::JsonLineParser(std::uint64_t bytes_max)
    : state_{new State{.bytes_max = bytes_max, .parser = {}, .statement = {}}} {}

JsonLineParser::~JsonLineParser() = default;
JsonLineParser::JsonLineParser(JsonLineParser&&) noexcept = default;
JsonLineParser& JsonLineParser::operator=(JsonLineParser&&) noexcept = default;

Result<const engine::record::Statement*, Reject> JsonLineParser::parse(std::string_view line) {
    if (std::optional<Fault> fault = state_->parse(line)) {
        return refuse(reject_of(std::move(*fault), {}));
    }
    return &state_->statement;
}

} // namespace interchange

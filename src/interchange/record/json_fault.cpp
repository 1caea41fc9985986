#include "interchange/record/json_fault.hpp"

#include "interchange/record/limits.hpp"
#include "interchange/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace interchange::record {

namespace {

/// Reads with a parser that knows places, which simdjson does not, and keeps nothing but the place
/// of the first error. Only bad lines come here.
class ErrorPlace final : public nlohmann::json_sax<nlohmann::json> {
public:
    std::size_t at = 0;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        at = position;
        return false;
    }
};

Fault fault(RejectReason reason, std::string what) {
    return {.reason = reason, .field = {}, .what = std::move(what), .record = {}};
}

} // namespace

Fault json_fault(simdjson::error_code error, std::string_view line) {
    if (error == simdjson::UTF8_ERROR || !is_valid_utf8(line)) {
        return fault(RejectReason::InvalidUtf8, "The line is not UTF-8.");
    }
    if (error == simdjson::DEPTH_ERROR) {
        return fault(RejectReason::TooDeep,
                     fmt::format("Objects and lists are nested over {} deep.", kDepthMax));
    }
    ErrorPlace place;
    const bool is_json = nlohmann::json::sax_parse(line, &place);
    if (is_json && error == simdjson::NUMBER_ERROR) {
        return fault(RejectReason::InvalidNumber, "A number of the line does not fit 64 bits.");
    }
    if (is_json) {
        return fault(RejectReason::InvalidJson,
                     fmt::format("The line cannot be read: {}.", simdjson::error_message(error)));
    }
    return fault(RejectReason::InvalidJson,
                 place.at > line.size()
                     ? fmt::format("The line ends inside the JSON, at byte {}.", line.size())
                     : fmt::format("The JSON of the line is wrong at byte {}.", place.at));
}

} // namespace interchange::record

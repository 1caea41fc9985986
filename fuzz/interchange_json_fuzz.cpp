// A line of JSONL: any bytes give a statement or a fault, and what was read is written and read
// again as the same.
#include "base/check.hpp"
#include "interchange/record/json_record.hpp"
#include "interchange/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static interchange::record::JsonRecordParser parser;
    engine::record::Statement statement;
    const std::string_view line{reinterpret_cast<const char*>(bytes), size};
    if (parser.parse(line, statement)) return 0;
    std::string written;
    interchange::append_jsonl(statement, written);
    engine::record::Statement again;
    const std::string_view without_newline{written.data(), written.size() - 1};
    check(!parser.parse(without_newline, again).has_value(), "what is written can be read");
    std::string written_again;
    interchange::append_jsonl(again, written_again);
    check(written == written_again, "and is the same");
    return 0;
}

// A line of JSONL, as a door or the database hands it over: any bytes give a statement or a reject,
// and what was read is written and read again as the same.
#include "base/check.hpp"
#include "interchange/json_line.hpp"
#include "interchange/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static interchange::JsonLineParser parser;
    const auto read = parser.parse({reinterpret_cast<const char*>(bytes), size});
    if (!read) return 0;
    std::string written;
    interchange::append_jsonl(**read, written);
    const auto again = parser.parse(written);
    check(again.has_value(), "what is written can be read");
    std::string written_again;
    interchange::append_jsonl(**again, written_again);
    check(written == written_again, "and is the same");
    return 0;
}

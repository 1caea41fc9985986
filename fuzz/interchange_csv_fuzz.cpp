// A mapping up to the first NUL byte, then rows: read with the mapping if it is one, else with a
// fixed one.
#include "interchange/csv/row.hpp"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace csv = interchange::csv;
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const std::size_t nul = std::min(input.find('\0'), input.size());
    Result<csv::Mapping, interchange::Fault> mapping = csv::parse_mapping(input.substr(0, nul));
    if (!mapping) {
        mapping = csv::parse_mapping("[dates]\nformats=[\"%d/%m/%Y\"]\n[columns]\nid=\"id\"\n"
                                     "received_at=\"date\"\nnarrative=\"text\"\n");
    }
    std::string_view rows = input.substr(std::min(nul + 1, input.size()));
    const std::string_view first = rows.substr(0, rows.find('\n'));
    static_cast<void>(csv::skeleton(first));
    Result<csv::Mapping, interchange::Fault> fitted = csv::fit(*mapping, first);
    if (!fitted) fitted = csv::fit(*mapping, "id,date,text");
    if (!fitted) return 0;
    std::vector<std::string> cells;
    engine::record::Statement statement;
    std::uint64_t line = 1;
    while (!rows.empty()) {
        const std::size_t end = std::min(rows.find('\n'), rows.size());
        csv::QuoteState quotes{fitted->delimiter};
        quotes.read(rows.substr(0, end));
        csv::split(rows.substr(0, end), fitted->delimiter, cells);
        static_cast<void>(csv::read_row(*fitted, cells, ++line, statement));
        rows.remove_prefix(std::min(end + 1, rows.size()));
    }
    return 0;
}

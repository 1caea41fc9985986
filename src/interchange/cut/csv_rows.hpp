// The first row of a CSV file, which tells where its columns are.
#pragma once

#include "interchange/csv/mapping.hpp"
#include "interchange/cut/line_reader.hpp"

namespace interchange::cut {

/// Reads the first row and fits the mapping to it.
Result<csv::Mapping, Fault> read_first_row(LineReader& lines,
                                           const Result<csv::Mapping, Fault>& mapping);

} // namespace interchange::cut

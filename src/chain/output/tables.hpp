// groups.csv and links.jsonl: the lines that other programs read.
#pragma once

#include "chain/output.hpp"

namespace chain {

/// `id,group_id`, in the order of the groups, RFC 4180: CRLF is not used, as its readers accept LF.
void write_groups(const Outcome& outcome, OutputFile& file);

/// One link a line, proposals (tier "network") after those that hold the groups together.
void write_links(const Outcome& outcome, OutputFile& file);

/// Appends a CSV field, quoted when it has to be.
void append_csv_field(std::string_view text, std::string& out);

} // namespace chain

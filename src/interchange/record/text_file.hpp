// A file of plain text or a page on its own: a letter, a note, a message that somebody received.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/reader.hpp"
#include "interchange/reject_reason.hpp"

#include <optional>
#include <string_view>

namespace interchange::record {

/// One report with one message from the suspect. UTF-8, UTF-16 with its mark, or windows-1252.
std::optional<Fault> parse_text_file(std::string_view bytes, std::string_view id, Format format,
                                     engine::record::Statement& out);

} // namespace interchange::record

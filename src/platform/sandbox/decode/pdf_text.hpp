// The words of a PDF, page after page, in the order in which they are read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::sandbox {

/// Before the doors close: the library loads its tables, the converter to UTF-8 its module.
void prepare_pdf();

/// Nothing when it is none, or encrypted; at most 200 pages and 1 MiB.
[[nodiscard]] std::optional<std::string> decode_pdf_text(std::string_view input);

} // namespace platform::sandbox

// Files inside a PDF (ISO 32000-2 §7.11.4, ISO 19005-3 annex E).
#pragma once

#include "platform/pdf/document.hpp"

#include <optional>
#include <qpdf/QPDF.hh>
#include <string>
#include <string_view>
#include <vector>

namespace platform::pdf::conformance {

void attach(QPDF& pdf, const std::vector<Attachment>& attachments);

} // namespace platform::pdf::conformance

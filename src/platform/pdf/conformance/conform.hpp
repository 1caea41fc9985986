// The pass after drawing: what PDF/A-2a and PDF/UA-1 want and cairo 1.16 does not write.
#pragma once

#include "platform/pdf/document.hpp"
#include "platform/pdf/drawing/structure.hpp"

#include <optional>
#include <string>

namespace platform::pdf::conformance {

/// Nothing when what was drawn does not have the structure that was meant: our own mistake.
[[nodiscard]] std::optional<std::string> conform(const std::string& drawn, const Document& document,
                                                 const drawing::Structure& structure);

} // namespace platform::pdf::conformance

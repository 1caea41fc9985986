// What a reader of a page sees of it, as plain text: no scripts, no hidden text, link targets
// shown.
#pragma once

#include <string>
#include <string_view>

namespace interchange::mail {

/// UTF-8 in, UTF-8 out; linear in the input, whatever it holds. A link becomes "text <target>".
[[nodiscard]] std::string html_to_text(std::string_view html);

} // namespace interchange::mail

// Character references of HTML.
#pragma once

#include <string>
#include <string_view>

namespace interchange::mail {

/// Text with its references ("&eacute;", "&#233;", "&#xE9;") replaced; unknown ones stay.
[[nodiscard]] std::string decode_entities(std::string_view text);

} // namespace interchange::mail

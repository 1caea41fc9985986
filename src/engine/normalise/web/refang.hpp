// Undoes what people do to addresses so that nobody clicks on them.
#pragma once

#include <string>
#include <string_view>

namespace engine::normalise::web {

/// "hxxps[:]//exa[.]mple (dot) com/x" → "https://exa.mple.com/x": scheme and host only, what
/// follows the host is kept as it is. Words for the dot: "dot", "point", bracketed or between
/// spaces.
[[nodiscard]] std::string refang_url(std::string_view written);

/// "jean [at] gmail point com" → "jean@gmail.com". Words for the at sign: "at", "arobase",
/// "arobas", "chez", bracketed or between spaces.
[[nodiscard]] std::string refang_email(std::string_view written);

} // namespace engine::normalise::web

// Text brought to the form in which it is compared.
#pragma once

#include <string>
#include <string_view>

namespace engine::normalise::written {

/// Unicode NFKC_Casefold: case folded, widths and ligatures undone, invisible characters gone.
/// Broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string fold_case(std::string_view text);

/// fold_case, then without accents; what is neither letter nor digit is one space, none at the
/// ends. "  Élodie  D'ARC-Müller " is "elodie d arc muller".
[[nodiscard]] std::string fold_words(std::string_view text);

/// Without white space of any width at the ends, and each run of it within as one space.
[[nodiscard]] std::string single_spaced(std::string_view text);

} // namespace engine::normalise::written

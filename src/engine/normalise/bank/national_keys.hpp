// Check digits that a country had before the IBAN and still carries within it.
#pragma once

#include <string_view>

namespace engine::normalise::bank {

/// Whether the country's own check digits hold; true where it has none that all its banks use.
/// `iban`: compact, of the registry's structure; `remainder`: remainder_97 of its BBAN.
[[nodiscard]] bool has_right_national_key(std::string_view iban, unsigned remainder);

/// Key of a French RIB: bank, branch, account and key are a multiple of 97 when letters count as
/// the digits of the Banque de France (A and J are 1, B, K and S are 2… Z is 9).
[[nodiscard]] bool has_right_rib_key(std::string_view rib);

/// Remainder by 97 of a text whose letters are the numbers 10 to 35 (ISO 7064, ISO 13616-1).
[[nodiscard]] unsigned remainder_97(std::string_view text, unsigned before = 0);

} // namespace engine::normalise::bank

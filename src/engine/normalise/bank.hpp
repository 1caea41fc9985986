// Bank identifiers: IBAN (ISO 13616-1), French RIB (key of the Banque de France), payment card
// numbers (ISO/IEC 7812-1), BIC (ISO 9362).
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise {

enum class IbanRefusal : std::uint8_t {
    UnknownCountry,
    WrongLength,
    WrongCharacter,
    WrongChecksum,    // ISO 7064 mod 97-10
    WrongNationalKey, // the country's own check digits, where the standard gives them
};

/// Canonical IBAN (compact, upper case) of `as_written`, which may hold spaces, dashes, dots, lower
/// case and "IBAN" before it. Structure, length, mod 97 and national key are checked.
[[nodiscard]] Result<std::string, IbanRefusal> parse_iban(std::string_view as_written);

/// Length of an IBAN of that country, 0 when the registry has none.
[[nodiscard]] std::size_t iban_length(char first, char second);

/// The French IBAN of a RIB: five-digit bank, five-digit branch, eleven-character account and
/// two-digit key, 23 characters without separators. Refused when the key is wrong.
[[nodiscard]] Result<std::string, IbanRefusal> iban_of_rib(std::string_view rib);

enum class CardRefusal : std::uint8_t { WrongCharacter, WrongLength, UnknownIssuer, WrongLuhn };

/// A 32-byte secret: who has it can test a guess of a card number, who has not cannot.
using CardKey = std::array<std::uint8_t, 32>;

/// "497010******1234#<16 hex digits>": first six, last four, and a keyed hash (BLAKE2b) of the
/// whole number. The number itself is kept nowhere (PCI DSS 3.4).
[[nodiscard]] Result<std::string, CardRefusal> pseudonymise_card(std::string_view digits,
                                                                 const CardKey& key);

} // namespace engine::normalise

// Telephone numbers: ITU-T E.164 numbers checked against the national numbering plans.
// The plans are generated at build from the npm package libphonenumber-js (current metadata).
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise {

/// ISO 3166-1 alpha-2 code, upper case; "001" regions are written as "ZZ".
using CountryCode = std::array<char, 2>;

constexpr CountryCode kFrance{'F', 'R'};

enum class LineKind : std::uint8_t {
    Fixed,
    Mobile,
    FixedOrMobile,
    TollFree,
    PremiumRate,
    SharedCost,
    Voip,
    Other,
};

struct PhoneNumber {
    std::string e164; // "+33612345678"
    CountryCode country{};
    LineKind kind = LineKind::Other;
};

enum class PhoneRefusal : std::uint8_t {
    NoDigits,
    TooShort,
    TooLong,
    UnknownCountryCode,
    NotInNumberingPlan,
};

/// Parses a number as people write it ("06.12.34.56.78", "+33 (0)6…", "0033…"). Separators
/// (spaces of every width, dots, dashes, slashes, brackets) are ignored. `assumed` is the country
/// whose national prefix is tried when there is no international one.
/// A Beninese number of the old eight-digit plan is brought to the plan of 30 November 2024
/// (+229 01 + eight digits), an Ivorian one to the plan of 31 January 2021 (ten digits).
[[nodiscard]] Result<PhoneNumber, PhoneRefusal> parse_phone(std::string_view as_written,
                                                            CountryCode assumed = kFrance);

/// The same on digits alone, without separators or '+': `digits` is country code + national number
/// ("33612345678"). The hot path of the scanner: no allocation but the result's.
[[nodiscard]] Result<PhoneNumber, PhoneRefusal> parse_e164_digits(std::string_view digits);

/// The same for national digits, national prefix included ("0612345678").
[[nodiscard]] Result<PhoneNumber, PhoneRefusal> parse_national_digits(std::string_view digits,
                                                                      CountryCode country);

} // namespace engine::normalise

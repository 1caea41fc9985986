// Account names and numbers without a registry of their own: handles on platforms, prepaid
// vouchers, parcels, orders, names of people.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise {

enum class CodeRefusal : std::uint8_t { Empty, WrongLength, WrongCharacter, WrongChecksum };

/// "telegram:jean_dupont": platform, colon, account in lower case without "@". The platform is
/// "unknown" when `platform` is empty. Names of platforms are brought to one spelling.
[[nodiscard]] Result<std::string, CodeRefusal> parse_handle(std::string_view account,
                                                            std::string_view platform);

/// Prepaid voucher codes (PCS, Transcash, Neosurf, paysafecard, Google Play, Steam, Apple…):
/// upper case without separators, prefixed by the kind of voucher when it is known ("pcs:…").
[[nodiscard]] Result<std::string, CodeRefusal> parse_voucher(std::string_view as_written,
                                                             std::string_view brand = {});

/// Parcel numbers: UPU S10 ("LB123456785FR", mod 11), La Poste, Chronopost, UPS ("1Z…").
[[nodiscard]] Result<std::string, CodeRefusal> parse_parcel(std::string_view as_written);

/// Order or file references, compared as upper case letters and digits.
[[nodiscard]] Result<std::string, CodeRefusal> parse_order(std::string_view as_written);

/// A person's name for comparison: case folded, accents off, single spaces.
[[nodiscard]] Result<std::string, CodeRefusal> parse_name(std::string_view as_written);

} // namespace engine::normalise

// The tracking code of a declaration: eighty bits that only the key ring and whoever was given them
// know. Derived, not stored: the database cannot tell it, and an answer that got lost can be given
// again.
#pragma once

#include "platform/crypto/keys.hpp"

#include <string>
#include <string_view>

namespace intake {

constexpr std::size_t kCodeCharacters = 16;

[[nodiscard]] std::string tracking_code_of(const platform::crypto::KeyRing& keys,
                                           std::string_view reference);

} // namespace intake

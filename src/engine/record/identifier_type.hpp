// The kinds of identifiers that the interchange format knows (docs/interchange.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace engine::record {

enum class IdentifierType : std::uint8_t {
    Phone,
    Email,
    Iban,
    Card,
    Url,
    Domain,
    Ip,
    Wallet,
    Handle,
    Voucher,
    Parcel,
    Order,
    Name,
};

constexpr std::size_t kIdentifierTypes = 13;

/// Names as written in files, in the order of the enumerators.
constexpr std::array<std::string_view, kIdentifierTypes> kIdentifierTypeNames{
    "phone",  "email",  "iban",    "card",   "url",   "domain", "ip",
    "wallet", "handle", "voucher", "parcel", "order", "name"};

[[nodiscard]] constexpr std::string_view name_of(IdentifierType type) {
    return kIdentifierTypeNames[static_cast<std::size_t>(type)];
}

[[nodiscard]] constexpr std::optional<IdentifierType> identifier_type(std::string_view name) {
    for (std::size_t i = 0; i < kIdentifierTypes; ++i) {
        if (kIdentifierTypeNames[i] == name) return static_cast<IdentifierType>(i);
    }
    return std::nullopt;
}

/// Whose is it? Only the suspect's identifiers link people.
enum class Role : std::uint8_t { Suspect, Victim, ThirdParty };

constexpr std::array<std::string_view, 3> kRoleNames{"suspect", "victim", "third_party"};

[[nodiscard]] constexpr std::string_view name_of(Role role) {
    return kRoleNames[static_cast<std::size_t>(role)];
}

} // namespace engine::record

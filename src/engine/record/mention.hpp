// An identifier found in a statement: what it is, where it stands, whose it is.
#pragma once

#include "engine/record/identifier_type.hpp"
#include "engine/record/statement.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::record {

/// The texts of a statement in which a mention can stand.
enum class FieldKind : std::uint8_t {
    Narrative,
    Message,          // messages/<index>/text
    Identifier,       // identifiers/<index>/value
    PersonaHandle,    // personas/<index>/handle
    PersonaName,      // personas/<index>/name
    PersonaPseudonym, // personas/<index>/pseudonym
    PaymentTo,        // payments/<index>/to
};

struct Field {
    FieldKind kind = FieldKind::Narrative;
    std::uint16_t index = 0;
    friend constexpr bool operator==(Field, Field) = default;
};

/// "narrative", "messages/3/text", "identifiers/0/value"…
[[nodiscard]] std::string path_of(Field field);

/// The text of that field; empty when the statement has no such field.
[[nodiscard]] std::string_view text_of(const Statement& statement, Field field);

/// Which recogniser or role rule spoke last. Its name is what `maillon extract` prints as "rule".
struct Mention {
    IdentifierType type = IdentifierType::Name;
    Role role = Role::Suspect;
    std::uint8_t confidence = 100; // percent that value and role are right
    Field field;
    std::uint32_t start = 0; // bytes in text_of(field), UTF-8
    std::uint32_t end = 0;   // one past the last byte
    std::string value;       // canonical
    std::string_view rule;   // a string literal, e.g. "phone.fr", "role.my_number"
};

} // namespace engine::record

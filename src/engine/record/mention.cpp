#include "engine/record/mention.hpp"

namespace engine::record {

std::string path_of(Field field) {
    const std::string index = std::to_string(field.index);
    switch (field.kind) {
    case FieldKind::Narrative: return "narrative";
    case FieldKind::Message: return "messages/" + index + "/text";
    case FieldKind::Identifier: return "identifiers/" + index + "/value";
    case FieldKind::PersonaHandle: return "personas/" + index + "/handle";
    case FieldKind::PersonaName: return "personas/" + index + "/name";
    case FieldKind::PersonaPseudonym: return "personas/" + index + "/pseudonym";
    case FieldKind::PaymentTo: return "payments/" + index + "/to";
    }
    return {};
}

std::string_view text_of(const Statement& statement, Field field) {
    const std::size_t i = field.index;
    switch (field.kind) {
    case FieldKind::Narrative: return statement.narrative;
    case FieldKind::Message:
        return i < statement.messages.size() ? std::string_view{statement.messages[i].text} : "";
    case FieldKind::Identifier:
        return i < statement.identifiers.size() ? std::string_view{statement.identifiers[i].value}
                                                : "";
    case FieldKind::PersonaHandle:
        return i < statement.personas.size() ? std::string_view{statement.personas[i].handle} : "";
    case FieldKind::PersonaName:
        return i < statement.personas.size() ? std::string_view{statement.personas[i].name} : "";
    case FieldKind::PersonaPseudonym:
        return i < statement.personas.size() ? std::string_view{statement.personas[i].pseudonym}
                                             : "";
    case FieldKind::PaymentTo:
        return i < statement.payments.size() ? std::string_view{statement.payments[i].to} : "";
    }
    return {};
}

} // namespace engine::record

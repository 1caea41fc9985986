#include "engine/memory/mentions.hpp"

#include <set>
#include <string_view>
#include <utility>

namespace engine::memory {

void give_back_own(std::span<record::Mention> mentions) {
    std::set<std::pair<record::IdentifierType, std::string_view>> own;
    for (const record::Mention& each : mentions) {
        if (each.field.kind == record::FieldKind::Identifier && each.role == record::Role::Victim &&
            each.type != record::IdentifierType::Domain) { // of their mail: the provider's
            own.emplace(each.type, each.value);
        }
    }
    if (own.empty()) return;
    for (record::Mention& each : mentions) {
        if (each.role != record::Role::Suspect || !own.contains({each.type, each.value})) continue;
        each.role = record::Role::Victim;
        each.rule = "role.declared_own";
    }
}

Mentions mentions_of(const record::Statement& statement, const extract::ExtractPolicy& policy) {
    std::vector<record::Mention> all;
    extract::extract(statement, policy, all);
    give_back_own(all);
    Mentions out;
    for (record::Mention& mention : all) {
        switch (mention.role) {
        case record::Role::Suspect: out.author.push_back(std::move(mention)); break;
        case record::Role::Victim: out.declarant.push_back(std::move(mention)); break;
        case record::Role::ThirdParty: out.third_party.push_back(std::move(mention)); break;
        }
    }
    return out;
}

} // namespace engine::memory

#include "engine/memory/mentions.hpp"

#include <utility>

namespace engine::memory {

Mentions mentions_of(const record::Statement& statement, const extract::ExtractPolicy& policy) {
    std::vector<record::Mention> all;
    extract::extract(statement, policy, all);
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

// Whose identifiers a declaration names, apart: what the author of the scam used may be compared
// and shown to those who work on it; what is the declarant's own is kept where only their own file
// is read.
#pragma once

#include "engine/extract/extract.hpp"
#include "engine/record/mention.hpp"
#include "engine/record/statement.hpp"

#include <span>
#include <vector>

namespace engine::memory {

struct Mentions {
    std::vector<record::Mention> author; // Role::Suspect: the only ones that link
    std::vector<record::Mention> declarant;
    std::vector<record::Mention> third_party;
};

/// What a declarant declares as their own is theirs wherever it stands: in their story too,
/// whatever the words around it suggest.
void give_back_own(std::span<record::Mention> mentions);

/// Every mention of the statement, by whose it is; each part in the order of its places.
[[nodiscard]] Mentions mentions_of(const record::Statement& statement,
                                   const extract::ExtractPolicy& policy);

} // namespace engine::memory

// Whose name stands in a domain that is not theirs.
#pragma once

#include "engine/risk/table/risk_table.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace engine::risk::structure {

enum class Likeness : std::uint8_t {
    NameInside, // the body's whole domain, below another: ameli.fr.exemple.org
    Token,      // its name as a part of another domain: mes-impots.exemple
    Letters,    // a letter away from its domain, or with letters that pass for its own
};

struct Imitation {
    const table::Brand* brand = nullptr;
    Likeness likeness = Likeness::Token;
};

/// `host` is canonical and no body's own. `claimed`: bodies that the message names; the short names
/// of four letters or fewer count for them alone, unless words of swindlers' pages stand beside.
[[nodiscard]] std::optional<Imitation> imitated(std::string_view host,
                                                std::span<const table::Brand* const> claimed);

/// A name that is made of the words of swindlers' pages alone: "creneau-relivraison.info".
[[nodiscard]] bool is_story_domain(std::string_view host);

/// One insertion, deletion, change or swap of neighbours makes one the other.
[[nodiscard]] bool one_letter_away(std::string_view one, std::string_view other);

} // namespace engine::risk::structure

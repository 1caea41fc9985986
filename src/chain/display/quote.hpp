// Evidence in the text: where a shared identifier stands, in the words of the record.
#pragma once

#include "chain/display/shown.hpp"

#include <optional>

namespace chain {

/// Where a key stands in one record.
struct Place {
    engine::link::KeyIndex key = 0;
    engine::link::KeyKind kind = engine::link::KeyKind::Phone;
    engine::record::Role role = engine::record::Role::Suspect;
    engine::record::Field field{};
    Span span;
};

struct Quote {
    engine::record::Field field{};
    std::vector<Stretch> stretches;
};

/// Does somebody's own text stand in that field, rather than a value alone?
[[nodiscard]] bool is_told(engine::record::Field field);

/// The words around `about` in the statement, where somebody tells of it if anybody does, with
/// every place of `marked` in that field marked. A reused text is marked only when the quote is
/// about it: it would cover the rest. Hidden: what is the victim's own (in every place where it
/// stands in this record) and cards. Nothing when the text no longer has that place.
[[nodiscard]] std::optional<Quote> quote(const engine::record::Statement& statement,
                                         std::span<const Place> places,
                                         engine::link::KeyIndex about,
                                         std::span<const engine::link::KeyIndex> marked);

} // namespace chain

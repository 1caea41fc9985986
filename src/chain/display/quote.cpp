#include "chain/display/quote.hpp"

#include "engine/record/mention.hpp"

#include <algorithm>

namespace chain {
namespace {

using engine::link::KeyIndex;
using engine::link::KeyKind;
using engine::record::Role;

bool is_hidden(const Place& place, std::span<const Place> places) {
    if (place.kind == KeyKind::Card) return true;
    return std::any_of(places.begin(), places.end(), [&](const Place& other) {
        return other.key == place.key && other.role == Role::Victim;
    });
}

} // namespace

bool is_told(engine::record::Field field) {
    return field.kind == engine::record::FieldKind::Narrative ||
           field.kind == engine::record::FieldKind::Message;
}

std::optional<Quote> quote(const engine::record::Statement& statement,
                           std::span<const Place> places, KeyIndex about,
                           std::span<const KeyIndex> marked) {
    const auto is_about = [&](const Place& each) {
        return each.key == about && each.role == Role::Suspect;
    };
    auto place = std::find_if(places.begin(), places.end(), [&](const Place& each) {
        return is_about(each) && is_told(each.field);
    });
    if (place == places.end()) place = std::find_if(places.begin(), places.end(), is_about);
    if (place == places.end()) return std::nullopt;
    const std::string_view text = engine::record::text_of(statement, place->field);
    if (place->span.end > text.size() || place->span.start >= place->span.end) return std::nullopt;

    std::vector<Span> marked_spans;
    std::vector<Span> hidden_spans;
    for (const Place& each : places) {
        if (each.field != place->field) continue;
        if (is_hidden(each, places)) {
            hidden_spans.push_back(each.span);
        } else if (each.role == Role::Suspect &&
                   (each.kind != KeyKind::Script || each.key == about) &&
                   std::find(marked.begin(), marked.end(), each.key) != marked.end()) {
            marked_spans.push_back(each.span);
        }
    }
    return Quote{.field = place->field,
                 .stretches = excerpt(text, place->span, marked_spans, hidden_spans)};
}

} // namespace chain

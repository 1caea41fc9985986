#include "chain/report/parts.hpp"

#include "engine/record/mention.hpp"

#include <algorithm>
#include <set>

namespace chain {
namespace {

using engine::link::KeyIndex;
using engine::link::RecordIndex;

constexpr std::size_t kExcerptsPerGroup = 3;
constexpr std::size_t kMarkedKeysMax = 64;

std::vector<Place> places_of(const Outcome& outcome, RecordIndex record) {
    std::vector<Place> places;
    for (const engine::link::Occurrence& place : outcome.corpus.occurrences(record)) {
        places.push_back({.key = place.key,
                          .kind = outcome.corpus.kind(place.key),
                          .role = place.role,
                          .field = place.field,
                          .span = {place.start, place.start + place.length}});
    }
    return places;
}

/// A record of the group, not taken yet, that tells of the key in somebody's words.
std::optional<RecordIndex> teller_of(const Outcome& outcome, std::span<const RecordIndex> members,
                                     KeyIndex key, const std::set<RecordIndex>& taken) {
    for (const RecordIndex record : outcome.corpus.records(key)) {
        if (taken.contains(record) || !std::binary_search(members.begin(), members.end(), record)) {
            continue;
        }
        const std::span<const engine::link::Occurrence> places = outcome.corpus.occurrences(record);
        const bool tells =
            std::any_of(places.begin(), places.end(), [key](const engine::link::Occurrence& place) {
                return place.key == key && place.role == engine::record::Role::Suspect &&
                       is_told(place.field);
            });
        if (tells) return record;
    }
    return std::nullopt;
}

} // namespace

void ExcerptReader::want(std::span<const RecordIndex> members, const std::vector<GroupKey>& keys,
                         std::size_t card) {
    if (marked_.size() <= card) marked_.resize(card + 1);
    for (const GroupKey& key : keys) {
        if (marked_[card].size() < kMarkedKeysMax) marked_[card].push_back(key.key);
    }
    // One record for each of the widest identifiers, another one each time. An identifier that
    // stands in declared fields only has no words around it.
    std::set<RecordIndex> taken;
    for (const GroupKey& key : keys) {
        if (taken.size() == kExcerptsPerGroup) return;
        if (outcome_.corpus.kind(key.key) == engine::link::KeyKind::Card) continue; // never shown
        const std::optional<RecordIndex> record = teller_of(outcome_, members, key.key, taken);
        if (!record) continue;
        taken.insert(*record);
        wanted_.push_back({.record = *record, .about = key.key, .card = card});
    }
}

void ExcerptReader::read(std::vector<GroupCard>& cards) const {
    std::vector<interchange::Source> sources;
    for (const Wanted& wanted : wanted_) {
        sources.push_back(outcome_.sources[outcome_.corpus.tag(wanted.record)]);
    }
    std::vector<std::optional<Excerpt>> found(wanted_.size());
    interchange::read_again(
        outcome_.files, outcome_.read, sources,
        [&](std::size_t i, const engine::record::Statement& statement) {
            if (i >= wanted_.size() || statement.id != outcome_.corpus.id(wanted_[i].record)) {
                return; // the file has changed since
            }
            const Wanted& wanted = wanted_[i];
            const std::optional<Quote> quoted = quote(statement, places_of(outcome_, wanted.record),
                                                      wanted.about, marked_[wanted.card]);
            if (!quoted) return;
            const auto at = outcome_.corpus.received_at(wanted.record);
            found[i] = Excerpt{.record = shown_text(statement.id, 60),
                               .date = at ? to_iso_date(*at) : "",
                               .field = engine::record::path_of(quoted->field),
                               .stretches = quoted->stretches};
        });
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
        if (found[i]) cards[wanted_[i].card].excerpts.push_back(*std::move(found[i]));
    }
}

} // namespace chain

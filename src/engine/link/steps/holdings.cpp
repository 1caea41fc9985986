#include "engine/link/steps/holdings.hpp"

#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace engine::link::steps {
namespace {

constexpr LinkKey kNone = std::numeric_limits<LinkKey>::max();

/// The link key of every corpus key, or kNone.
std::vector<LinkKey> number_keys(const Corpus& corpus, const Priors& priors, Holdings& result) {
    std::vector<LinkKey> link_key(corpus.keys(), kNone);
    for (KeyIndex key = 0; key < corpus.keys(); ++key) {
        const std::size_t holders = corpus.records(key).size();
        if (holders == 0) continue;
        const KeyKind kind = corpus.kind(key);
        result.universe[static_cast<std::size_t>(kind)] += 1;
        const bool listed = key < priors.listed.size() && priors.listed[key];
        if (holders < 2 || listed) continue;
        link_key[key] = static_cast<LinkKey>(result.kinds.size());
        result.kinds.push_back(kind);
        result.corpus_key.push_back(key);
    }
    for (double& distinct : result.universe) distinct = std::max(distinct, kUniverseMin);
    return link_key;
}

struct Place {
    std::uint32_t field = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t held = 0; // index into the record's holdings
};

/// Gives one anchor to keys whose places overlap: a URL and its domain, a number inside a link.
void anchor(std::vector<Place>& places, std::span<Held> held) {
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        if (a.field != b.field) return a.field < b.field;
        if (a.start != b.start) return a.start < b.start;
        return a.end > b.end;
    });
    for (std::uint32_t i = 0; i < held.size(); ++i) held[i].anchor = i;
    std::uint32_t end = 0;
    std::uint32_t owner = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Place& place = places[i];
        const bool inside = i > 0 && places[i - 1].field == place.field && place.start < end;
        if (inside) {
            held[place.held].anchor = held[owner].anchor;
            end = std::max(end, place.end);
        } else {
            owner = place.held;
            end = place.end;
        }
    }
}

void keep_rarest(std::vector<Held>& held, std::vector<Place>& places, const Corpus& corpus,
                 const Holdings& result) {
    if (held.size() <= kKeysPerRecordMax) return;
    std::vector<std::uint32_t> order(held.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto holders = [&](std::uint32_t i) {
        return corpus.records(result.corpus_key[held[i].key]).size();
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return holders(a) != holders(b) ? holders(a) < holders(b) : a < b;
    });
    order.resize(kKeysPerRecordMax);
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> place_of(held.size(), kNone);
    std::vector<Held> kept;
    for (const std::uint32_t i : order) {
        place_of[i] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(held[i]);
    }
    held = std::move(kept);
    std::erase_if(places, [&](Place& place) {
        place.held = place_of[place.held];
        return place.held == kNone;
    });
}

std::vector<Day> days_of(const Corpus& corpus) {
    constexpr UnixSeconds kSecondsPerDay = 86'400;
    std::vector<Day> days(corpus.size(), kUnknownDay);
    for (RecordIndex record = 0; record < corpus.size(); ++record) {
        const std::optional<UnixSeconds> at = corpus.received_at(record);
        if (!at || *at < 0 || *at >= kUnknownDay * kSecondsPerDay) continue;
        days[record] = static_cast<Day>(*at / kSecondsPerDay);
    }
    return days;
}

} // namespace

Holdings holdings(const Corpus& corpus, const Priors& priors) {
    Holdings result;
    const std::vector<LinkKey> link_key = number_keys(corpus, priors, result);
    result.first.reserve(corpus.size() + 1);
    result.first.push_back(0);
    std::vector<Held> held;
    std::vector<Place> places;
    for (RecordIndex record = 0; record < corpus.size(); ++record) {
        held.clear();
        places.clear();
        for (const Occurrence& occurrence : corpus.occurrences(record)) {
            if (occurrence.role != record::Role::Suspect) continue;
            const LinkKey key = link_key[occurrence.key];
            if (key == kNone) continue;
            if (held.empty() || held.back().key != key) held.push_back({key, 0});
            const auto field =
                static_cast<std::uint32_t>(occurrence.field.kind) << 16 | occurrence.field.index;
            // A script spans the text that it was made from, with its identifiers masked out: it
            // overlaps nothing.
            const bool script = result.kinds[key] == KeyKind::Script;
            places.push_back({script ? std::numeric_limits<std::uint32_t>::max() - key : field,
                              occurrence.start, occurrence.start + occurrence.length,
                              static_cast<std::uint32_t>(held.size() - 1)});
        }
        keep_rarest(held, places, corpus, result);
        anchor(places, held);
        result.held.insert(result.held.end(), held.begin(), held.end());
        result.first.push_back(result.held.size());
    }
    result.day = days_of(corpus);
    result.degree.assign(result.keys(), 0);
    for (const Held& each : result.held) ++result.degree[each.key];
    return result;
}

} // namespace engine::link::steps

#include "chain/report/page.hpp"

#include "chain/output.hpp"
#include "chain/report/parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace chain {
namespace {

using engine::link::GroupIndex;
using engine::link::KeyIndex;
using engine::link::RecordIndex;
using engine::link::VerdictKind;

// What the page holds at most: it stays under three megabytes and can be read by a person.
constexpr std::size_t kLargestMax = 10;
constexpr std::size_t kNewestMax = 10;
constexpr std::size_t kRowsMax = 2000;
constexpr std::size_t kRowBytesMax = 1'200'000;
constexpr std::size_t kProposalsMax = 50;
constexpr std::size_t kHubsMax = 50;
constexpr std::size_t kIdentifiersPerCard =
    24; // those of the drawing: its twin for who cannot see it
constexpr std::size_t kScamTypesPerCard = 6;
constexpr std::size_t kIdsPerRow = 8;
constexpr std::size_t kNameCharactersMax = 40;

struct Period {
    std::string first;
    std::string last;
};

Period period_of(const Outcome& outcome, std::span<const RecordIndex> members) {
    std::optional<UnixSeconds> first;
    std::optional<UnixSeconds> last;
    for (const RecordIndex record : members) {
        const std::optional<UnixSeconds> at = outcome.corpus.received_at(record);
        if (!at) continue;
        first = first ? std::min(*first, *at) : *at;
        last = last ? std::max(*last, *at) : *at;
    }
    if (!first || !last) return {};
    return {to_iso_date(*first), to_iso_date(*last)};
}

std::vector<std::pair<std::string, std::size_t>>
scam_types_of(const Outcome& outcome, std::span<const RecordIndex> members) {
    std::map<std::string_view, std::size_t> counts;
    for (const RecordIndex record : members) ++counts[outcome.corpus.scam_type(record)];
    std::vector<std::pair<std::string, std::size_t>> out;
    for (const auto& [type, count] : counts) {
        if (!type.empty()) out.emplace_back(shown_text(type, kNameCharactersMax), count);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (out.size() > kScamTypesPerCard) out.resize(kScamTypesPerCard);
    return out;
}

Bilingual weight_of(float bits) {
    return {short_weight(wording(Language::French), bits),
            short_weight(wording(Language::English), bits)};
}

IdentifierRow row_of(const Outcome& outcome, GroupKey key, float bits) {
    const engine::link::KeyKind kind = outcome.corpus.kind(key.key);
    return {.kind = kind_in_words(kind),
            .value = shown_value(kind, outcome.corpus.value(key.key)),
            .records = key.records,
            .weight = bits > 0 ? weight_of(bits) : Bilingual{}};
}

GroupCard card_of(const Outcome& outcome, GroupIndex group, const std::vector<GroupKey>& keys) {
    const std::vector<RecordIndex>& members = outcome.grouping.groups[group];
    const Period period = period_of(outcome, members);
    GroupCard card{.name = engine::link::group_name(outcome.corpus, outcome.grouping, group),
                   .size = members.size(),
                   .first = period.first,
                   .last = period.last,
                   .scam_types = scam_types_of(outcome, members)};
    for (std::size_t i = 0; i < std::min(keys.size(), kIdentifiersPerCard); ++i) {
        const float bits = outcome.grouping.verdicts[keys[i].key].bits;
        card.identifiers.push_back(row_of(outcome, keys[i], bits));
    }
    card.identifier_count = keys.size();
    card.timeline = timeline_of(outcome, members);
    card.picture = picture_of(outcome, members, keys);
    return card;
}

/// Groups of two or more whose first record is the latest, newest first.
std::vector<GroupIndex> newest_groups(const Outcome& outcome, std::size_t from) {
    std::vector<std::pair<UnixSeconds, GroupIndex>> begun;
    for (std::size_t group = from; group < outcome.grouping.groups.size(); ++group) {
        const std::vector<RecordIndex>& members = outcome.grouping.groups[group];
        if (members.size() < 2) break; // groups come by falling size
        std::optional<UnixSeconds> first;
        for (const RecordIndex record : members) {
            const std::optional<UnixSeconds> at = outcome.corpus.received_at(record);
            if (at && (!first || *at < *first)) first = at;
        }
        if (first) begun.emplace_back(-*first, static_cast<GroupIndex>(group));
    }
    std::sort(begun.begin(), begun.end());
    std::vector<GroupIndex> out;
    for (const auto& [at, group] : begun) {
        if (out.size() < kNewestMax) out.push_back(group);
    }
    return out;
}

void add_cards(const Outcome& outcome, ReportPage& page) {
    std::vector<GroupIndex> shown;
    for (std::size_t group = 0; group < outcome.grouping.groups.size(); ++group) {
        if (group == kLargestMax || outcome.grouping.groups[group].size() < 2) break;
        shown.push_back(static_cast<GroupIndex>(group));
    }
    const std::size_t largest = shown.size();
    for (const GroupIndex group : newest_groups(outcome, largest)) shown.push_back(group);

    std::vector<GroupCard> cards;
    ExcerptReader excerpts{outcome};
    for (const GroupIndex group : shown) {
        const std::vector<GroupKey> keys = tying_keys(outcome, outcome.grouping.groups[group]);
        excerpts.want(outcome.grouping.groups[group], keys, cards.size());
        cards.push_back(card_of(outcome, group, keys));
    }
    excerpts.read(cards);
    const auto middle = cards.begin() + static_cast<std::ptrdiff_t>(largest);
    page.largest.assign(std::make_move_iterator(cards.begin()), std::make_move_iterator(middle));
    page.newest.assign(std::make_move_iterator(middle), std::make_move_iterator(cards.end()));
}

GroupRow table_row(const Outcome& outcome, GroupIndex group) {
    const std::vector<RecordIndex>& members = outcome.grouping.groups[group];
    const Period period = period_of(outcome, members);
    GroupRow row{.name = engine::link::group_name(outcome.corpus, outcome.grouping, group),
                 .size = members.size(),
                 .first = period.first,
                 .last = period.last};
    for (const auto& [type, count] : scam_types_of(outcome, members)) {
        if (!row.scam_types.empty()) row.scam_types += ", ";
        row.scam_types += type;
    }
    constexpr std::size_t kMembersLookedAt = 200; // a row is a glance; the card looks at all
    const std::span<const RecordIndex> looked{members.data(),
                                              std::min(members.size(), kMembersLookedAt)};
    std::vector<GroupKey> keys = tying_keys(outcome, looked);
    if (keys.size() > 2) keys.resize(2);
    for (const GroupKey& key : keys) {
        if (!row.identifiers.empty()) row.identifiers += ", ";
        row.identifiers +=
            shown_text(shown_value(outcome.corpus.kind(key.key), outcome.corpus.value(key.key)),
                       kNameCharactersMax);
    }
    for (std::size_t i = 0; i < std::min(members.size(), kIdsPerRow); ++i) {
        if (i > 0) row.ids += ", ";
        row.ids += shown_text(outcome.corpus.id(members[i]), kNameCharactersMax);
    }
    row.ids_left_out = members.size() - std::min(members.size(), kIdsPerRow);
    return row;
}

/// Bytes that a row takes in the page at most: escaping makes up to six of one.
std::size_t bytes_of(const GroupRow& row) {
    const auto escaped = [](std::string_view text) {
        const auto specials = std::count_if(text.begin(), text.end(), [](char c) {
            return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
        });
        return text.size() + static_cast<std::size_t>(specials) * 5;
    };
    constexpr std::size_t kMarkup = 200;
    return kMarkup + escaped(row.scam_types) + escaped(row.identifiers) + escaped(row.ids);
}

void add_all(const Outcome& outcome, ReportPage& page) {
    std::size_t bytes = 0;
    for (std::size_t group = 0; group < outcome.grouping.groups.size(); ++group) {
        if (outcome.grouping.groups[group].size() < 2 || page.all.size() == kRowsMax) return;
        GroupRow row = table_row(outcome, static_cast<GroupIndex>(group));
        bytes += bytes_of(row);
        if (bytes > kRowBytesMax) return;
        page.all.push_back(std::move(row));
    }
}

void add_proposals(const Outcome& outcome, ReportPage& page) {
    std::vector<engine::link::Link> links = outcome.grouping.proposals;
    const auto size_of = [&](RecordIndex record) {
        return outcome.grouping.groups[outcome.grouping.group_of[record]].size();
    };
    // First what would change most: the likeliest between the largest.
    const auto stake = [&](const engine::link::Link& link) {
        return static_cast<double>(link.probability) *
               static_cast<double>(std::min(size_of(link.a), size_of(link.b)));
    };
    const std::size_t shown = std::min(links.size(), kProposalsMax);
    std::partial_sort(links.begin(), links.begin() + static_cast<std::ptrdiff_t>(shown),
                      links.end(), [&](const engine::link::Link& x, const engine::link::Link& y) {
                          const double more = stake(x);
                          const double less = stake(y);
                          if (more != less) return more > less;
                          return std::pair{x.a, x.b} < std::pair{y.a, y.b};
                      });
    for (std::size_t i = 0; i < shown; ++i) {
        const engine::link::Link& link = links[i];
        const auto name_of_group = [&](RecordIndex record) {
            return engine::link::group_name(outcome.corpus, outcome.grouping,
                                            outcome.grouping.group_of[record]);
        };
        ProposalRow row{.group_a = name_of_group(link.a),
                        .group_b = name_of_group(link.b),
                        .record_a = shown_text(outcome.corpus.id(link.a), kNameCharactersMax),
                        .record_b = shown_text(outcome.corpus.id(link.b), kNameCharactersMax)};
        const double percent = 100.0 * static_cast<double>(link.probability);
        row.percent = static_cast<std::size_t>(std::clamp(std::lround(percent), 0L, 99L));
        for (const engine::link::Evidence& evidence : outcome.grouping.evidence_of(link)) {
            const GroupKey key{.key = evidence.key,
                               .records = outcome.corpus.records(evidence.key).size()};
            row.evidence.push_back(row_of(outcome, key, evidence.bits));
        }
        page.proposals.push_back(std::move(row));
    }
    page.proposal_count = links.size();
}

void add_hubs(const Outcome& outcome, ReportPage& page) {
    std::vector<GroupKey> hubs;
    for (std::size_t i = 0; i < outcome.grouping.verdicts.size(); ++i) {
        const VerdictKind verdict = outcome.grouping.verdicts[i].kind;
        if (verdict != VerdictKind::Hub && verdict != VerdictKind::Listed &&
            verdict != VerdictKind::Shared) {
            continue;
        }
        const auto key = static_cast<KeyIndex>(i);
        const std::size_t records = outcome.corpus.records(key).size();
        if (records > 1) hubs.push_back({.key = key, .records = records});
    }
    page.hub_count = hubs.size();
    std::stable_sort(hubs.begin(), hubs.end(),
                     [](const GroupKey& a, const GroupKey& b) { return a.records > b.records; });
    if (hubs.size() > kHubsMax) hubs.resize(kHubsMax);
    for (const GroupKey& hub : hubs) {
        const engine::link::KeyKind kind = outcome.corpus.kind(hub.key);
        const engine::link::Verdict& verdict = outcome.grouping.verdicts[hub.key];
        page.hubs.push_back(
            {.kind = kind_in_words(kind),
             .value = shown_value(kind, outcome.corpus.value(hub.key)),
             .records = hub.records,
             .reason = {verdict_in_words(wording(Language::French), verdict, hub.records),
                        verdict_in_words(wording(Language::English), verdict, hub.records)}});
    }
}

void scale(std::vector<ChartRow>& rows) {
    std::size_t longest = 1;
    for (const ChartRow& row : rows) longest = std::max(longest, row.count);
    for (ChartRow& row : rows) {
        row.percent = 100.0 * static_cast<double>(row.count) / static_cast<double>(longest);
    }
}

void add_charts(const Outcome& outcome, ReportPage& page) {
    constexpr std::size_t kUpTo[] = {1, 2, 5, 10, 20, 50, 100, 1000, SIZE_MAX};
    constexpr const char* kNames[] = {"1",     "2",      "3–5",      "6–10",  "11–20",
                                      "21–50", "51–100", "101–1000", "1001 +"};
    for (const char* const name : kNames) page.sizes.push_back({.name = {name, name}});
    for (const std::vector<RecordIndex>& members : outcome.grouping.groups) {
        const auto* const size_class =
            std::lower_bound(std::begin(kUpTo), std::end(kUpTo), members.size());
        ++page.sizes[static_cast<std::size_t>(size_class - std::begin(kUpTo))].count;
        if (members.size() < 2) continue;
        ++page.groups;
        page.records_in_groups += members.size();
    }
    scale(page.sizes);
    for (const auto& [reason, count] : outcome.counts.rejected_by_reason) {
        const std::string shown = shown_text(reason, 60);
        page.rejects.push_back({.name = {shown, shown}, .count = count});
    }
    scale(page.rejects);
}

} // namespace

Bilingual kind_in_words(engine::link::KeyKind kind) {
    const auto i = static_cast<std::size_t>(kind);
    return {std::string{wording(Language::French).kinds[i]},
            std::string{wording(Language::English).kinds[i]}};
}

std::vector<GroupKey> tying_keys(const Outcome& outcome, std::span<const RecordIndex> members) {
    std::unordered_map<KeyIndex, std::size_t> records;
    for (const RecordIndex record : members) {
        std::optional<KeyIndex> previous; // occurrences come grouped by key
        for (const engine::link::Occurrence& place : outcome.corpus.occurrences(record)) {
            if (place.role != engine::record::Role::Suspect || place.key == previous) continue;
            previous = place.key;
            if (outcome.grouping.verdicts[place.key].kind == VerdictKind::Links) {
                ++records[place.key];
            }
        }
    }
    std::vector<GroupKey> out;
    for (const auto& [key, count] : records) {
        if (count > 1) out.push_back({.key = key, .records = count});
    }
    std::sort(out.begin(), out.end(), [](const GroupKey& a, const GroupKey& b) {
        return a.records != b.records ? a.records > b.records : a.key < b.key;
    });
    return out;
}

ReportPage page_of(const Outcome& outcome) {
    ReportPage page{.version = std::string{program_version()},
                    .records_in = outcome.counts.in,
                    .linked = outcome.counts.linked,
                    .rejected = outcome.counts.rejected};
    std::vector<RecordIndex> everyone(outcome.corpus.size());
    for (std::size_t i = 0; i < everyone.size(); ++i) everyone[i] = static_cast<RecordIndex>(i);
    const Period period = period_of(outcome, everyone);
    page.first = period.first;
    page.last = period.last;
    add_charts(outcome, page);
    add_cards(outcome, page);
    add_proposals(outcome, page);
    add_hubs(outcome, page);
    add_all(outcome, page);
    return page;
}

} // namespace chain

#include "linking/state/difference.hpp"

#include "linking/state/names.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace linking::state {
namespace {

using engine::link::GroupIndex;
using engine::link::Link;
using engine::link::RecordIndex;
using engine::memory::Snapshot;

void compare_members(const Snapshot& found, const Standing& standing,
                     const std::vector<const std::string*>& before,
                     const std::vector<std::string>& names, Difference& out) {
    std::size_t known = 0;
    for (RecordIndex record = 0; record < found.corpus.size(); ++record) {
        const std::string& name = names[found.grouping.group_of[record]];
        if (before[record] != nullptr) {
            ++known;
            if (*before[record] == name) continue;
        } else {
            if (name.empty()) continue;
            out.first_grouped.emplace_back(found.corpus.id(record));
        }
        out.members.push_back({std::string{found.corpus.id(record)}, name});
    }
    if (known < standing.group_of.size()) {
        for (const auto& [declaration, name] : standing.group_of) {
            if (!found.corpus.find(declaration)) out.members_gone.push_back(declaration);
        }
    }
    std::ranges::sort(out.members, {}, &MemberRow::declaration);
    std::ranges::sort(out.members_gone);
    std::ranges::sort(out.first_grouped);
}

void compare_groups(const Snapshot& found, const Standing& standing,
                    const std::vector<std::string>& names, Difference& out) {
    std::unordered_set<std::string_view> there;
    for (GroupIndex group = 0; group < names.size(); ++group) {
        if (names[group].empty()) continue;
        there.insert(names[group]);
        const auto members = static_cast<std::uint32_t>(found.grouping.groups[group].size());
        const auto known = standing.members.find(names[group]);
        if (known != standing.members.end() && known->second == members) continue;
        out.groups.push_back({names[group], members});
    }
    for (const auto& [name, members] : standing.members) {
        if (!there.contains(name)) out.groups_gone.push_back(name);
    }
    std::ranges::sort(out.groups, {}, &GroupRow::name);
    std::ranges::sort(out.groups_gone);
}

EdgeRow row_of(const Snapshot& found, const Link& link, PairView pair, Edge edge) {
    EdgeRow row{.pair = Pair{pair}, .edge = edge, .reasons = {}};
    for (const engine::link::Evidence& each : found.grouping.evidence_of(link)) {
        row.reasons.push_back({engine::link::name_of(found.corpus.kind(each.key)), each.bits});
    }
    return row;
}

bool alike(const Edge& a, const Edge& b) {
    return a.tier == b.tier && a.kinds == b.kinds &&
           std::abs(a.probability - b.probability) <= kProbabilityDrift;
}

void compare_edges(const Snapshot& found, Standing& standing, Difference& out) {
    const std::uint32_t turn = ++standing.comparisons;
    std::size_t met = 0;
    const auto compare = [&](const Link& link) {
        PairView pair{found.corpus.id(link.a), found.corpus.id(link.b)};
        if (pair.second < pair.first) std::swap(pair.first, pair.second);
        Edge edge{.probability = link.probability, .tier = link.tier, .kinds = {}, .met = turn};
        for (const engine::link::Evidence& each : found.grouping.evidence_of(link)) {
            edge.kinds.add(found.corpus.kind(each.key));
        }
        const auto known = standing.edges.find(pair);
        if (known != standing.edges.end()) {
            if (known->second.met == turn) return; // a second proposal for the same two
            known->second.met = turn;
            ++met;
            if (alike(known->second, edge)) return;
        }
        out.edges.push_back(row_of(found, link, pair, edge));
    };
    for (const Link& link : found.grouping.links) compare(link);
    for (const Link& link : found.grouping.proposals) compare(link);
    std::ranges::stable_sort(out.edges, {}, &EdgeRow::pair);
    const auto repeated = std::ranges::unique(out.edges, {}, &EdgeRow::pair);
    out.edges.erase(repeated.begin(), repeated.end());
    if (met == standing.edges.size()) return;
    for (const auto& [pair, edge] : standing.edges) {
        if (edge.met != turn) out.edges_gone.push_back(pair);
    }
    std::ranges::sort(out.edges_gone);
}

} // namespace

Difference difference(const Snapshot& found, Standing& standing) {
    Difference out;
    std::vector<const std::string*> before(found.corpus.size());
    for (RecordIndex record = 0; record < found.corpus.size(); ++record) {
        before[record] = standing.group_in_tables(found.corpus.id(record));
    }
    const std::vector<std::string> names = names_of(found, before);
    compare_members(found, standing, before, names, out);
    compare_groups(found, standing, names, out);
    compare_edges(found, standing, out);
    return out;
}

void apply(const Difference& difference, Standing& standing) {
    for (const GroupRow& row : difference.groups) standing.members[row.name] = row.members;
    for (const std::string& name : difference.groups_gone) standing.members.erase(name);
    for (const MemberRow& row : difference.members) standing.group_of[row.declaration] = row.group;
    for (const std::string& each : difference.members_gone) standing.group_of.erase(each);
    for (const EdgeRow& row : difference.edges) standing.edges[row.pair] = row.edge;
    for (const Pair& pair : difference.edges_gone) standing.edges.erase(pair);
}

} // namespace linking::state

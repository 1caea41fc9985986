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
                     const std::vector<std::string>& names, Difference& out) {
    for (RecordIndex record = 0; record < found.corpus.size(); ++record) {
        std::string declaration{found.corpus.id(record)};
        const std::string& name = names[found.grouping.group_of[record]];
        const auto known = standing.group_of.find(declaration);
        if (known == standing.group_of.end()) {
            if (name.empty()) continue;
            out.first_grouped.push_back(declaration);
        } else if (known->second == name) {
            continue;
        }
        out.members.push_back({std::move(declaration), name});
    }
    for (const auto& [declaration, name] : standing.group_of) {
        if (!found.corpus.find(declaration)) out.members_gone.push_back(declaration);
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

EdgeRow row_of(const Snapshot& found, const Link& link) {
    EdgeRow row;
    row.pair = {std::string{found.corpus.id(link.a)}, std::string{found.corpus.id(link.b)}};
    if (row.pair.second < row.pair.first) std::swap(row.pair.first, row.pair.second);
    row.edge.probability = link.probability;
    row.edge.tier = link.tier;
    for (const engine::link::Evidence& each : found.grouping.evidence_of(link)) {
        row.reasons.push_back({engine::link::name_of(found.corpus.kind(each.key)), each.bits});
    }
    std::ranges::sort(row.reasons, {}, &Reason::kind);
    for (const Reason& reason : row.reasons) {
        if (!row.edge.kinds.empty()) row.edge.kinds += ',';
        row.edge.kinds += reason.kind;
    }
    return row;
}

bool alike(const Edge& a, const Edge& b) {
    return a.tier == b.tier && a.kinds == b.kinds &&
           std::abs(a.probability - b.probability) <= kProbabilityDrift;
}

void compare_edges(const Snapshot& found, const Standing& standing, Difference& out) {
    std::unordered_set<Pair, PairHash> there;
    const auto compare = [&](const Link& link) {
        EdgeRow row = row_of(found, link);
        if (!there.insert(row.pair).second) return; // a second proposal for the same two
        const auto known = standing.edges.find(row.pair);
        if (known != standing.edges.end() && alike(known->second, row.edge)) return;
        out.edges.push_back(std::move(row));
    };
    for (const Link& link : found.grouping.links) compare(link);
    for (const Link& link : found.grouping.proposals) compare(link);
    for (const auto& [pair, edge] : standing.edges) {
        if (!there.contains(pair)) out.edges_gone.push_back(pair);
    }
    std::ranges::sort(out.edges, {}, &EdgeRow::pair);
    std::ranges::sort(out.edges_gone);
}

} // namespace

Difference difference(const Snapshot& found, const Standing& standing) {
    Difference out;
    const std::vector<std::string> names = names_of(found, standing);
    compare_members(found, standing, names, out);
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

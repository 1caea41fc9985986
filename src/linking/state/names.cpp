#include "linking/state/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_set>

namespace linking::state {
namespace {

using engine::link::GroupIndex;
using engine::link::RecordIndex;

/// So many members of a group had that name.
struct Claim {
    std::uint32_t members = 0;
    std::string_view name;
    GroupIndex group = 0;
};

std::vector<Claim> claims_of(const engine::memory::Snapshot& snapshot,
                             const std::vector<const std::string*>& before) {
    std::vector<Claim> claims;
    std::map<std::string_view, std::uint32_t> had;
    for (GroupIndex group = 0; group < snapshot.grouping.groups.size(); ++group) {
        const std::vector<RecordIndex>& members = snapshot.grouping.groups[group];
        if (members.size() < 2) continue;
        had.clear();
        for (const RecordIndex member : members) {
            if (before[member] != nullptr && !before[member]->empty()) ++had[*before[member]];
        }
        for (const auto& [name, count] : had) claims.push_back({count, name, group});
    }
    return claims;
}

} // namespace

std::vector<std::string> names_of(const engine::memory::Snapshot& snapshot,
                                  const std::vector<const std::string*>& before) {
    std::vector<Claim> claims = claims_of(snapshot, before);
    std::ranges::sort(claims, [](const Claim& a, const Claim& b) {
        if (a.members != b.members) return a.members > b.members;
        return a.name != b.name ? a.name < b.name : a.group < b.group;
    });
    std::vector<std::string> names(snapshot.grouping.groups.size());
    std::unordered_set<std::string_view> taken;
    for (const Claim& claim : claims) {
        if (!names[claim.group].empty() || !taken.insert(claim.name).second) continue;
        names[claim.group] = claim.name;
    }
    std::unordered_set<std::string> given;
    for (GroupIndex group = 0; group < names.size(); ++group) {
        if (!names[group].empty() || snapshot.grouping.groups[group].size() < 2) continue;
        const std::string& own = snapshot.group_names[group];
        std::string name = own;
        for (int next = 2; taken.contains(name) || !given.insert(name).second; ++next) {
            name = fmt::format("{}-{}", own, next);
        }
        names[group] = name;
    }
    return names;
}

} // namespace linking::state

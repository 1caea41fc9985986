// Pairs are counted by cells: members of one group here and of one group there. A cell of n members
// is n(n-1)/2 pairs that both have together; what the groups have beyond their cells, one of the
// two has alone.
#include "linking/state/compare.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linking::state {
namespace {

using engine::link::RecordIndex;

std::uint64_t pairs(std::uint64_t members) {
    return members * (members - 1) / 2;
}

using Sizes = std::unordered_map<std::string_view, std::uint64_t>;

} // namespace

void compare_groups(const engine::memory::Snapshot& found, const Standing& standing,
                    RebuildReport& report) {
    Sizes sizes; // of the groups in the tables, those counted that are no more
    for (const auto& [declaration, name] : standing.group_of) {
        if (!name.empty()) ++sizes[name];
    }
    std::uint64_t standing_pairs = 0;
    for (const auto& [name, members] : sizes) standing_pairs += pairs(members);
    std::uint64_t agreed = 0;
    Sizes cells;
    for (const std::vector<RecordIndex>& members : found.grouping.groups) {
        cells.clear();
        std::uint64_t alone = 0; // in no group of the tables
        for (const RecordIndex member : members) {
            const std::string* const name = standing.group_in_tables(found.corpus.id(member));
            if (name == nullptr || name->empty()) {
                ++alone;
            } else {
                ++cells[*name];
            }
        }
        if (members.size() > 1) ++report.groups;
        if (members.size() > 1) report.in_other_groups += alone;
        report.pairs_together += pairs(members.size());
        for (const auto& [name, count] : cells) {
            agreed += pairs(count);
            const bool same = count == members.size() && count == sizes[name];
            if (!same) report.in_other_groups += count;
        }
    }
    report.declarations = found.corpus.size();
    report.pairs_missing = report.pairs_together - agreed;
    report.pairs_extra = standing_pairs - agreed;
}

} // namespace linking::state

// From what the tables of groups say to what linking found: the rows to write.
#pragma once

#include "engine/memory/memory.hpp"
#include "linking/state/standing.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linking::state {

struct GroupRow {
    std::string name;
    std::uint32_t members = 0;
};

struct MemberRow {
    std::string declaration;
    std::string group; // empty: in none any more
};

struct Reason {
    std::string_view kind;
    float bits = 0;
};

struct EdgeRow {
    Pair pair;
    Edge edge;
    std::vector<Reason> reasons;
};

/// Every list in ascending order, so that the same difference is the same statements.
struct Difference {
    std::vector<GroupRow> groups; // new, or of another size
    std::vector<std::string> groups_gone;
    std::vector<MemberRow> members;
    std::vector<std::string> members_gone; // their declarations are no more
    std::vector<EdgeRow> edges;
    std::vector<Pair> edges_gone;
    /// Declarations that came into a group for the first time.
    std::vector<std::string> first_grouped;

    /// Of the tables, that are written.
    [[nodiscard]] std::size_t rows() const {
        return groups.size() + groups_gone.size() + members.size() + members_gone.size() +
               edges.size() + edges_gone.size();
    }
    [[nodiscard]] bool empty() const { return rows() == 0; }
};

/// Every weight is learned from all declarations, so that each one that comes moves the numbers of
/// all links a little. A link is written again when its tier or the kinds of its evidence changed,
/// or its probability by more than this.
constexpr float kProbabilityDrift = 0.05F;

/// Marks in `standing` which links it met; what the tables say stays as it is.
[[nodiscard]] Difference difference(const engine::memory::Snapshot& found, Standing& standing);

/// Makes `standing` what the tables say once the difference is written.
void apply(const Difference& difference, Standing& standing);

} // namespace linking::state

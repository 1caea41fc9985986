// What a finished run says about two records, before any word is chosen.
#pragma once

#include "chain/output/chain_file.hpp"

#include <optional>
#include <vector>

namespace chain {

/// A step of the way from one record to another.
struct Step {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    /// Probability and tier, when the run itself linked these two; otherwise both simply hold the
    /// evidence, and the run linked each to the same others.
    std::optional<StoredLink> link;
    std::vector<StoredEvidence> evidence; // heaviest first
};

struct Together {
    /// The shortest way from A to B: the first step's `a` is A, each next `a` is the `b` before it.
    /// Empty for A = B.
    std::vector<Step> path;
    /// Keys of the path without which A and B would come apart; nothing when the group is too large
    /// to try each.
    std::optional<std::vector<std::uint32_t>> critical;
};

struct SharedKey {
    std::uint32_t key = 0;
    engine::record::Role in_a = engine::record::Role::Suspect;
    engine::record::Role in_b = engine::record::Role::Suspect;
};

struct Apart {
    std::vector<SharedKey> shared;
    std::optional<StoredLink> proposal; // between the two groups, the strongest
    bool a_usable = false;              // holds something of a suspect that could link
    bool b_usable = false;
};

[[nodiscard]] Together facts_together(const ChainView& chain, std::uint32_t a, std::uint32_t b);
[[nodiscard]] Apart facts_apart(const ChainView& chain, std::uint32_t a, std::uint32_t b);

/// Up to three ids that look like the one that was asked, nearest first.
[[nodiscard]] std::vector<std::string_view> near_ids(const ChainView& chain, std::string_view id);

} // namespace chain

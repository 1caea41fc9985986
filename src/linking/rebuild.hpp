// `maillon engine rebuild`: the groups made anew from all declarations, compared with those in the
// tables, which are then put right.
#pragma once

#include "linking/declarations.hpp"
#include "linking/linker.hpp"
#include "platform/db/database.hpp"

#include <cstddef>
#include <cstdint>

namespace linking {

struct RebuildReport {
    std::size_t declarations = 0;
    std::size_t groups = 0;           // of two or more
    std::size_t in_other_groups = 0;  // declarations that the tables had with others than these
    std::uint64_t pairs_together = 0; // pairs of declarations that belong in one group
    std::uint64_t pairs_missing = 0;  // of these, apart in the tables
    std::uint64_t pairs_extra = 0;    // together in the tables, and do not belong
    std::size_t links_changed = 0;    // rows of links that were missing, wrong or too many
    /// The tables did not take in the last changes yet: a difference may be no more than that.
    bool tables_lagged = false;

    [[nodiscard]] bool same_groups() const { return pairs_missing == 0 && pairs_extra == 0; }
};

/// Also while a linker is at work. Throws what the pool throws; then nothing was repaired.
[[nodiscard]] RebuildReport rebuild(platform::db::Pool& pool, Declarations& declarations,
                                    const LinkerPolicy& policy, const GroupedCommit& commit = {});

} // namespace linking

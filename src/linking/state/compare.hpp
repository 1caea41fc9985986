// How far two partitions of declarations into groups are apart.
#pragma once

#include "engine/memory/memory.hpp"
#include "linking/rebuild.hpp"
#include "linking/state/standing.hpp"

namespace linking::state {

/// Fills in what the report says of groups: `standing` against what was found.
void compare_groups(const engine::memory::Snapshot& found, const Standing& standing,
                    RebuildReport& report);

} // namespace linking::state

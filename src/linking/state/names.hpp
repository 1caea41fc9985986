// Names for groups that outlive the coming and going of members: a group keeps the name that most
// of its members had. Which declarations are together never depends on names.
#pragma once

#include "engine/memory/memory.hpp"

#include <string>
#include <vector>

namespace linking::state {

/// The name of every group of the snapshot, each once; empty for groups of one. Of two groups that
/// could keep a name (one fell apart) the one with more of its members does; a group that can keep
/// none is named by its smallest declaration (link::group_name). `before` has the group of each
/// record in the tables: none, or "", when it was in none.
[[nodiscard]] std::vector<std::string> names_of(const engine::memory::Snapshot& snapshot,
                                                const std::vector<const std::string*>& before);

} // namespace linking::state

// What the world knows about itself: a description for those who measure, and the groups of an
// oracle.
#pragma once

#include "synth/plan/world.hpp"
#include "synth/synth.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synth {

/// Groups by the offenders' own identifiers alone: records are together when a chain of them ties
/// them, an account that two gangs share ties each gang's records but not the gangs, and a slip
/// ties nothing. What no reader of identifiers can do better than.
[[nodiscard]] std::vector<std::uint32_t> oracle_groups(const World& world);

/// "id,group_id" of oracle_groups().
void append_oracle(const World& world, std::string& out);

/// world.json.
void append_description(const World& world, const WorldPolicy& policy, std::string& out);

} // namespace synth

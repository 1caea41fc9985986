// An invented French world of scams with known offenders, to measure linking on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace synth {

struct WorldPolicy {
    std::uint64_t records = 0;
    std::uint64_t seed = 1;
};

/// Writes records.jsonl (interchange format), truth.csv ("id,group,kind"), roles.csv
/// ("id,type,value,role": whose each identifier in the texts is) and world.json (what was drawn:
/// gangs, mules, hubs with their values) into `folder`. Same policy, same bytes, on every
/// machine. `progress` is told the fraction done.
void write_world(const WorldPolicy& policy, const std::filesystem::path& folder,
                 const std::function<void(double)>& progress);

} // namespace synth

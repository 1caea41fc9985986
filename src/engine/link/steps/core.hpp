// First step: cores. Two keys that the same records hold together, far more often than chance has
// it, make those records one: two independent reasons, and no hub can be one of them by accident.
#pragma once

#include "engine/link/steps/disjoint_sets.hpp"
#include "engine/link/steps/holdings.hpp"

namespace engine::link::steps {

/// log10 of the chance that a Poisson variable of that mean reaches `count`.
[[nodiscard]] double log10_poisson_tail(double mean, std::uint32_t count);

void unite_cores(const Holdings& holdings, unsigned threads, DisjointSets& sets);

} // namespace engine::link::steps

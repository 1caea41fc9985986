// Second step: which keys are hubs? Not a count and not a list: cohesion. Among the records that
// hold a key, look only at those that other keys tie into a cluster. If the key belongs to one
// offender, many of them fall into the same few clusters; if it is a platform, a bank or a leaflet,
// they fall as far apart as records drawn at random. How common hubs are among keys of that kind
// and width is learned from the input itself (expectation–maximisation, Dempster et al. 1977).
#pragma once

#include "engine/link/steps/holdings.hpp"

#include <cstdint>
#include <vector>

namespace engine::link::steps {

/// By link key, the probability that it is a hub. `cluster_of` numbers the clusters of the records.
[[nodiscard]] std::vector<float> hub_probabilities(const Holdings& holdings,
                                                   const std::vector<std::uint32_t>& cluster_of,
                                                   unsigned threads);

} // namespace engine::link::steps

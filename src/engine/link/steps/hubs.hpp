// Second step: which keys are hubs? Not a count and not a list: cohesion. Among the records that
// hold a key, look only at those that other keys tie into a cluster. If the key belongs to one
// offender, many of them fall into the same few clusters; if it is a platform, a bank or a leaflet,
// they fall as far apart as records drawn at random. How common hubs are among keys of that kind
// and width is learned from the input itself (expectation–maximisation, Dempster et al. 1977).
#pragma once

#include "engine/link/steps/holdings.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace engine::link::steps {

/// By kind of key: how often a value, once used by one offender, is used by another.
using SharingRates = std::array<double, kKeyKinds>;

struct KeyKnowledge {
    std::vector<float> hub;    // by link key, the probability that it is a hub
    SharingRates sharing_rate; // at least kSharingRate, more where the input says so
};

/// What the clusters of the records tell about the keys. `cluster_of` numbers the clusters.
///
/// A kind's sharing rate is learned by comparison: two holders of one key are in one cluster, other
/// keys tell, in a share q of the cases. If q is 0.7 for the most telling kind and 0.1 for scripts,
/// a script is used by some seven offenders.
[[nodiscard]] KeyKnowledge learn_keys(const Holdings& holdings,
                                      const std::vector<std::uint32_t>& cluster_of,
                                      unsigned threads);

} // namespace engine::link::steps

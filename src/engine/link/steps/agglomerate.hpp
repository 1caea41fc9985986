// Third step: clusters grow by joining their best partner, as long as the evidence that both are
// the same offender's outweighs the odds against it.
//
// The score of two clusters is in bits (log2 odds), a sum over the kinds of keys:
//   same offender: any share of the smaller side's keys may be common (a uniform share, hence
//     1 / (n + 1) for each count), n keys of that kind on the side that has fewer;
//   two offenders: common keys come at the sharing rate of their kind, times the room that the
//     larger side takes among all values of that kind; the rate varies between pairs of offenders,
//     so that the count is negative binomial and many shared mule accounts do not add up for ever.
// So large clusters that share one key out of hundreds are told apart, and small ones join on one.
// Keys that the other side could not have shared, for it was not active at the time, are not
// counted. The rate of a common key falls with the nearness of its uses in time (gaps.hpp). The
// prior is that of a Chinese restaurant (Aldous 1985): a large cluster is likelier to be met. A key
// touching many established clusters, or likely a hub, has a higher rate, hence fewer bits.
#pragma once

#include "engine/link/link.hpp"
#include "engine/link/steps/gaps.hpp"
#include "engine/link/steps/holdings.hpp"

#include <cstdint>
#include <vector>

namespace engine::link::steps {

/// Two clusters that were each other's best choice and stayed apart.
struct NearMiss {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    float bits = 0;
};

struct Clusters {
    std::vector<std::uint32_t> of; // by record
    std::uint32_t count = 0;       // numbers are dense
    std::vector<float> hub;        // by link key, final probability
    std::vector<float> log2_rate;  // by link key, sharing rate at the end
    std::vector<NearMiss> near_misses;
    Gaps gaps; // what the cores tell of time
};

/// `start` numbers the clusters to start from (the cores), densely, in the order of their records.
[[nodiscard]] Clusters agglomerate(const Holdings& holdings, std::vector<std::uint32_t> start,
                                   unsigned threads, const Progress& progress);

} // namespace engine::link::steps

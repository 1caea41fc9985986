#include "engine/link/steps/hubs.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>

namespace engine::link::steps {
namespace {

/// Prior over how readily an offender's records fall together: Beta(1, 1.5) on the share of
/// holders that open a new cluster, from the project's world (docs/research/linking.md).
constexpr double kOpenAlpha = 1.0;
constexpr double kOpenBeta = 1.5;
/// Holders are not independent draws: beyond this many, they count as this many.
constexpr double kHoldersMax = 30;

double log2_beta(double a, double b) {
    return (std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b)) / std::log(2.0);
}

/// How many clusters a sample of records is expected to touch, when drawn at random among the
/// records of all clusters of two or more.
class ExpectedClusters {
public:
    explicit ExpectedClusters(const std::vector<std::uint32_t>& sizes) {
        std::map<std::uint32_t, double> how_many;
        double population = 0;
        for (const std::uint32_t size : sizes) {
            if (size < 2) continue;
            how_many[size] += 1;
            population += size;
        }
        for (double sample = 1; sample <= 4 * population + 2; sample *= 1.3) {
            double expected = 0;
            for (const auto& [size, count] : how_many) {
                expected +=
                    count * -std::expm1(sample * std::log1p(-(static_cast<double>(size) - 1e-9) /
                                                            population));
            }
            samples_.push_back(sample);
            expected_.push_back(std::min(expected, sample));
        }
    }
    [[nodiscard]] double of(double sample) const {
        const auto at = std::upper_bound(samples_.begin(), samples_.end(), sample);
        const auto i = static_cast<std::size_t>(at - samples_.begin());
        if (i == 0 || samples_.empty()) return sample;
        if (i == samples_.size()) return expected_.back();
        const double part = (sample - samples_[i - 1]) / (samples_[i] - samples_[i - 1]);
        return expected_[i - 1] + part * (expected_[i] - expected_[i - 1]);
    }

private:
    std::vector<double> samples_;
    std::vector<double> expected_;
};

/// Log2 likelihood ratio, one offender's key against a hub, of `holders` records that other keys
/// tie and that fall into `clusters` clusters.
double cohesion_bits(double holders, double clusters, const ExpectedClusters& by_chance) {
    if (holders < 2) return 0;
    const double together = holders - clusters;
    const double chance = std::clamp(
        (holders - by_chance.of(holders)) / (holders - 1) + 0.01 + 0.3 / holders, 0.01, 0.99);
    const double own = log2_beta(kOpenAlpha + clusters - 1, kOpenBeta + together) -
                       log2_beta(kOpenAlpha, kOpenBeta);
    const double hub = together * std::log2(chance) + (clusters - 1) * std::log2(1 - chance);
    const double bits = own - hub;
    if (together / (holders - 1) < chance) return std::min(0.0, bits);
    return bits * std::min(1.0, kHoldersMax / holders);
}

/// Holders of each key that stand in a cluster of two or more, by key.
struct Postings {
    std::vector<std::uint64_t> first;
    std::vector<std::uint32_t> clusters;
};

Postings tied_holders(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of,
                      const std::vector<std::uint32_t>& sizes) {
    Postings postings;
    postings.first.assign(holdings.keys() + 1, 0);
    const auto visit_tied = [&](auto&& visit) {
        for (std::size_t record = 0; record < holdings.records(); ++record) {
            const std::uint32_t cluster = cluster_of[record];
            if (sizes[cluster] < 2) continue;
            for (const Held& held : holdings.of(record)) visit(held.key, cluster);
        }
    };
    visit_tied([&](LinkKey key, std::uint32_t) { ++postings.first[key + 1]; });
    for (std::size_t key = 0; key < holdings.keys(); ++key) {
        postings.first[key + 1] += postings.first[key];
    }
    postings.clusters.resize(postings.first.back());
    std::vector<std::uint64_t> next(postings.first.begin(), postings.first.end() - 1);
    visit_tied(
        [&](LinkKey key, std::uint32_t cluster) { postings.clusters[next[key]++] = cluster; });
    return postings;
}

std::size_t width_class(std::uint32_t degree) {
    return static_cast<std::size_t>(std::bit_width(degree)) - 1;
}

/// Learns how common hubs are in each class of kind and width, and gives each key its posterior.
std::vector<float> learn(const Holdings& holdings, const std::vector<float>& bits) {
    constexpr int kRounds = 20;
    constexpr double kFirstGuess = 0.05;
    std::array<std::array<double, 32>, kKeyKinds> prior{};
    for (auto& of_kind : prior) of_kind.fill(kFirstGuess);
    std::vector<float> probability(holdings.keys());
    for (int round = 0; round < kRounds; ++round) {
        std::array<std::array<double, 32>, kKeyKinds> sum{};
        std::array<std::array<double, 32>, kKeyKinds> count{};
        for (std::size_t key = 0; key < holdings.keys(); ++key) {
            const auto kind = static_cast<std::size_t>(holdings.kinds[key]);
            const std::size_t width = width_class(holdings.degree[key]);
            const double guess = prior[kind][width];
            const double odds = guess / (1 - guess) * std::exp2(-static_cast<double>(bits[key]));
            const double hub = odds / (1 + odds);
            probability[key] = static_cast<float>(hub);
            sum[kind][width] += hub;
            count[kind][width] += 1;
        }
        for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
            for (std::size_t width = 0; width < 32; ++width) {
                prior[kind][width] =
                    std::clamp((sum[kind][width] + 0.1) / (count[kind][width] + 2), 0.002, 0.99);
            }
        }
    }
    return probability;
}

} // namespace

std::vector<float> hub_probabilities(const Holdings& holdings,
                                     const std::vector<std::uint32_t>& cluster_of,
                                     unsigned threads) {
    std::vector<std::uint32_t> sizes(holdings.records(), 0);
    for (const std::uint32_t cluster : cluster_of) ++sizes[cluster];
    const ExpectedClusters by_chance{sizes};
    Postings tied = tied_holders(holdings, cluster_of, sizes);
    std::vector<float> bits(holdings.keys(), 0);
    for_blocks(threads, holdings.keys(), 4096, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t key = begin; key < end; ++key) {
            const auto from = tied.clusters.begin() + static_cast<std::ptrdiff_t>(tied.first[key]);
            const auto to =
                tied.clusters.begin() + static_cast<std::ptrdiff_t>(tied.first[key + 1]);
            std::sort(from, to);
            const auto clusters = static_cast<double>(std::unique(from, to) - from);
            bits[key] = static_cast<float>(
                cohesion_bits(static_cast<double>(to - from), clusters, by_chance));
        }
    });
    return learn(holdings, bits);
}

} // namespace engine::link::steps

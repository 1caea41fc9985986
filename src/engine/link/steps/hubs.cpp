#include "engine/link/steps/hubs.hpp"

#include "base/parallel.hpp"
#include "engine/link/steps/log_gamma.hpp"
#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <span>

namespace engine::link::steps {
namespace {

/// One offender's key: share of the holders that open a new cluster, Beta(1, 3).
constexpr double kOpenAlpha = 1.0;
constexpr double kOpenBeta = 3.0;
/// A hub whose users come back to it (a bank that a gang uses again and again): share of the
/// holders that fall into a cluster met before, Beta(1.5, 4). Both from the project's worlds,
/// docs/research/linking.md.
constexpr double kReturnAlpha = 1.5;
constexpr double kReturnBeta = 4.0;

double log2_beta(double a, double b) {
    return (log_gamma(a) + log_gamma(b) - log_gamma(a + b)) / std::log(2.0);
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
    const double by_accident =
        together * std::log2(chance) + (clusters - 1) * std::log2(1 - chance);
    const double by_habit = log2_beta(kReturnAlpha + together, kReturnBeta + clusters - 1) -
                            log2_beta(kReturnAlpha, kReturnBeta);
    const double hub = std::max(by_accident, by_habit) - 1; // either, as likely as the other
    return own - hub;
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
    // Zero when the only records that hold the key are lists, of which the rarest keys are kept.
    return static_cast<std::size_t>(std::bit_width(std::max(degree, 1U))) - 1;
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

constexpr float kUntold = -1; // fewer than two holders that other keys tie

/// Share of the pairs of holders that stand in one cluster; `clusters` is sorted.
float share_together(std::span<const std::uint32_t> clusters) {
    if (clusters.size() < 2) return kUntold;
    double pairs = 0;
    for (std::size_t begin = 0; begin < clusters.size();) {
        std::size_t end = begin + 1;
        while (end < clusters.size() && clusters[end] == clusters[begin]) ++end;
        pairs += static_cast<double>(end - begin) * static_cast<double>(end - begin - 1);
        begin = end;
    }
    const auto holders = static_cast<double>(clusters.size());
    return static_cast<float>(pairs / (holders * (holders - 1)));
}

SharingRates learn_rates(const Holdings& holdings, const std::vector<float>& hub,
                         const std::vector<float>& together) {
    std::array<double, kKeyKinds> sum{};
    std::array<double, kKeyKinds> count{};
    for (std::size_t key = 0; key < holdings.keys(); ++key) {
        if (together[key] < 0 || hub[key] >= kHubProbabilityMax) continue;
        const auto kind = static_cast<std::size_t>(holdings.kinds[key]);
        sum[kind] += static_cast<double>(together[key]);
        count[kind] += 1;
    }
    double most_telling = 0;
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        if (count[kind] < kLearnFromKeysMin || weak(static_cast<KeyKind>(kind))) continue;
        most_telling = std::max(most_telling, sum[kind] / count[kind]);
    }
    SharingRates rates = kSharingRate;
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        // Only kinds that many share by nature: for the others a low share is the mark of offenders
        // who change often, which is what linking is for.
        if (count[kind] < kLearnFromKeysMin || !weak(static_cast<KeyKind>(kind))) continue;
        const double share = (sum[kind] + 0.5) / (count[kind] + 1);
        rates[kind] = std::clamp(most_telling / share - 1, rates[kind], kSharingRateMax);
    }
    return rates;
}

} // namespace

KeyKnowledge learn_keys(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of,
                        unsigned threads) {
    std::vector<std::uint32_t> sizes(holdings.records(), 0);
    for (const std::uint32_t cluster : cluster_of) ++sizes[cluster];
    const ExpectedClusters by_chance{sizes};
    Postings tied = tied_holders(holdings, cluster_of, sizes);
    std::vector<float> bits(holdings.keys(), 0);
    std::vector<float> together(holdings.keys(), kUntold);
    for_blocks(threads, holdings.keys(), 4096, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t key = begin; key < end; ++key) {
            const auto from = tied.clusters.begin() + static_cast<std::ptrdiff_t>(tied.first[key]);
            const auto to =
                tied.clusters.begin() + static_cast<std::ptrdiff_t>(tied.first[key + 1]);
            std::sort(from, to);
            together[key] = share_together(std::span{from, to});
            const auto clusters = static_cast<double>(std::unique(from, to) - from);
            bits[key] = static_cast<float>(
                cohesion_bits(static_cast<double>(to - from), clusters, by_chance));
        }
    });
    KeyKnowledge knowledge{learn(holdings, bits), {}};
    for (std::size_t key = 0; key < holdings.keys(); ++key) {
        const std::uint64_t holders = tied.first[key + 1] - tied.first[key];
        const bool scattered = static_cast<double>(together[key]) * kGroupsOfKeyMax < 1;
        if (static_cast<double>(holders) >= kGroupsOfKeyMax && scattered) knowledge.hub[key] = 1;
    }
    knowledge.sharing_rate = learn_rates(holdings, knowledge.hub, together);
    return knowledge;
}

} // namespace engine::link::steps

// The best partner of a cluster, and the score of a pair: the formula of agglomerate.hpp.
#pragma once

#include "base/large_table.hpp"
#include "engine/link/steps/hubs.hpp"
#include "engine/link/steps/touches.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace engine::link::steps {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

struct Partner {
    std::uint32_t cluster = kNobody;
    float bits = -std::numeric_limits<float>::infinity();
};

/// What two clusters have in common, by kind of key.
struct Common {
    KeyCounts count{};
    std::array<float, kKeyKinds>
        log2_rates{}; // sum over the common keys, with what their times say
};

/// How many independent reasons there are in what is common: an address, its domain and the link
/// that holds it count once.
[[nodiscard]] std::uint32_t independent(const KeyCounts& common);

/// How many kinds of strong keys are in common.
[[nodiscard]] std::uint32_t strong_kinds(const KeyCounts& common);

/// Which partners may be chosen in this phase.
enum class Demand : std::uint8_t { TwoReasons, OneReason };

class PartnerSearch {
public:
    PartnerSearch(const Touches& touches, const Holdings& holdings,
                  const SharingRates& sharing_rate, const std::vector<float>& log2_rate,
                  const Gaps& gaps);

    [[nodiscard]] double score(std::uint32_t a, std::uint32_t b, const Common& common) const;

    /// One per thread: it reuses its memory from one cluster to the next.
    class Scratch {
    public:
        explicit Scratch(std::size_t clusters) : place_(clusters, 0) {}

    private:
        friend class PartnerSearch;
        LargeTable<std::uint32_t> place_; // index + 1 into found_
        std::vector<std::uint32_t> met_;
        std::vector<Common> found_;
    };
    [[nodiscard]] Partner best(std::uint32_t cluster, Demand demand, Scratch& scratch) const;

private:
    /// Notes what the cluster has in common with the others that hold the key; with those met
    /// before only, unless newcomers are welcome.
    void meet(std::uint32_t cluster, const Touch& touch, bool newcomers, Scratch& scratch) const;

    const Touches& touches_;
    const Holdings& holdings_;
    const SharingRates& sharing_rate_;
    const std::vector<float>& log2_rate_;
    const Gaps& gaps_;
    std::array<double, kKeyKinds> log2_universe_{};
};

} // namespace engine::link::steps

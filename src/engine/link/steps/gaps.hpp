// Time as evidence. An offender's number lives for days, an account for a few transfers: two uses
// of one value by one offender lie close together. Two offenders meet in a value at any distance.
// How close is learned from the cores, by kind of key, against the distance of two records drawn at
// random; an input without times, or with times that say nothing, gives no bits.
#pragma once

#include "engine/link/steps/holdings.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::link::steps {

/// From a first day to a last.
struct Days {
    Day first = kUnknownDay;
    Day last = kUnknownDay;

    [[nodiscard]] bool known() const { return first != kUnknownDay; }
    void widen(Days other);
};

class Gaps {
public:
    Gaps() = default; // knows nothing: no bits
    /// Learns from the clusters: `cluster_of` numbers them by record.
    Gaps(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of);

    /// Log2 likelihood ratio, one offender against two, of the time between the uses of one key by
    /// two clusters; 0 where a time is unknown.
    [[nodiscard]] float bits(KeyKind kind, Days a, Days b) const;

private:
    // 0 days, 1, 2 to 3, 4 to 7…: a bin for each power of two
    static constexpr std::size_t kBins = 13;
    using Histogram = std::array<double, kBins>;

    void learn_apart(const Holdings& holdings);
    void learn_same(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of);
    [[nodiscard]] static Histogram smooth(const Histogram& counts);
    [[nodiscard]] static std::size_t bin_of(std::uint32_t days);

    Histogram apart_{}; // two records at random, share by bin
    std::array<float, kBins> log2_apart_{};
    std::array<std::array<float, kBins>, kKeyKinds> log2_same_{}; // one offender's next use
    std::array<float, 4096> log2_days_{};                         // by number of days
};

} // namespace engine::link::steps

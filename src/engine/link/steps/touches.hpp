// Which cluster holds which key: the graph of holdings with clusters in the place of records, seen
// from both sides. Renaming clusters keeps both up to date without building them again.
#pragma once

#include "base/large_table.hpp"
#include "engine/link/steps/gaps.hpp"
#include "engine/link/steps/holdings.hpp"
#include "engine/link/steps/weights.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::link::steps {

/// A key that a cluster holds.
struct Touch {
    LinkKey key = 0;
    Days days;             // of its use by the cluster
    bool repeated = false; // two records of the cluster hold it
};

/// How many keys of each kind a cluster holds firmly: two of its records do, or it is too small to
/// tell. One record of a large cluster may hold anything.
using KeyCounts = std::array<std::uint32_t, kKeyKinds>;

class Touches {
public:
    /// `use` says, by link key, whether the key takes part.
    Touches(const Holdings& holdings, std::vector<std::uint32_t> cluster_of, std::uint32_t clusters,
            const std::vector<bool>& use, unsigned threads);

    [[nodiscard]] std::uint32_t clusters() const {
        return static_cast<std::uint32_t>(by_cluster_.sizes.size());
    }
    [[nodiscard]] std::uint32_t size(std::uint32_t cluster) const {
        return by_cluster_.sizes[cluster];
    }
    [[nodiscard]] bool large(std::uint32_t cluster) const { return size(cluster) >= kLargeMin; }
    [[nodiscard]] const KeyCounts& counts(std::uint32_t cluster) const {
        return by_cluster_.counts[cluster];
    }
    /// From the first record of the cluster to its last.
    [[nodiscard]] Days span_of(std::uint32_t cluster) const { return by_cluster_.spans[cluster]; }
    [[nodiscard]] std::span<const Touch> keys_of(std::uint32_t cluster) const {
        return std::span{by_cluster_.touches}.subspan(by_cluster_.first[cluster],
                                                      by_cluster_.count[cluster]);
    }

    /// A cluster that holds a key, seen from the key.
    struct Offer {
        std::uint32_t cluster = 0;
        Days days;
        bool repeated = false;
    };
    /// The clusters that a key may lead to: all, or the largest when it is wide.
    [[nodiscard]] std::span<const Offer> offers(LinkKey key) const {
        const std::uint32_t shown = width(key) > kWideKey ? kWideKeyOffers : width(key);
        return std::span{offers_}.subspan(first_offer_[key], shown);
    }
    /// Number of clusters that hold the key.
    [[nodiscard]] std::uint32_t width(LinkKey key) const { return widths_[key]; }
    /// Number of established clusters that hold the key.
    [[nodiscard]] std::uint32_t established(LinkKey key) const { return established_[key]; }
    [[nodiscard]] const std::vector<std::uint32_t>& cluster_of() const { return cluster_of_; }

    /// Renames every cluster; clusters that get one name become one. `names` is dense in [0, count)
    /// and ascending in the first cluster that bears it.
    void rename(const std::vector<std::uint32_t>& names, std::uint32_t count);

    enum class Through : std::uint8_t { NarrowKeys, AllKeys };
    /// Which clusters merged, or share a key with one that merged, since this was last asked. What
    /// wide keys tell is kept until all keys are asked for.
    [[nodiscard]] std::vector<std::uint8_t> take_changed(Through through);

    /// Takes keys out.
    void drop(const std::vector<bool>& use);

private:
    /// The room of a cluster's touches may be longer than their count.
    struct ByCluster {
        ByCluster() = default;
        explicit ByCluster(std::size_t clusters);
        /// Puts the cluster's touches in order, each key once, and counts them.
        void settle(std::size_t cluster, const std::vector<KeyKind>& kinds);

        LargeTable<std::uint32_t> sizes;
        LargeTable<KeyCounts> counts;
        LargeTable<Days> spans;
        LargeTable<std::uint64_t> first;
        std::vector<std::uint32_t> count;
        LargeTable<Touch> touches;
    };
    void build_offers();
    void rename_offers(std::size_t key, const std::vector<std::uint32_t>& names);
    void order_offers(std::size_t key); // the largest first when wide; counts the established

    unsigned threads_ = 1;
    std::vector<KeyKind> kinds_;
    std::vector<std::uint32_t> cluster_of_;
    ByCluster by_cluster_;
    std::vector<std::uint8_t> merged_; // by cluster, since changes were last asked for
    // By key; the room of its offers may be longer than its width.
    LargeTable<std::uint64_t> first_offer_;
    std::vector<std::uint32_t> widths_;
    LargeTable<Offer> offers_;
    std::vector<std::uint32_t> established_;
    std::vector<std::uint8_t> key_changed_; // since changes were last asked for
};

} // namespace engine::link::steps

// Which cluster holds which key: the graph of holdings with clusters in the place of records.
#pragma once

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
    Days days;
    bool repeated = false; // two records of the cluster hold it
    bool firm = false;
};

/// How many keys of each kind a cluster holds firmly.
using KeyCounts = std::array<std::uint32_t, kKeyKinds>;

class Touches {
public:
    /// `use` says, by link key, whether the key takes part.
    Touches(const Holdings& holdings, std::vector<std::uint32_t> cluster_of, std::uint32_t clusters,
            const std::vector<bool>& use);

    [[nodiscard]] std::uint32_t clusters() const {
        return static_cast<std::uint32_t>(sizes_.size());
    }
    [[nodiscard]] std::uint32_t size(std::uint32_t cluster) const { return sizes_[cluster]; }
    [[nodiscard]] const KeyCounts& counts(std::uint32_t cluster) const { return counts_[cluster]; }
    [[nodiscard]] std::span<const Touch> keys_of(std::uint32_t cluster) const {
        return std::span{keys_}.subspan(first_key_[cluster],
                                        first_key_[cluster + 1] - first_key_[cluster]);
    }
    [[nodiscard]] bool large(std::uint32_t cluster) const { return sizes_[cluster] >= kLargeMin; }

    /// From the first record of the cluster to its last.
    [[nodiscard]] Days span_of(std::uint32_t cluster) const { return spans_[cluster]; }
    struct Offer {
        std::uint32_t cluster = 0;
        Days days;
        bool firm = false;
    };
    /// The clusters that a key may lead to: all, or the largest when it is wide.
    [[nodiscard]] std::span<const Offer> offers(LinkKey key) const;
    /// Number of clusters that hold the key.
    [[nodiscard]] std::uint32_t width(LinkKey key) const {
        return static_cast<std::uint32_t>(first_cluster_[key + 1] - first_cluster_[key]);
    }
    /// Number of established clusters that hold the key.
    [[nodiscard]] std::uint32_t established(LinkKey key) const { return established_[key]; }
    [[nodiscard]] const std::vector<std::uint32_t>& cluster_of() const { return cluster_of_; }

    /// Renames every cluster; clusters that get one name become one. `names` is dense in [0, count)
    /// and ascending in the first cluster that bears it. Returns, by new name, whether the cluster
    /// or one that shares a key with it has changed.
    std::vector<bool> rename(const std::vector<std::uint32_t>& names, std::uint32_t count);

    /// Takes keys out.
    void drop(const std::vector<bool>& use);

private:
    void turn(); // the clusters of each key, from the keys of each cluster

    std::vector<std::uint32_t> cluster_of_;
    std::vector<std::uint32_t> sizes_;
    std::vector<KeyCounts> counts_;
    std::vector<Days> spans_;
    std::vector<std::uint64_t> first_key_;
    std::vector<Touch> keys_;
    std::vector<std::uint64_t> first_cluster_;
    std::vector<Offer> clusters_of_key_;
    std::vector<std::uint32_t> established_;
    std::vector<KeyKind> kinds_;
};

} // namespace engine::link::steps

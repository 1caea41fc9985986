#include "engine/link/steps/partner.hpp"

#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <cmath>

namespace engine::link::steps {
namespace {

constexpr std::size_t index_of(KeyKind kind) {
    return static_cast<std::size_t>(kind);
}

} // namespace

std::uint32_t independent(const KeyCounts& common) {
    std::uint32_t strong = 0;
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        if (!weak(static_cast<KeyKind>(kind))) strong += common[kind];
    }
    const std::uint32_t names = common[index_of(KeyKind::Url)] + common[index_of(KeyKind::Domain)] +
                                common[index_of(KeyKind::Email)];
    const std::uint32_t named = std::max(common[index_of(KeyKind::Email)], std::min(names, 1U));
    return strong - names + named;
}

std::uint32_t strong_kinds(const KeyCounts& common) {
    std::uint32_t kinds = 0;
    bool named = false; // a link, its domain and an address at it are one kind here
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        if (common[kind] == 0 || weak(static_cast<KeyKind>(kind))) continue;
        const bool name = kind == index_of(KeyKind::Url) || kind == index_of(KeyKind::Domain) ||
                          kind == index_of(KeyKind::Email);
        if (!name || !named) ++kinds;
        named = named || name;
    }
    return kinds;
}

PartnerSearch::PartnerSearch(const Touches& touches, const Holdings& holdings,
                             const SharingRates& sharing_rate, const std::vector<float>& log2_rate)
    : touches_{touches}, holdings_{holdings}, sharing_rate_{sharing_rate}, log2_rate_{log2_rate} {
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        log2_universe_[kind] = std::log2(holdings.universe[kind]);
    }
}

double PartnerSearch::score(std::uint32_t a, std::uint32_t b, const Common& common) const {
    static_assert(kRateShape == 1.0, "the sum below is that of a shape of one");
    const KeyCounts& of_a = touches_.counts(a);
    const KeyCounts& of_b = touches_.counts(b);
    double bits = 0;
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        const std::uint32_t smaller = std::min(of_a[kind], of_b[kind]);
        if (smaller == 0) continue;
        const double room = static_cast<double>(smaller) *
                            static_cast<double>(std::max(of_a[kind], of_b[kind])) *
                            std::exp2(-log2_universe_[kind]);
        const double expected = room * sharing_rate_[kind];
        bits -= std::log2(static_cast<double>(smaller) + 1.0); // same offender: any count
        bits += std::log2(1.0 + expected);                     // two offenders: none expected
        const std::uint32_t shared = common.count[kind];
        if (shared == 0) continue;
        const double mean = room * std::exp2(static_cast<double>(common.log2_rates[kind]) / shared);
        bits += std::min(kBitsPerKindMax, shared * std::log2((1.0 + mean) / mean));
    }
    const double larger = std::max(touches_.size(a), touches_.size(b));
    bits += std::log2(larger / static_cast<double>(holdings_.records()));
    // Two large clusters never merge on one bridge: it becomes a proposal ("a shared mule?").
    const bool one_bridge =
        touches_.large(a) && touches_.large(b) && strong_kinds(common.count) < 2;
    return one_bridge ? std::min(bits, kMergeBits - 1) : bits;
}

Partner PartnerSearch::best(std::uint32_t cluster, Demand demand, Scratch& scratch) const {
    scratch.met_.clear();
    scratch.found_.clear();
    const std::span<const LinkKey> keys = touches_.keys_of(cluster);
    const std::span<const std::uint8_t> firm = touches_.firmness_of(cluster);
    const bool large = touches_.large(cluster);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const LinkKey key = keys[i];
        if (touches_.width(key) < 2) continue;
        const std::size_t kind = index_of(holdings_.kinds[key]);
        for (const auto& [other, other_firm] : touches_.offers(key)) {
            if (other == cluster) continue;
            // Between two large clusters, what only one record of either holds says nothing.
            if (large && (firm[i] == 0 || !other_firm) && touches_.large(other)) continue;
            if (scratch.place_[other] == 0) {
                scratch.met_.push_back(other);
                scratch.found_.emplace_back();
                scratch.place_[other] = static_cast<std::uint32_t>(scratch.met_.size());
            }
            Common& common = scratch.found_[scratch.place_[other] - 1];
            ++common.count[kind];
            common.log2_rates[kind] += log2_rate_[key];
        }
    }
    Partner chosen;
    for (std::size_t i = 0; i < scratch.met_.size(); ++i) {
        const std::uint32_t other = scratch.met_[i];
        scratch.place_[other] = 0;
        const Common& common = scratch.found_[i];
        if (demand == Demand::TwoReasons && independent(common.count) < 2) continue;
        const auto bits = static_cast<float>(score(cluster, other, common));
        if (bits > chosen.bits || (bits == chosen.bits && other < chosen.cluster)) {
            chosen = {other, bits};
        }
    }
    return chosen;
}

} // namespace engine::link::steps

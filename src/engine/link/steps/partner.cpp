#include "engine/link/steps/partner.hpp"

#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <cmath>

namespace engine::link::steps {
namespace {

constexpr std::size_t index_of(KeyKind kind) {
    return static_cast<std::size_t>(kind);
}

/// The part of a cluster's time in which the other was active too.
double active_part(Days own, Days other) {
    if (!own.known() || !other.known()) return 1;
    const double from = std::max<double>(own.first, other.first - kActiveMargin);
    const double to = std::min<double>(own.last, other.last + kActiveMargin);
    return std::clamp((to - from + 1) / (own.last - own.first + 1), 0.0, 1.0);
}

/// How many of the common keys of a kind are pieces of their own: the name beside an account is its
/// holder's.
std::uint32_t telling(const KeyCounts& common, std::size_t kind) {
    const std::uint32_t shared = common[kind];
    if (kind != index_of(KeyKind::Name)) return shared;
    return shared - std::min(shared, common[index_of(KeyKind::Iban)]);
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
                             const SharingRates& sharing_rate, const std::vector<float>& log2_rate,
                             const Gaps& gaps)
    : touches_{touches}, holdings_{holdings}, sharing_rate_{sharing_rate}, log2_rate_{log2_rate},
      gaps_{gaps} {
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        log2_universe_[kind] = std::log2(holdings.universe[kind]);
    }
}

double PartnerSearch::score(std::uint32_t a, std::uint32_t b, const Common& common) const {
    static_assert(kRateShape == 1.0, "the sum below is that of a shape of one");
    const KeyCounts& of_a = touches_.counts(a);
    const KeyCounts& of_b = touches_.counts(b);
    const double active_a = active_part(touches_.span_of(a), touches_.span_of(b));
    const double active_b = active_part(touches_.span_of(b), touches_.span_of(a));
    double bits = 0;
    double strong_open = 0; // strong keys of the smaller side that the other could have shared
    double strong_shared = 0;
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        if (of_a[kind] == 0 || of_b[kind] == 0) continue;
        const std::uint32_t shared = common.count[kind];
        const double open = std::max({1.0, static_cast<double>(shared),
                                      std::min(of_a[kind] * active_a, of_b[kind] * active_b)});
        const double room = static_cast<double>(of_a[kind]) * static_cast<double>(of_b[kind]) *
                            std::exp2(-log2_universe_[kind]);
        double of_kind = -std::log2(open + 1.0);                // same offender: any count of them
        of_kind += std::log2(1.0 + room * sharing_rate_[kind]); // two offenders: none expected
        if (shared > 0) {
            const double mean =
                room * std::exp2(static_cast<double>(common.log2_rates[kind]) / shared);
            of_kind += telling(common.count, kind) * std::log2((1.0 + mean) / mean);
        }
        bits += std::min(kBitsPerKindMax, of_kind);
        if (weak(static_cast<KeyKind>(kind))) continue;
        strong_open += open;
        strong_shared += shared;
    }
    const double larger = std::max(touches_.size(a), touches_.size(b));
    bits += std::log2(larger / static_cast<double>(holdings_.records()));
    // Too few bridges for their size: no merge, but a proposal ("a shared mule?").
    const std::uint32_t smaller = std::min(touches_.size(a), touches_.size(b));
    bool bridges = smaller < kOneBridgeMin || independent(common.count) >= 2;
    if (smaller >= kLargeMin) {
        bridges = strong_kinds(common.count) >= 2 && strong_shared >= kLargeShareMin * strong_open;
    }
    return bridges ? bits : std::min(bits, kMergeBits - 1);
}

void PartnerSearch::meet(std::uint32_t cluster, const Touch& touch, bool newcomers,
                         Scratch& scratch) const {
    if (touches_.width(touch.key) < 2) return;
    const KeyKind kind = holdings_.kinds[touch.key];
    const bool large = touches_.large(cluster);
    for (const Touches::Offer& offer : touches_.offers(touch.key)) {
        const std::uint32_t other = offer.cluster;
        if (other == cluster) continue;
        // Between two large clusters, what only one record of either holds says nothing.
        if (large && !(touch.repeated && offer.repeated) && touches_.large(other)) continue;
        if (scratch.place_[other] == 0) {
            if (!newcomers) continue;
            scratch.met_.push_back(other);
            scratch.found_.emplace_back();
            scratch.place_[other] = static_cast<std::uint32_t>(scratch.met_.size());
        }
        Common& common = scratch.found_[scratch.place_[other] - 1];
        ++common.count[index_of(kind)];
        common.log2_rates[index_of(kind)] +=
            log2_rate_[touch.key] - gaps_.bits(kind, touch.days, offer.days);
    }
}

Partner PartnerSearch::best(std::uint32_t cluster, Demand demand, Scratch& scratch) const {
    scratch.met_.clear();
    scratch.found_.clear();
    const std::span<const Touch> touches = touches_.keys_of(cluster);
    // Two reasons are two strong keys: who shares only weak ones need not be looked at.
    const bool two = demand == Demand::TwoReasons;
    if (two && independent(touches_.counts(cluster)) < 2) return {};
    for (const Touch& touch : touches) {
        if (!weak(holdings_.kinds[touch.key])) meet(cluster, touch, true, scratch);
    }
    for (const Touch& touch : touches) {
        if (two && scratch.met_.empty()) break;
        if (weak(holdings_.kinds[touch.key])) meet(cluster, touch, !two, scratch);
    }
    Partner chosen;
    for (std::size_t i = 0; i < scratch.met_.size(); ++i) {
        const std::uint32_t other = scratch.met_[i];
        scratch.place_[other] = 0;
        const Common& common = scratch.found_[i];
        if (two && independent(common.count) < 2) continue;
        const auto bits = static_cast<float>(score(cluster, other, common));
        if (bits > chosen.bits || (bits == chosen.bits && other < chosen.cluster)) {
            chosen = {other, bits};
        }
    }
    return chosen;
}

} // namespace engine::link::steps

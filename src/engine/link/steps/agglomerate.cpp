#include "engine/link/steps/agglomerate.hpp"

#include "base/parallel.hpp"
#include "engine/link/steps/disjoint_sets.hpp"
#include "engine/link/steps/hubs.hpp"
#include "engine/link/steps/partner.hpp"
#include "engine/link/steps/touches.hpp"
#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace engine::link::steps {
namespace {

/// Names for the sets, dense, in the order of their smallest members.
struct Names {
    std::vector<std::uint32_t> of;
    std::uint32_t count = 0;
};

Names names_of(DisjointSets& sets) {
    Names names{std::vector<std::uint32_t>(sets.size()), 0};
    for (std::uint32_t member = 0; member < sets.size(); ++member) {
        const std::uint32_t smallest = sets.find(member);
        names.of[member] = smallest == member ? names.count++ : names.of[smallest];
    }
    return names;
}

std::vector<bool> usable(const std::vector<float>& hub) {
    std::vector<bool> use(hub.size());
    for (std::size_t key = 0; key < hub.size(); ++key) use[key] = hub[key] < kHubProbabilityMax;
    return use;
}

std::vector<float> log2_rates(const Holdings& holdings, const Touches& touches,
                              const KeyKnowledge& known, unsigned threads) {
    std::vector<float> rates(holdings.keys());
    for_blocks(threads, holdings.keys(), 8192, [&](std::size_t begin, std::size_t end, unsigned) {
        for (LinkKey key = static_cast<LinkKey>(begin); key < end; ++key) {
            const double others = std::max(0.0, touches.width(key) - 2.0);
            const double established = std::max(0.0, touches.established(key) - 2.0);
            rates[key] = static_cast<float>(std::log2(
                known.sharing_rate[static_cast<std::size_t>(holdings.kinds[key])] +
                static_cast<double>(known.hub[key]) * others + kWidthWeight * established));
        }
    });
    return rates;
}

/// Brings the best partners of the clusters that changed up to date.
void choose(const Touches& touches, const Holdings& holdings, const KeyKnowledge& known,
            const Gaps& gaps, Demand demand, unsigned threads,
            const std::vector<std::uint8_t>& changed, std::vector<Partner>& partners) {
    const std::vector<float> rates = log2_rates(holdings, touches, known, threads);
    const PartnerSearch search{touches, holdings, known.sharing_rate, rates, gaps};
    std::vector<std::unique_ptr<PartnerSearch::Scratch>> scratch(threads);
    for_blocks(threads, touches.clusters(), 1024,
               [&](std::size_t begin, std::size_t end, unsigned worker) {
                   if (!scratch[worker]) {
                       scratch[worker] =
                           std::make_unique<PartnerSearch::Scratch>(touches.clusters());
                   }
                   for (std::size_t cluster = begin; cluster < end; ++cluster) {
                       if (changed[cluster] == 0) continue;
                       partners[cluster] = search.best(static_cast<std::uint32_t>(cluster), demand,
                                                       *scratch[worker]);
                   }
               });
}

/// Joins each cluster with its best partner when the choice is mutual, or when the partner is the
/// larger: many small ones may join a large one in the same round.
std::size_t join(const Touches& touches, const std::vector<Partner>& partners, DisjointSets& sets) {
    std::size_t joined = 0;
    for (std::uint32_t cluster = 0; cluster < touches.clusters(); ++cluster) {
        const Partner& partner = partners[cluster];
        if (partner.cluster == kNobody || partner.bits < kMergeBits) continue;
        const Partner& back = partners[partner.cluster];
        const bool mutual = back.cluster == cluster || back.bits <= partner.bits;
        if (!mutual && touches.size(partner.cluster) <= touches.size(cluster)) continue;
        if (sets.unite(cluster, partner.cluster)) ++joined;
    }
    return joined;
}

/// A round in which fewer than one cluster in so many joins also looks through the wide keys.
constexpr std::size_t kFewJoins = 500;

/// Rounds until nothing joins any more.
std::vector<Partner> settle(Touches& touches, const Holdings& holdings, const KeyKnowledge& known,
                            const Gaps& gaps, Demand demand, unsigned threads,
                            const std::function<void()>& after_round) {
    std::vector<std::uint8_t> changed(touches.clusters(), 1);
    std::vector<Partner> partners(touches.clusters());
    bool all_looked_at = true; // nothing waits behind a wide key
    for (int round = 0; round < kRoundsMax; ++round) {
        choose(touches, holdings, known, gaps, demand, threads, changed, partners);
        DisjointSets sets{touches.clusters()};
        const std::size_t joined = join(touches, partners, sets);
        if (joined == 0 && all_looked_at) break;
        if (joined > 0) {
            const Names names = names_of(sets);
            std::vector<Partner> renamed(names.count);
            for (std::uint32_t old = 0; old < names.of.size(); ++old) {
                Partner partner = partners[old];
                if (partner.cluster != kNobody) partner.cluster = names.of[partner.cluster];
                renamed[names.of[old]] = partner;
            }
            partners = std::move(renamed);
            touches.rename(names.of, names.count);
        }
        all_looked_at = joined * kFewJoins < touches.clusters();
        changed = touches.take_changed(all_looked_at ? Touches::Through::AllKeys
                                                     : Touches::Through::NarrowKeys);
        if (after_round) after_round();
    }
    return partners;
}

std::vector<NearMiss> near_misses(const std::vector<Partner>& partners) {
    std::vector<NearMiss> misses;
    for (std::uint32_t cluster = 0; cluster < partners.size(); ++cluster) {
        const Partner& partner = partners[cluster];
        if (partner.cluster == kNobody || partner.bits < kProposalBits) continue;
        const bool mutual = partners[partner.cluster].cluster == cluster;
        if (mutual && partner.cluster < cluster) continue; // the other side lists it
        misses.push_back({cluster, partner.cluster, partner.bits});
    }
    return misses;
}

} // namespace

Clusters agglomerate(const Holdings& holdings, std::vector<std::uint32_t> start, unsigned threads,
                     const Progress& progress) {
    const std::uint32_t count =
        start.empty() ? 0 : *std::max_element(start.begin(), start.end()) + 1;
    Clusters result;
    KeyKnowledge known = learn_keys(holdings, start, threads);
    std::vector<bool> use = usable(known.hub);
    const Gaps gaps{holdings, start};
    Touches touches{holdings, std::move(start), count, use, threads};
    double done = 0.1;
    const auto after_round = [&] {
        done += (1 - done) * 0.15;
        if (progress) progress("grouping", done);
    };
    settle(touches, holdings, known, gaps, Demand::TwoReasons, threads, after_round);
    // The clusters are larger now, and no key made one by itself: look at the hubs again.
    known = learn_keys(holdings, touches.cluster_of(), threads);
    const std::vector<bool> still = usable(known.hub);
    for (std::size_t key = 0; key < use.size(); ++key) use[key] = use[key] && still[key];
    touches.drop(use);
    const std::vector<Partner> partners =
        settle(touches, holdings, known, gaps, Demand::OneReason, threads, after_round);
    for (std::size_t key = 0; key < use.size(); ++key) {
        if (!use[key]) known.hub[key] = std::max(known.hub[key], 0.5F);
    }
    result.near_misses = near_misses(partners);
    result.log2_rate = log2_rates(holdings, touches, known, threads);
    result.gaps = gaps;
    result.hub = std::move(known.hub);
    result.of = touches.cluster_of();
    result.count = touches.clusters();
    return result;
}

} // namespace engine::link::steps

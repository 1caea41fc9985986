#include "engine/link/steps/forest.hpp"

#include "engine/link/steps/disjoint_sets.hpp"
#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace engine::link::steps {
namespace {

constexpr std::size_t kEvidenceMax = 8;       // reasons kept for a link, strongest first
constexpr std::size_t kProposalsMax = 20'000; // an analyst reads tens a day
constexpr std::size_t kHoldersSought = 2'000; // looked at to find a proposal's records
constexpr float kHubBits = 0.1F;              // a hub's weight when nothing else tells why

void order_groups(const Clusters& clusters, Grouping& grouping) {
    std::vector<std::vector<RecordIndex>> members(clusters.count);
    for (RecordIndex record = 0; record < clusters.of.size(); ++record) {
        members[clusters.of[record]].push_back(record);
    }
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
    });
    grouping.group_of.resize(clusters.of.size());
    for (GroupIndex group = 0; group < members.size(); ++group) {
        for (const RecordIndex record : members[group]) grouping.group_of[record] = group;
    }
    grouping.groups = std::move(members);
}

/// Weight of sharing each link key, log2 likelihood ratio.
std::vector<float> bits_of_keys(const Holdings& holdings, const Clusters& clusters) {
    std::vector<float> bits(holdings.keys());
    for (LinkKey key = 0; key < holdings.keys(); ++key) {
        const double universe = holdings.universe[static_cast<std::size_t>(holdings.kinds[key])];
        const double weight = std::log2(universe) - static_cast<double>(clusters.log2_rate[key]);
        bits[key] = clusters.hub[key] >= kHubProbabilityMax
                        ? kHubBits
                        : std::max(kHubBits, static_cast<float>(weight));
    }
    return bits;
}

/// Writes the reasons why two records belong together and links them.
class Reasons {
public:
    Reasons(const Holdings& holdings, const Clusters& clusters, const std::vector<float>& bits,
            Grouping& grouping)
        : holdings_{holdings}, gaps_{clusters.gaps}, bits_{bits}, grouping_{grouping} {}

    Link link(RecordIndex a, RecordIndex b, double prior_bits) {
        common_.clear();
        const std::span<const Held> of_a = holdings_.of(a);
        const std::span<const Held> of_b = holdings_.of(b);
        for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
            if (of_a[i].key < of_b[j].key) {
                ++i;
            } else if (of_b[j].key < of_a[i].key) {
                ++j;
            } else {
                common_.push_back(of_a[i]);
                ++i;
                ++j;
            }
        }
        std::sort(common_.begin(), common_.end(), [this](const Held& left, const Held& right) {
            return bits_[left.key] != bits_[right.key] ? bits_[left.key] > bits_[right.key]
                                                       : left.key < right.key;
        });
        return write(a, b, prior_bits);
    }

private:
    Link write(RecordIndex a, RecordIndex b, double prior_bits) {
        Link link{.a = std::min(a, b), .b = std::max(a, b)};
        link.first_evidence = static_cast<std::uint32_t>(grouping_.evidence.size());
        double total = prior_bits;
        std::uint32_t reasons = 0;
        anchors_.clear();
        const bool account = holds_in_common(KeyKind::Iban);
        for (const Held& held : common_) {
            // A part of something already counted (the domain of a URL) says nothing new, nor does
            // the name of an account's holder.
            const KeyKind kind = holdings_.kinds[held.key];
            const bool counted =
                (kind == KeyKind::Name && account) ||
                std::find(anchors_.begin(), anchors_.end(), held.anchor) != anchors_.end();
            float bits = counted ? 0 : bits_[held.key];
            // How near the two records are in time is one fact: it goes with the first reason.
            if (&held == common_.data() && bits > kHubBits) {
                const Days of_a{holdings_.day[a], holdings_.day[a]};
                const Days of_b{holdings_.day[b], holdings_.day[b]};
                bits = std::max(kHubBits, bits + gaps_.bits(kind, of_a, of_b));
            }
            total += static_cast<double>(bits);
            if (!counted) anchors_.push_back(held.anchor);
            if (!counted && bits > kHubBits) ++reasons;
            if (grouping_.evidence.size() - link.first_evidence < kEvidenceMax) {
                grouping_.evidence.push_back({holdings_.corpus_key[held.key], bits});
            }
        }
        link.evidence_count =
            static_cast<std::uint32_t>(grouping_.evidence.size()) - link.first_evidence;
        link.probability = static_cast<float>(1 / (1 + std::exp2(-std::clamp(total, -40.0, 40.0))));
        link.tier = reasons >= 2 ? Tier::Core : Tier::Group;
        return link;
    }

    [[nodiscard]] bool holds_in_common(KeyKind kind) const {
        return std::any_of(common_.begin(), common_.end(),
                           [&](const Held& held) { return holdings_.kinds[held.key] == kind; });
    }

    const Holdings& holdings_;
    const Gaps& gaps_;
    const std::vector<float>& bits_;
    Grouping& grouping_;
    std::vector<Held> common_;
    std::vector<std::uint32_t> anchors_;
};

/// Link keys, the most telling first.
std::vector<LinkKey> by_weight(const std::vector<float>& bits) {
    std::vector<LinkKey> order(bits.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](LinkKey a, LinkKey b) { return bits[a] != bits[b] ? bits[a] > bits[b] : a < b; });
    return order;
}

/// Holders of one key, group by group, in the order of their times: neighbours explain best.
void order_holders(const Holdings& holdings, const Grouping& grouping,
                   std::vector<RecordIndex>& holders) {
    std::sort(holders.begin(), holders.end(), [&](RecordIndex a, RecordIndex b) {
        const GroupIndex left = grouping.group_of[a];
        const GroupIndex right = grouping.group_of[b];
        if (left != right) return left < right;
        return holdings.day[a] != holdings.day[b] ? holdings.day[a] < holdings.day[b] : a < b;
    });
}

void grow_forest(const Corpus& corpus, const Holdings& holdings, const Clusters& clusters,
                 const std::vector<float>& bits, Grouping& grouping) {
    DisjointSets sets{corpus.size()};
    Reasons reasons{holdings, clusters, bits, grouping};
    std::vector<RecordIndex> holders;
    for (const LinkKey key : by_weight(bits)) {
        const std::span<const RecordIndex> all = corpus.records(holdings.corpus_key[key]);
        holders.assign(all.begin(), all.end());
        order_holders(holdings, grouping, holders);
        for (std::size_t i = 1; i < holders.size(); ++i) {
            const GroupIndex group = grouping.group_of[holders[i]];
            if (grouping.group_of[holders[i - 1]] != group) continue;
            if (!sets.unite(holders[i - 1], holders[i])) continue;
            const double prior = std::log2(static_cast<double>(grouping.groups[group].size()) /
                                           static_cast<double>(corpus.size()));
            grouping.links.push_back(reasons.link(holders[i - 1], holders[i], prior));
        }
    }
}

/// A record of each of two clusters that hold one key; false when none is found in bounded time.
bool find_bridge(const Corpus& corpus, const Holdings& holdings, const Clusters& clusters,
                 const std::vector<RecordIndex>& smaller, std::uint32_t other, Link& bridge) {
    std::size_t looked_at = 0;
    for (const RecordIndex record : smaller) {
        for (const Held& held : holdings.of(record)) {
            if (clusters.hub[held.key] >= kHubProbabilityMax) continue;
            for (const RecordIndex holder : corpus.records(holdings.corpus_key[held.key])) {
                if (++looked_at > kHoldersSought) return false;
                if (clusters.of[holder] != other) continue;
                bridge.a = record;
                bridge.b = holder;
                return true;
            }
        }
    }
    return false;
}

void propose(const Corpus& corpus, const Holdings& holdings, const Clusters& clusters,
             const std::vector<float>& bits, Grouping& grouping) {
    std::vector<NearMiss> misses = clusters.near_misses;
    std::sort(misses.begin(), misses.end(), [](const NearMiss& x, const NearMiss& y) {
        if (x.bits != y.bits) return x.bits > y.bits;
        return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    std::vector<RecordIndex> first(clusters.count, 0);
    for (RecordIndex record = static_cast<RecordIndex>(clusters.of.size()); record-- > 0;) {
        first[clusters.of[record]] = record;
    }
    Reasons reasons{holdings, clusters, bits, grouping};
    for (const NearMiss& miss : misses) {
        if (grouping.proposals.size() >= kProposalsMax) break;
        const auto& of_a = grouping.groups[grouping.group_of[first[miss.a]]];
        const auto& of_b = grouping.groups[grouping.group_of[first[miss.b]]];
        const bool a_smaller = of_a.size() <= of_b.size();
        Link bridge;
        if (!find_bridge(corpus, holdings, clusters, a_smaller ? of_a : of_b,
                         a_smaller ? miss.b : miss.a, bridge)) {
            continue;
        }
        Link link = reasons.link(bridge.a, bridge.b, 0);
        link.tier = Tier::Network;
        link.probability = static_cast<float>(1 / (1 + std::exp2(-static_cast<double>(miss.bits))));
        grouping.proposals.push_back(link);
    }
}

Verdict judge(const Corpus& corpus, const Grouping& grouping, KeyIndex key,
              std::vector<GroupIndex>& groups) {
    const std::span<const RecordIndex> holders = corpus.records(key);
    groups.clear();
    for (const RecordIndex holder : holders) groups.push_back(grouping.group_of[holder]);
    std::sort(groups.begin(), groups.end());
    double squares = 0;
    std::size_t established = 0;
    for (std::size_t begin = 0; begin < groups.size();) {
        std::size_t end = begin + 1;
        while (end < groups.size() && groups[end] == groups[begin]) ++end;
        squares += static_cast<double>((end - begin) * (end - begin));
        if (grouping.groups[groups[begin]].size() >= 2) ++established;
        begin = end;
    }
    const auto count = static_cast<double>(holders.size());
    return {.kind = established >= 2 ? VerdictKind::Shared : VerdictKind::Links,
            .groups = static_cast<float>(count * count / squares)};
}

void give_verdicts(const Corpus& corpus, const Priors& priors, const Holdings& holdings,
                   const Clusters& clusters, const std::vector<float>& bits, Grouping& grouping) {
    grouping.verdicts.resize(corpus.keys());
    std::vector<GroupIndex> groups;
    for (KeyIndex key = 0; key < priors.listed.size(); ++key) {
        if (priors.listed[key]) grouping.verdicts[key].kind = VerdictKind::Listed;
    }
    for (LinkKey key = 0; key < holdings.keys(); ++key) {
        const KeyIndex corpus_key = holdings.corpus_key[key];
        Verdict verdict = judge(corpus, grouping, corpus_key, groups);
        if (clusters.hub[key] >= kHubProbabilityMax) {
            verdict.kind = VerdictKind::Hub;
        } else {
            verdict.bits = bits[key];
        }
        grouping.verdicts[corpus_key] = verdict;
    }
}

} // namespace

Grouping explain_groups(const Corpus& corpus, const Priors& priors, const Holdings& holdings,
                        const Clusters& clusters) {
    Grouping grouping;
    order_groups(clusters, grouping);
    const std::vector<float> bits = bits_of_keys(holdings, clusters);
    grow_forest(corpus, holdings, clusters, bits, grouping);
    propose(corpus, holdings, clusters, bits, grouping);
    give_verdicts(corpus, priors, holdings, clusters, bits, grouping);
    return grouping;
}

} // namespace engine::link::steps

#include "chain/explain/facts.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace chain {
namespace {

/// Steps of union-find that explain() may spend on "what if this were wrong": about a second.
constexpr std::uint64_t kTriesMax = 100'000'000;

float bits_of(const ChainView& chain, const StoredLink& link,
              std::optional<std::uint32_t> without) {
    float bits = 0;
    for (const StoredEvidence& evidence : chain.evidence_of(link)) {
        if (evidence.key != without) bits += evidence.bits;
    }
    return bits;
}

/// The weakest evidence on which this run put two records together: what anything else must reach
/// to count as a tie. The stored file does not keep the engine's threshold.
float weakest_tie(const ChainView& chain) {
    float weakest = std::numeric_limits<float>::max();
    for (const StoredLink& link : chain.links()) {
        weakest = std::min(weakest, bits_of(chain, link, std::nullopt));
    }
    return weakest;
}

std::vector<StoredLink> links_of_group(const ChainView& chain, std::uint32_t group) {
    std::vector<StoredLink> out;
    for (const StoredLink& link : chain.links()) {
        if (chain.group_of(link.a) == group && chain.group_of(link.b) == group) out.push_back(link);
    }
    return out;
}

/// Breadth first over the group's links, which are a tree: the only path.
std::vector<StoredLink> path_between(const std::vector<StoredLink>& links, std::uint32_t a,
                                     std::uint32_t b) {
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> links_at;
    for (std::size_t i = 0; i < links.size(); ++i) {
        links_at[links[i].a].push_back(i);
        links_at[links[i].b].push_back(i);
    }
    std::unordered_map<std::uint32_t, StoredLink> towards_a; // by record: the link back, from it
    std::deque<std::uint32_t> ahead{b};
    towards_a.emplace(b, StoredLink{});
    while (!ahead.empty() && !towards_a.contains(a)) {
        const std::uint32_t here = ahead.front();
        ahead.pop_front();
        for (const std::size_t i : links_at[here]) {
            StoredLink link = links[i];
            if (link.b != here) std::swap(link.a, link.b);
            if (towards_a.emplace(link.a, link).second) ahead.push_back(link.a);
        }
    }
    std::vector<StoredLink> path;
    for (std::uint32_t here = a; here != b;) {
        const auto next = towards_a.find(here);
        if (next == towards_a.end()) return {}; // a file whose links do not hold its groups
        path.push_back(next->second);
        here = next->second.b;
    }
    return path;
}

/// A group as ties between its members, numbered from 0, to be tried without one key or another.
class Ties {
public:
    Ties(const ChainView& chain, std::uint32_t group, std::vector<StoredLink> links)
        : chain_{chain}, links_{std::move(links)}, weakest_{weakest_tie(chain)} {
        for (std::uint32_t record = 0; record < chain.records(); ++record) {
            if (chain.group_of(record) == group) members_.push_back(record);
        }
        for (const std::uint32_t member : members_) {
            for (const StoredOccurrence& place : chain.occurrences(member)) {
                if (chain.verdict(place.key).kind == engine::link::VerdictKind::Links &&
                    chain.verdict(place.key).bits >= weakest_) {
                    keys_.push_back(place.key);
                }
            }
        }
        std::sort(keys_.begin(), keys_.end());
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
        for (const std::uint32_t key : keys_) steps_ += chain.postings(key).size();
        steps_ += links_.size() + members_.size();
    }

    [[nodiscard]] std::uint64_t steps() const { return steps_; }

    [[nodiscard]] bool hold(std::uint32_t a, std::uint32_t b, std::uint32_t without) const {
        std::vector<std::uint32_t> parent(members_.size());
        std::iota(parent.begin(), parent.end(), 0U);
        for (const StoredLink& link : links_) {
            if (bits_of(chain_, link, without) >= weakest_) join(parent, link.a, link.b);
        }
        for (const std::uint32_t key : keys_) {
            if (key == without) continue;
            std::optional<std::uint32_t> first;
            for (const std::uint32_t record : chain_.postings(key)) {
                if (!std::binary_search(members_.begin(), members_.end(), record)) continue;
                if (first) join(parent, *first, record);
                first = record;
            }
        }
        return root(parent, number_of(a)) == root(parent, number_of(b));
    }

private:
    [[nodiscard]] std::uint32_t number_of(std::uint32_t record) const {
        return static_cast<std::uint32_t>(
            std::lower_bound(members_.begin(), members_.end(), record) - members_.begin());
    }
    static std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t member) {
        while (parent[member] != member) member = parent[member] = parent[parent[member]];
        return member;
    }
    void join(std::vector<std::uint32_t>& parent, std::uint32_t a, std::uint32_t b) const {
        parent[root(parent, number_of(a))] = root(parent, number_of(b));
    }

    const ChainView& chain_;
    std::vector<StoredLink> links_;
    float weakest_ = 0;
    std::vector<std::uint32_t> members_; // ascending
    std::vector<std::uint32_t> keys_;    // each strong enough to tie two records alone
    std::uint64_t steps_ = 0;
};

} // namespace

Together facts_together(const ChainView& chain, std::uint32_t a, std::uint32_t b) {
    Together facts;
    if (a == b) {
        facts.critical.emplace();
        return facts;
    }
    const std::vector<StoredLink> links = links_of_group(chain, chain.group_of(a));
    facts.path = path_between(links, a, b);

    std::vector<std::uint32_t> candidates;
    for (const StoredLink& link : facts.path) {
        for (const StoredEvidence& evidence : chain.evidence_of(link)) {
            candidates.push_back(evidence.key);
        }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

    const Ties ties{chain, chain.group_of(a), links};
    if (candidates.size() * ties.steps() > kTriesMax) return facts;
    facts.critical.emplace();
    for (const std::uint32_t key : candidates) {
        if (!ties.hold(a, b, key)) facts.critical->push_back(key);
    }
    return facts;
}

} // namespace chain

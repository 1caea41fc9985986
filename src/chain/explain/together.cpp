#include "chain/explain/facts.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace chain {
namespace {

constexpr auto kSuspect = static_cast<std::uint8_t>(engine::record::Role::Suspect);

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

    /// Breadth first over records, through links and through each tying key once.
    [[nodiscard]] std::vector<Step> shortest(std::uint32_t a, std::uint32_t b) const;

private:
    [[nodiscard]] Step step(std::uint32_t from, std::uint32_t to) const;
    [[nodiscard]] bool ties(std::uint32_t key) const {
        return std::binary_search(keys_.begin(), keys_.end(), key);
    }
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

std::vector<Step> Ties::shortest(std::uint32_t a, std::uint32_t b) const {
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> linked;
    for (const StoredLink& link : links_) {
        linked[link.a].push_back(link.b);
        linked[link.b].push_back(link.a);
    }
    std::unordered_map<std::uint32_t, std::uint32_t> towards_a{{a, a}};
    std::unordered_set<std::uint32_t> keys_followed;
    std::deque<std::uint32_t> ahead{a};
    while (!ahead.empty() && !towards_a.contains(b)) {
        const std::uint32_t here = ahead.front();
        ahead.pop_front();
        const auto reach = [&](std::uint32_t next) {
            if (towards_a.emplace(next, here).second) ahead.push_back(next);
        };
        for (const std::uint32_t next : linked[here]) reach(next);
        for (const StoredOccurrence& place : chain_.occurrences(here)) {
            const bool is_suspects = place.role == kSuspect;
            if (!is_suspects || !ties(place.key) || !keys_followed.insert(place.key).second) {
                continue;
            }
            for (const std::uint32_t next : chain_.postings(place.key)) {
                if (std::binary_search(members_.begin(), members_.end(), next)) reach(next);
            }
        }
    }
    std::vector<Step> path;
    if (!towards_a.contains(b)) return path; // a file whose links do not hold its groups
    for (std::uint32_t here = b; here != a; here = towards_a[here]) {
        path.push_back(step(towards_a[here], here));
    }
    std::reverse(path.begin(), path.end());
    return path;
}

Step Ties::step(std::uint32_t from, std::uint32_t to) const {
    Step out{.a = from, .b = to, .link = std::nullopt, .evidence = {}};
    const auto link = std::find_if(links_.begin(), links_.end(), [&](const StoredLink& each) {
        return (each.a == from && each.b == to) || (each.a == to && each.b == from);
    });
    if (link != links_.end()) {
        out.link = *link;
        const std::span<const StoredEvidence> evidence = chain_.evidence_of(*link);
        out.evidence.assign(evidence.begin(), evidence.end());
    } else {
        for (const StoredOccurrence& place : chain_.occurrences(from)) {
            const std::span<const std::uint32_t> holders = chain_.postings(place.key);
            const bool is_new =
                std::none_of(out.evidence.begin(), out.evidence.end(),
                             [&](const StoredEvidence& each) { return each.key == place.key; });
            if (place.role == kSuspect && is_new && ties(place.key) &&
                std::find(holders.begin(), holders.end(), to) != holders.end()) {
                out.evidence.push_back({.key = place.key, .bits = chain_.verdict(place.key).bits});
            }
        }
    }
    std::stable_sort(
        out.evidence.begin(), out.evidence.end(),
        [](const StoredEvidence& x, const StoredEvidence& y) { return x.bits > y.bits; });
    return out;
}

} // namespace

Together facts_together(const ChainView& chain, std::uint32_t a, std::uint32_t b) {
    Together facts;
    if (a == b) {
        facts.critical.emplace();
        return facts;
    }
    const Ties ties{chain, chain.group_of(a), links_of_group(chain, chain.group_of(a))};
    facts.path = ties.shortest(a, b);

    std::vector<std::uint32_t> candidates;
    for (const Step& step : facts.path) {
        for (const StoredEvidence& evidence : step.evidence) candidates.push_back(evidence.key);
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

    if (candidates.size() * ties.steps() > kTriesMax) return facts;
    facts.critical.emplace();
    for (const std::uint32_t key : candidates) {
        if (!ties.hold(a, b, key)) facts.critical->push_back(key);
    }
    return facts;
}

} // namespace chain

#include "chain/explain/facts.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <map>

namespace chain {
namespace {

using engine::record::Role;

constexpr std::size_t kIdBytesCompared = 64; // longer ids are compared by their beginning
constexpr std::size_t kNearIdsMax = 3;

/// The keys of a record, each with the role that counts most: the suspect's, if it has it once.
std::map<std::uint32_t, Role> roles_by_key(const ChainView& chain, std::uint32_t record) {
    std::map<std::uint32_t, Role> roles;
    for (const StoredOccurrence& place : chain.occurrences(record)) {
        const auto role = static_cast<Role>(place.role);
        const auto [at, is_new] = roles.emplace(place.key, role);
        if (!is_new && role == Role::Suspect) at->second = role;
    }
    return roles;
}

bool is_usable(const std::map<std::uint32_t, Role>& roles) {
    return std::any_of(roles.begin(), roles.end(),
                       [](const auto& each) { return each.second == Role::Suspect; });
}

std::optional<StoredLink> strongest_proposal(const ChainView& chain, std::uint32_t group_a,
                                             std::uint32_t group_b) {
    std::optional<StoredLink> strongest;
    for (const StoredLink& link : chain.proposals()) {
        const std::uint32_t from = chain.group_of(link.a);
        const std::uint32_t to = chain.group_of(link.b);
        const bool between =
            (from == group_a && to == group_b) || (from == group_b && to == group_a);
        if (between && (!strongest || link.probability > strongest->probability)) strongest = link;
    }
    return strongest;
}

/// Levenshtein distance, or `limit + 1` as soon as it must be more than `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit,
                     std::vector<std::size_t>& row) {
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit) return limit + 1;
    row.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        std::size_t smallest = row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
            smallest = std::min(smallest, row[j]);
        }
        if (smallest > limit) return limit + 1;
    }
    return row[b.size()];
}

} // namespace

Apart facts_apart(const ChainView& chain, std::uint32_t a, std::uint32_t b) {
    const std::map<std::uint32_t, Role> in_a = roles_by_key(chain, a);
    const std::map<std::uint32_t, Role> in_b = roles_by_key(chain, b);
    Apart facts;
    facts.a_usable = is_usable(in_a);
    facts.b_usable = is_usable(in_b);
    for (const auto& [key, role] : in_a) {
        const auto other = in_b.find(key);
        if (other == in_b.end()) continue;
        facts.shared.push_back({.key = key, .in_a = role, .in_b = other->second});
    }
    facts.proposal = strongest_proposal(chain, chain.group_of(a), chain.group_of(b));
    return facts;
}

std::vector<std::string_view> near_ids(const ChainView& chain, std::string_view id) {
    const std::string wanted = lower_ascii(id.substr(0, kIdBytesCompared));
    const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 4);
    std::vector<std::pair<std::size_t, std::uint32_t>> near; // distance, record; ascending
    std::vector<std::size_t> row;
    for (std::uint32_t record = 0; record < chain.records(); ++record) {
        const std::size_t reach = near.size() < kNearIdsMax ? limit : near.back().first;
        const std::string other = lower_ascii(chain.id(record).substr(0, kIdBytesCompared));
        const std::size_t found = distance(wanted, other, reach, row);
        if (found > reach) continue;
        const std::pair entry{found, record};
        near.insert(std::upper_bound(near.begin(), near.end(), entry), entry);
        if (near.size() > kNearIdsMax) near.pop_back();
    }
    std::vector<std::string_view> out;
    for (const auto& [found, record] : near) out.push_back(chain.id(record));
    return out;
}

} // namespace chain

// What linking decides: groups, the links that hold them together with their reasons, proposals
// for an analyst, and a verdict on every key.
#pragma once

#include "engine/link/corpus.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::link {

using GroupIndex = std::uint32_t; // dense; groups in descending size, then by smallest record

/// How strongly a link holds (docs/adr, LINKING design §4.2.8).
enum class Tier : std::uint8_t {
    Core,    // two independent identifiers, or one that nobody else has
    Group,   // weighted evidence above the decision threshold
    Network, // a proposal: never merges by itself
};
constexpr std::string_view kTierNames[] = {"core", "group", "network"};

/// Why a key links, or does not.
enum class VerdictKind : std::uint8_t {
    Single, // only one record holds it
    Links,  // used inside one group
    Shared, // used by a few groups that nothing else ties (a mule, a bought list): proposals
    Hub,    // its holders are not alike otherwise: a platform, a bank, a leaflet
    Listed, // a shipped prior says whose it is (public service, marketplace, mail provider…)
};
constexpr std::string_view kVerdictNames[] = {"single", "links", "shared", "hub", "listed"};

struct Verdict {
    VerdictKind kind = VerdictKind::Single;
    float groups = 0; // effective number of groups among its holders, the key set aside
    float bits = 0;   // weight of sharing it, log2 likelihood ratio; 0 when it does not link
};

/// One reason of a link: a key that both records hold.
struct Evidence {
    KeyIndex key = 0;
    float bits = 0; // after the discount for correlated pieces
};

struct Link {
    RecordIndex a = 0;
    RecordIndex b = 0;
    float probability = 0; // that both are the same offender's
    Tier tier = Tier::Group;
    std::uint32_t first_evidence = 0; // in Grouping::evidence
    std::uint32_t evidence_count = 0;
};

struct Grouping {
    std::vector<GroupIndex> group_of;             // by record
    std::vector<std::vector<RecordIndex>> groups; // members ascending; groups of one included
    std::vector<Link> links;     // tiers Core and Group: a forest, its trees are the groups
    std::vector<Link> proposals; // tier Network: between groups
    std::vector<Evidence> evidence;
    std::vector<Verdict> verdicts; // by key

    [[nodiscard]] std::span<const Evidence> evidence_of(const Link& link) const {
        return std::span{evidence}.subspan(link.first_evidence, link.evidence_count);
    }
};

/// Stable name of a group: "g-" and twelve hex digits of its smallest record id's hash.
[[nodiscard]] std::string group_name(const Corpus& corpus, const Grouping& grouping,
                                     GroupIndex group);

} // namespace engine::link

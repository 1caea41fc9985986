#include "chain/output.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/tables.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace chain {
namespace {

using Json = nlohmann::ordered_json;

/// Sizes grouped as people ask for them: alone, a pair, a handful, a gang, an industry.
struct SizeClass {
    std::size_t largest;
    const char* name;
};
constexpr SizeClass kSizeClasses[] = {{1, "1"},        {2, "2"},           {5, "3-5"},
                                      {10, "6-10"},    {20, "11-20"},      {50, "21-50"},
                                      {100, "51-100"}, {1000, "101-1000"}, {SIZE_MAX, "1001+"}};

double rounded(double seconds) {
    return std::round(seconds * 1000) / 1000;
}

Json groups_json(const engine::link::Grouping& grouping) {
    std::uint64_t several = 0;
    std::uint64_t records_in_several = 0;
    std::size_t largest = 0;
    std::vector<std::uint64_t> by_size(std::size(kSizeClasses), 0);
    for (const std::vector<engine::link::RecordIndex>& members : grouping.groups) {
        const SizeClass* const size_class =
            std::find_if(std::begin(kSizeClasses), std::end(kSizeClasses),
                         [&](const SizeClass& each) { return members.size() <= each.largest; });
        ++by_size[static_cast<std::size_t>(size_class - std::begin(kSizeClasses))];
        largest = std::max(largest, members.size());
        if (members.size() < 2) continue;
        ++several;
        records_in_several += members.size();
    }
    Json sizes = Json::object();
    for (std::size_t i = 0; i < by_size.size(); ++i) sizes[kSizeClasses[i].name] = by_size[i];
    return Json{{"all", grouping.groups.size()},
                {"of_two_or_more", several},
                {"records_in_them", records_in_several},
                {"largest", largest},
                {"by_size", sizes}};
}

Json links_json(const engine::link::Grouping& grouping) {
    std::vector<std::uint64_t> by_tier(std::size(engine::link::kTierNames), 0);
    for (const engine::link::Link& link : grouping.links) {
        ++by_tier[static_cast<std::size_t>(link.tier)];
    }
    for (const engine::link::Link& link : grouping.proposals) {
        ++by_tier[static_cast<std::size_t>(link.tier)];
    }
    Json tiers = Json::object();
    for (std::size_t i = 0; i < by_tier.size(); ++i) {
        tiers[std::string{engine::link::kTierNames[i]}] = by_tier[i];
    }
    return tiers;
}

/// verdict → kind → number of values; kinds without any are left out.
Json verdicts_json(const engine::link::Corpus& corpus, const engine::link::Grouping& grouping) {
    constexpr std::size_t kVerdicts = std::size(engine::link::kVerdictNames);
    std::vector<std::array<std::uint64_t, engine::link::kKeyKinds>> counts(kVerdicts);
    for (std::size_t key = 0; key < grouping.verdicts.size(); ++key) {
        const auto kind = corpus.kind(static_cast<engine::link::KeyIndex>(key));
        ++counts[static_cast<std::size_t>(grouping.verdicts[key].kind)]
                [static_cast<std::size_t>(kind)];
    }
    Json out = Json::object();
    for (std::size_t verdict = 0; verdict < kVerdicts; ++verdict) {
        Json by_kind = Json::object();
        for (std::size_t kind = 0; kind < engine::link::kKeyKinds; ++kind) {
            if (counts[verdict][kind] == 0) continue;
            by_kind[std::string{engine::link::name_of(static_cast<engine::link::KeyKind>(kind))}] =
                counts[verdict][kind];
        }
        out[std::string{engine::link::kVerdictNames[verdict]}] = by_kind;
    }
    return out;
}

Json settings_json(const Outcome& outcome, const RunPolicy& policy) {
    return Json{
        {"country", std::string{policy.assumed_country.begin(), policy.assumed_country.end()}},
        {"threads", policy.threads},
        {"priors", policy.use_priors},
        {"csv_mapping", outcome.read.csv_mapping.string()},
        {"record_bytes_max", outcome.read.record_bytes_max},
        {"expansion_max", outcome.read.expansion_max}};
}

} // namespace

std::string summary_json(const Outcome& outcome, const RunPolicy& policy) {
    const Counts& counts = outcome.counts;
    Json seconds = Json::object();
    double total = 0;
    for (const auto& [stage, spent] : outcome.seconds) {
        seconds[stage] = rounded(spent);
        total += spent;
    }
    seconds["total"] = rounded(total);
    Json inputs = Json::array();
    for (const std::filesystem::path& path : outcome.files.paths()) inputs.push_back(path.string());

    const Json summary{{"version", std::string{program_version()}},
                       {"in", counts.in},
                       {"linked", counts.linked},
                       {"rejected", counts.rejected},
                       {"rejected_by_reason", counts.rejected_by_reason},
                       {"bytes", counts.bytes},
                       {"mentions", counts.mentions},
                       {"values", outcome.corpus.keys()},
                       {"attachments_by_kind", counts.attachments_by_kind},
                       {"groups", groups_json(outcome.grouping)},
                       {"links", links_json(outcome.grouping)},
                       {"verdicts", verdicts_json(outcome.corpus, outcome.grouping)},
                       {"seconds", seconds},
                       {"settings", settings_json(outcome, policy)},
                       {"inputs", inputs}};
    // Paths may hold any byte: what is not UTF-8 becomes U+FFFD.
    return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_outputs(const Outcome& outcome, const RunPolicy& policy, OutputFolder& folder) {
    write_groups(outcome, folder.create("groups.csv"));
    write_links(outcome, folder.create("links.jsonl"));
    write_chain_file(outcome, folder.create("chain.bin"));
    folder.create("summary.json").append(summary_json(outcome, policy));
}

} // namespace chain

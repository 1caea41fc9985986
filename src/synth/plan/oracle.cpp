#include "synth/plan/oracle.hpp"

#include "interchange/writer.hpp"
#include "synth/plan/scam_type.hpp"
#include "synth/tell/telling.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace synth {
namespace {

std::uint32_t root_of(std::vector<std::uint32_t>& parents, std::uint32_t record) {
    while (parents[record] != record) {
        parents[record] = parents[parents[record]];
        record = parents[record];
    }
    return record;
}

void append_list(std::string_view name, const std::vector<std::string>& values, std::string& out) {
    out += "  \"" + std::string{name} + "\": [";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ", ";
        interchange::append_json_string(values[i], out);
    }
    out += "],\n";
}

/// Accounts that several gangs used, with the number of gangs and of records.
void append_mules(const World& world, std::string& out) {
    std::unordered_map<ValueIndex, std::vector<std::uint32_t>> gangs_of;
    for (const RecordPlan& record : world.records) {
        for (std::size_t i = 0; i < record.count; ++i) {
            if (world.values[record.values[i]].shared) {
                gangs_of[record.values[i]].push_back(record.gang);
            }
        }
    }
    std::vector<ValueIndex> shared;
    for (const auto& [value, gangs] : gangs_of) shared.push_back(value);
    std::sort(shared.begin(), shared.end());
    out += "  \"mules\": [";
    const char* separator = "\n";
    for (const ValueIndex value : shared) {
        std::vector<std::uint32_t>& gangs = gangs_of[value];
        const std::size_t records = gangs.size();
        std::sort(gangs.begin(), gangs.end());
        gangs.erase(std::unique(gangs.begin(), gangs.end()), gangs.end());
        out += separator;
        out += "    {\"value\": ";
        interchange::append_json_string(text_of(world.values[value], world.lexicon), out);
        out += ", \"gangs\": " + std::to_string(gangs.size()) +
               ", \"records\": " + std::to_string(records) + "}";
        separator = ",\n";
    }
    out += "\n  ],\n";
}

void append_largest_gangs(const World& world, std::string& out) {
    constexpr std::size_t kListed = 50;
    std::vector<std::uint32_t> gangs(world.gangs.size());
    std::iota(gangs.begin(), gangs.end(), 0U);
    std::stable_sort(gangs.begin(), gangs.end(), [&](std::uint32_t left, std::uint32_t right) {
        return world.gangs[left].size > world.gangs[right].size;
    });
    gangs.resize(std::min(gangs.size(), kListed));
    out += "  \"largest_gangs\": [";
    const char* separator = "\n";
    for (const std::uint32_t gang : gangs) {
        out += separator;
        out += "    {\"group\": \"g" + std::to_string(gang) +
               "\", \"size\": " + std::to_string(world.gangs[gang].size) + ", \"kind\": \"" +
               std::string{kScamTypes[world.gangs[gang].type].name} + "\"}";
        separator = ",\n";
    }
    out += "\n  ]\n";
}

} // namespace

std::vector<std::uint32_t> oracle_groups(const World& world) {
    std::vector<std::uint32_t> parents(world.records.size());
    std::iota(parents.begin(), parents.end(), 0U);
    // A gang's first record with a value stands for it; the gang is part of the key, so that a
    // shared account ties each gang apart.
    std::unordered_map<std::uint64_t, std::uint32_t> first_with;
    for (std::uint32_t i = 0; i < world.records.size(); ++i) {
        const RecordPlan& record = world.records[i];
        for (std::size_t v = 0; v < record.count; ++v) {
            if ((record.slips >> v & 1) != 0) continue;
            const std::uint64_t key = (std::uint64_t{record.gang} << 32) | record.values[v];
            const auto [found, is_new] = first_with.try_emplace(key, i);
            if (!is_new) parents[root_of(parents, i)] = root_of(parents, found->second);
        }
    }
    for (std::uint32_t i = 0; i < parents.size(); ++i) parents[i] = root_of(parents, i);
    return parents;
}

void append_oracle(const World& world, std::string& out) {
    const std::vector<std::uint32_t> groups = oracle_groups(world);
    out += "id,group_id\n";
    for (std::size_t i = 0; i < groups.size(); ++i) {
        out += record_id(i) + "," + record_id(groups[i]) + "\n";
    }
}

void append_description(const World& world, const WorldPolicy& policy, std::string& out) {
    const std::size_t singles = static_cast<std::size_t>(std::count_if(
        world.gangs.begin(), world.gangs.end(), [](const Gang& gang) { return gang.size == 1; }));
    out += "{\n  \"format\": 1,\n  \"records\": " + std::to_string(policy.records) +
           ",\n  \"seed\": " + std::to_string(policy.seed) +
           ",\n  \"offenders\": " + std::to_string(world.gangs.size()) +
           ",\n  \"offenders_with_one_record\": " + std::to_string(singles) +
           ",\n  \"identifiers\": " + std::to_string(world.values.size()) + ",\n";
    append_list("platforms", world.hubs.platforms, out);
    append_list("collection_ibans", world.hubs.collection_ibans, out);
    append_list("spoofed_phones", world.hubs.spoofed_phones, out);
    append_list("shorteners", world.hubs.shorteners, out);
    append_list("helplines", world.hubs.helplines, out);
    append_list("public_pages", world.hubs.public_pages, out);
    append_mules(world, out);
    append_largest_gangs(world, out);
    out += "}\n";
}

} // namespace synth

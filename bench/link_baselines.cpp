// What others do, on the same records and the same keys: `bench_link_baselines records.jsonl
// truth.csv [world.json]` prints one CSV line a policy.
#include "chain/run.hpp"
#include "engine/link/corpus.hpp"
#include "engine/link/link.hpp"
#include "score/score.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

using engine::link::Corpus;
using engine::link::KeyIndex;
using engine::link::RecordIndex;

std::vector<std::uint32_t> read_truth(const std::string& path, const Corpus& corpus) {
    std::unordered_map<std::string, std::uint32_t> groups;
    std::vector<std::uint32_t> truth(corpus.size(), 0);
    std::ifstream file{path};
    std::string line;
    std::getline(file, line); // the header
    while (std::getline(file, line)) {
        const std::size_t comma = line.find(',');
        if (comma == std::string::npos) continue;
        const std::size_t end = line.find(',', comma + 1);
        const auto record = corpus.find(std::string_view{line}.substr(0, comma));
        if (!record) continue;
        const std::string group = line.substr(comma + 1, end - comma - 1);
        truth[*record] =
            groups.try_emplace(group, static_cast<std::uint32_t>(groups.size())).first->second;
    }
    return truth;
}

/// Every hub that the world was made with.
std::unordered_set<std::string> read_hubs(const char* path) {
    std::unordered_set<std::string> hubs;
    std::ifstream file{path};
    const nlohmann::json world = nlohmann::json::parse(file);
    for (const char* list : {"platforms", "collection_ibans", "spoofed_phones", "shorteners",
                             "helplines", "public_pages"}) {
        if (!world.contains(list)) continue;
        for (const auto& value : world[list]) {
            if (value.is_string()) hubs.insert(value.get<std::string>());
        }
    }
    return hubs;
}

class Components {
public:
    explicit Components(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), 0U);
    }
    std::uint32_t find(std::uint32_t member) {
        while (parent_[member] != member) {
            parent_[member] = parent_[parent_[member]];
            member = parent_[member];
        }
        return member;
    }
    void unite(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }
    std::vector<std::uint32_t> names() {
        std::vector<std::uint32_t> names(parent_.size());
        for (std::uint32_t i = 0; i < names.size(); ++i) names[i] = find(i);
        return names;
    }

private:
    std::vector<std::uint32_t> parent_;
};

std::vector<std::uint32_t> components(const Corpus& corpus,
                                      const std::function<bool(KeyIndex)>& takes) {
    Components sets{corpus.size()};
    for (KeyIndex key = 0; key < corpus.keys(); ++key) {
        const auto holders = corpus.records(key);
        if (holders.size() < 2 || !takes(key)) continue;
        for (const RecordIndex holder : holders) sets.unite(holders.front(), holder);
    }
    return sets.names();
}

/// Knows which common keys are the offender's: joins only records of one true group.
std::vector<std::uint32_t> oracle(const Corpus& corpus, const std::vector<std::uint32_t>& truth) {
    Components sets{corpus.size()};
    for (KeyIndex key = 0; key < corpus.keys(); ++key) {
        std::unordered_map<std::uint32_t, RecordIndex> first;
        for (const RecordIndex holder : corpus.records(key)) {
            const auto [at, fresh] = first.try_emplace(truth[holder], holder);
            if (!fresh) sets.unite(at->second, holder);
        }
    }
    return sets.names();
}

void print(const char* policy, const std::vector<std::uint32_t>& truth,
           const std::vector<std::uint32_t>& found) {
    const score::Figures f = score::figures(truth, found);
    fmt::print("{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.5f},{}\n", policy,
               f.pairwise.precision, f.pairwise.recall, f.pairwise.f1, f.b_cubed.precision,
               f.b_cubed.recall, f.b_cubed.f1, f.false_merge_rate, f.largest_group);
}

chain::Outcome link(const char* records, bool use_priors) {
    chain::Outcome outcome;
    chain::RunPolicy policy;
    policy.use_priors = use_priors;
    const std::atomic<bool> stop{false};
    chain::run({records}, policy, [](std::string_view) {}, {}, stop, outcome);
    return outcome;
}

} // namespace

int main(int count, char** values) {
    if (count < 3) {
        std::fputs("usage: bench_link_baselines RECORDS.jsonl TRUTH.csv [WORLD.json]\n", stderr);
        return 2;
    }
    std::puts("policy,pair_p,pair_r,pair_f1,b3_p,b3_r,b3_f1,false_merge,largest");
    {
        const chain::Outcome outcome = link(values[1], false);
        const Corpus& corpus = outcome.corpus;
        const std::vector<std::uint32_t> truth = read_truth(values[2], corpus);
        const auto holders = [&](KeyIndex key) { return corpus.records(key).size(); };
        const auto text = [&](KeyIndex key) {
            return corpus.kind(key) == engine::link::KeyKind::Script;
        };
        print("components on identifiers", truth,
              components(corpus, [&](KeyIndex key) { return !text(key); }));
        print("cap 20", truth,
              components(corpus, [&](KeyIndex key) { return !text(key) && holders(key) <= 20; }));
        print("cap 100", truth,
              components(corpus, [&](KeyIndex key) { return !text(key) && holders(key) <= 100; }));
        if (count > 3) {
            const std::unordered_set<std::string> hubs = read_hubs(values[3]);
            print("perfect lists", truth, components(corpus, [&](KeyIndex key) {
                      return !text(key) && !hubs.contains(std::string{corpus.value(key)});
                  }));
        }
        print("maillon without priors", truth, outcome.grouping.group_of);
        print("oracle", truth, oracle(corpus, truth));
    }
    const chain::Outcome outcome = link(values[1], true);
    print("maillon", read_truth(values[2], outcome.corpus), outcome.grouping.group_of);
    return 0;
}

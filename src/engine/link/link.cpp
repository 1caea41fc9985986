#include "engine/link/link.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"
#include "engine/link/steps/agglomerate.hpp"
#include "engine/link/steps/core.hpp"
#include "engine/link/steps/forest.hpp"
#include "engine/link/steps/holdings.hpp"

#include <xxhash.h>

#include <array>
#include <cstdio>

namespace engine::link {
namespace {

/// Dense names for the sets, in the order of their smallest records.
std::vector<std::uint32_t> dense(steps::DisjointSets& sets) {
    std::vector<std::uint32_t> names(sets.size());
    std::uint32_t count = 0;
    for (std::uint32_t record = 0; record < sets.size(); ++record) {
        const std::uint32_t smallest = sets.find(record);
        names[record] = smallest == record ? count++ : names[smallest];
    }
    return names;
}

} // namespace

Grouping link(const Corpus& corpus, const Priors& priors, const LinkPolicy& policy,
              const Progress& progress) {
    const unsigned threads = thread_count(policy.threads);
    const auto tell = [&](double fraction) {
        if (progress) progress("grouping", fraction);
    };
    tell(0);
    const steps::Holdings holdings = steps::holdings(corpus, priors);
    steps::DisjointSets cores{corpus.size()};
    steps::unite_cores(holdings, threads, cores); // every later merge only adds to these
    tell(0.1);
    const steps::Clusters clusters = steps::agglomerate(holdings, dense(cores), threads, progress);
    Grouping grouping = steps::explain_groups(corpus, priors, holdings, clusters);
    tell(1);
    return grouping;
}

std::string group_name(const Corpus& corpus, const Grouping& grouping, GroupIndex group) {
    const std::string_view id = corpus.id(grouping.groups[group].front());
    std::array<char, 24> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "g-%012llx",
                      static_cast<unsigned long long>(XXH3_64bits(id.data(), id.size()) >> 16));
    return {text.data(), static_cast<std::size_t>(size)};
}

} // namespace engine::link

#include "linking/rebuild.hpp"

#include "linking/state/compare.hpp"
#include "linking/state/feeding.hpp"
#include "linking/store/groups.hpp"

#include <chrono>

namespace linking {

RebuildReport rebuild(platform::db::Pool& pool, Declarations& declarations,
                      const LinkerPolicy& policy, const GroupedCommit& commit) {
    state::Feeding feeding{declarations, policy};
    store::Groups groups{pool, commit};
    auto later = store::Groups::Later::Respect;
    for (;;) { // again only when the tables take in more
        if (!feeding.pull([] { return true; })) later = store::Groups::Later::Overwrite;
        const auto began = std::chrono::steady_clock::now();
        const engine::memory::Snapshot found = feeding.memory().link();
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began);
        RebuildReport report;
        const bool written =
            groups.write(found,
                         {.change_number = feeding.number(),
                          .declarations = feeding.memory().size(),
                          .took = took},
                         later,
                         [&](const state::Standing& standing, const store::Mark& mark,
                             const state::Difference& difference) {
                             state::compare_groups(found, standing, report);
                             report.links_changed =
                                 difference.edges.size() + difference.edges_gone.size();
                             report.tables_lagged = mark.change_number < feeding.number();
                         });
        if (written) return report;
    }
}

} // namespace linking

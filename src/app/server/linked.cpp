#include "app/server/linked.hpp"

#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "linking/rebuild.hpp"

#include <fmt/format.h>

namespace app {

std::vector<linking::Declarations::Change> IntakeDeclarations::changes_after(std::int64_t number,
                                                                             std::size_t at_most) {
    std::vector<Change> out;
    for (intake::DeclarationChange& change : intake::changes_after(pool_, keys_, number, at_most)) {
        out.push_back({.number = change.number,
                       .id = std::move(change.reference),
                       .statement = std::move(change.statement)});
    }
    return out;
}

linking::LinkerPolicy linker_policy(const Base& base, const platform::config::Settings& settings) {
    linking::LinkerPolicy policy;
    policy.extract = extract_policy(base.keys());
    policy.threads = static_cast<unsigned>(settings.number("link.threads"));
    return policy;
}

linking::GroupedCommit grouped_acts() {
    return [](platform::db::Transaction& transaction, const std::vector<std::string>& references) {
        intake::commit_grouped(transaction, references, clock_now());
    };
}

Linked::Linked(House& house, const Base& base, const platform::config::Settings& settings)
    : declarations_{house.engine_pool(), base.keys()},
      linker_{house.engine_pool(), declarations_, house.metrics(), linker_policy(base, settings),
              grouped_acts()} {}

Exit rebuild_command(const RebuildArguments& arguments) {
    const std::optional<Opened> opened = open_known_data(arguments.place);
    if (!opened) return Exit::Failed;
    platform::db::Pool pool{opened->base->address("maillon_engine"), 2};
    IntakeDeclarations declarations{pool, opened->base->keys()};
    const linking::RebuildReport report = linking::rebuild(
        pool, declarations, linker_policy(*opened->base, opened->settings), grouped_acts());
    fmt::print("{} declarations, {} groups of two or more\n", report.declarations, report.groups);
    if (report.same_groups()) {
        fmt::print("The groups in the database were the same.\n");
    } else {
        fmt::print("The groups in the database were others: {} declarations stood with others; of "
                   "{} pairs that belong together {} were apart, and {} were together that do not "
                   "belong. Put right.\n",
                   report.in_other_groups, report.pairs_together, report.pairs_missing,
                   report.pairs_extra);
    }
    if (report.links_changed > 0) fmt::print("{} links were put right\n", report.links_changed);
    if (report.tables_lagged) {
        fmt::print("The last declarations had not been linked yet: a difference may be that.\n");
    }
    return Exit::Done;
}

} // namespace app

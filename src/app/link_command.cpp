#include "app/arguments.hpp"
#include "app/card_key.hpp"
#include "chain/output.hpp"
#include "chain/run.hpp"
#include "platform/terminal/progress.hpp"
#include "platform/terminal/signals.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace app {
namespace {

using platform::terminal::in_threes;
using platform::terminal::Progress;

chain::RunPolicy policy_of(const LinkArguments& arguments, chain::OutputFolder& folder) {
    chain::RunPolicy policy;
    policy.read.csv_mapping = arguments.csv_mapping;
    policy.assumed_country = {arguments.country[0], arguments.country[1]};
    policy.card_key =
        arguments.key_file.empty() ? card_key_of(folder) : read_card_key(arguments.key_file);
    policy.threads = arguments.threads;
    policy.use_priors = !arguments.no_priors;
    return policy;
}

/// What the run found, in a few lines that end with where to look.
std::string summary_in_words(const chain::Outcome& outcome, const LinkArguments& arguments) {
    const chain::Counts& counts = outcome.counts;
    std::string out = fmt::format("{} records: {} linked, {} rejected\n", in_threes(counts.in),
                                  in_threes(counts.linked), in_threes(counts.rejected));
    for (const auto& [reason, count] : counts.rejected_by_reason) {
        out += fmt::format("    {} {}\n", in_threes(count), reason);
    }
    if (counts.rejected > 0) {
        out += fmt::format("    each with its reason in {}\n",
                           (arguments.out / "rejects.jsonl").string());
    }
    std::size_t several = 0;
    std::size_t in_several = 0;
    std::size_t largest = 0;
    for (const std::vector<engine::link::RecordIndex>& group : outcome.grouping.groups) {
        largest = std::max(largest, group.size());
        if (group.size() < 2) continue;
        ++several;
        in_several += group.size();
    }
    out += fmt::format("{} groups of two records or more hold {} records; the largest has {}\n",
                       in_threes(several), in_threes(in_several), in_threes(largest));
    out += fmt::format("{} proposals for an analyst to judge\n",
                       in_threes(outcome.grouping.proposals.size()));
    double seconds = 0;
    for (const auto& [stage, spent] : outcome.seconds) seconds += spent;
    if (seconds > 0) {
        out += fmt::format(
            "{:.1f} s, {} records a second\n", seconds,
            in_threes(static_cast<std::uint64_t>(static_cast<double>(counts.linked) / seconds)));
    }
    out += arguments.no_report
               ? fmt::format("Results: {}\n", arguments.out.string())
               : fmt::format("Report: {}\n", (arguments.out / "report.html").string());
    return out;
}

/// The stage of writing, timed like the others.
void write_everything(chain::Outcome& outcome, const chain::RunPolicy& policy,
                      const LinkArguments& arguments, chain::OutputFolder& folder,
                      Progress& progress) {
    const auto began = std::chrono::steady_clock::now();
    progress.show("writing", 0, 0, "");
    if (arguments.no_report) {
        folder.drop("report.html"); // of an earlier run: it would contradict this one
    } else {
        chain::write_report(outcome, folder);
    }
    progress.show("writing", 0.5, 0, "");
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began;
    outcome.seconds.emplace_back(arguments.no_report ? "preparing" : "report", spent.count());
    chain::write_outputs(outcome, policy, folder);
}

Exit interrupted(Progress& progress, const LinkArguments& arguments) {
    progress.clear();
    if (!arguments.quiet) {
        platform::terminal::write_all(STDERR_FILENO,
                                      "Interrupted: no result of this run was written.\n");
    }
    return Exit::Interrupted;
}

} // namespace

Exit link_command(const LinkArguments& arguments) {
    const platform::terminal::StopOnSignal stop; // before any thread
    chain::OutputFolder folder{arguments.out};
    const chain::RunPolicy policy = policy_of(arguments, folder);
    chain::OutputFile& rejects = folder.create("rejects.jsonl");
    Progress progress = platform::terminal::progress_on(STDERR_FILENO, arguments.quiet);

    chain::Outcome outcome;
    const chain::RunEnd end = chain::run(
        arguments.files, policy,
        [&](std::string_view line) {
            rejects.append(line);
            if (!line.ends_with('\n')) rejects.append("\n");
        },
        [&](const chain::Standing& standing) {
            progress.show(standing.stage, standing.fraction, standing.records, "records");
        },
        stop.flag(), outcome);
    if (end == chain::RunEnd::Interrupted) return interrupted(progress, arguments);

    write_everything(outcome, policy, arguments, folder, progress);
    if (stop.flag()) return interrupted(progress, arguments);
    folder.publish();
    progress.clear();
    if (arguments.json) {
        platform::terminal::write_all(STDOUT_FILENO, chain::summary_json(outcome, policy));
    } else if (!arguments.quiet) {
        platform::terminal::write_all(STDOUT_FILENO, summary_in_words(outcome, arguments));
    }
    return outcome.counts.rejected > 0 ? Exit::SomeRejected : Exit::Done;
}

} // namespace app

#include "app/arguments.hpp"
#include "score/score.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace app {
namespace {

std::string table_row(const std::string& name, const score::Figures& figures) {
    return fmt::format("{:<18}{:>10}  {:.4f} {:.4f} {:.4f}  {:.4f} {:.4f} {:.4f}  {:>8.3f} %"
                       "{:>9}{:>9}{:>8.2f}\n",
                       name, figures.records, figures.pairwise.precision, figures.pairwise.recall,
                       figures.pairwise.f1, figures.b_cubed.precision, figures.b_cubed.recall,
                       figures.b_cubed.f1, 100 * figures.false_merge_rate, figures.largest_group,
                       figures.largest_impure_group, figures.fragments_per_group);
}

std::string as_table(const score::Scores& scores) {
    std::string text = fmt::format("{:<18}{:>10}  {:<20}  {:<20}  {:>10}{:>9}{:>9}{:>8}\n", "", "",
                                   "pairs", "B-cubed", "false", "largest", "largest", "pieces");
    text += fmt::format(
        "{:<18}{:>10}  {:<6} {:<6} {:<6}  {:<6} {:<6} {:<6}  {:>10}{:>9}{:>9}{:>8}\n", "kind",
        "records", "P", "R", "F1", "P", "R", "F1", "merges", "group", "impure", "/group");
    text += table_row("all", scores.all);
    for (const auto& [kind, figures] : scores.by_kind) {
        text += table_row(kind.empty() ? "(none)" : kind, figures);
    }
    if (scores.without_group > 0) {
        text += fmt::format("{} records of the truth are in no group: each counts alone.\n",
                            scores.without_group);
    }
    if (scores.without_truth > 0) {
        text += fmt::format("{} grouped records are unknown to the truth: left out.\n",
                            scores.without_truth);
    }
    return text;
}

std::string json_string(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string json_rates(const score::Rates& rates) {
    return fmt::format(R"({{"precision": {:.6f}, "recall": {:.6f}, "f1": {:.6f}}})",
                       rates.precision, rates.recall, rates.f1);
}

std::string json_figures(const score::Figures& figures) {
    return fmt::format(
        R"({{"records": {}, "pairwise": {}, "b_cubed": {}, "false_merge_rate": {:.6f}, )"
        R"("largest_group": {}, "largest_impure_group": {}, "fragments_per_group": {:.4f}, )"
        R"("true_groups": {}, "found_groups": {}}})",
        figures.records, json_rates(figures.pairwise), json_rates(figures.b_cubed),
        figures.false_merge_rate, figures.largest_group, figures.largest_impure_group,
        figures.fragments_per_group, figures.true_groups, figures.found_groups);
}

std::string as_json(const score::Scores& scores) {
    std::string text = fmt::format(R"({{"all": {}, "by_kind": {{)", json_figures(scores.all));
    const char* separator = "";
    for (const auto& [kind, figures] : scores.by_kind) {
        text += fmt::format("{}{}: {}", separator, json_string(kind), json_figures(figures));
        separator = ", ";
    }
    text += fmt::format(R"(}}, "without_group": {}, "without_truth": {}}})", scores.without_group,
                        scores.without_truth);
    return text + "\n";
}

} // namespace

Exit score_command(const ScoreArguments& arguments) {
    const Result<score::Scores, score::ScoreRefusal> scores =
        score::score_files(arguments.truth, arguments.groups);
    if (!scores) {
        const score::ScoreRefusal& refusal = scores.error();
        const std::string place =
            refusal.line > 0 ? fmt::format("{}:{}", refusal.file, refusal.line) : refusal.file;
        fmt::print(stderr, "maillon score: {}: {}\n", place, refusal.reason);
        return Exit::Failed;
    }
    fmt::print("{}", arguments.json ? as_json(*scores) : as_table(*scores));
    return Exit::Done;
}

} // namespace app

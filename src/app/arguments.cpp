#include "app/arguments.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

namespace app {
namespace {

constexpr const char* kVersion = "0.1.0";

constexpr const char* kAbout =
    "Maillon finds the chain that ties online-scam complaints together.\n\n"
    "  maillon link complaints.jsonl mails/ --out out    groups with their reasons\n"
    "  maillon explain --out out A B                     why two records are together, or not\n"
    "  maillon extract sms.txt                           the identifiers in people's words\n"
    "  maillon synth --records 10000 --out world         an invented world to try it on\n"
    "  maillon score world/truth.csv out/groups.csv      how right the groups are\n\n"
    "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 done but some records were rejected,\n"
    "130 interrupted. The input format is described in docs/interchange.md.";

constexpr const char* kInputs =
    "Files or folders: .jsonl (also .gz, .zst), .eml, .mbox, .csv (with --mapping), .txt; "
    "'-' reads JSONL from standard input";

void add_reading(CLI::App& command, std::vector<std::filesystem::path>& files,
                 std::filesystem::path& mapping, std::filesystem::path& key, std::string& country,
                 unsigned& threads) {
    command.add_option("files", files, kInputs)->required();
    command.add_option("--mapping", mapping, "Says which CSV column is which field (TOML)")
        ->check(CLI::ExistingFile);
    command.add_option("--key", key,
                       "File with a 32-byte secret: card numbers get the same pseudonym in every "
                       "run that uses it");
    command
        .add_option("--country", country,
                    "Where numbers without an international prefix belong (ISO 3166, e.g. FR)")
        ->capture_default_str();
    command.add_option("--threads", threads, "Worker threads; 0 for all cores")
        ->capture_default_str();
}

} // namespace

std::variant<Arguments, Exit> parse_arguments(int count, char** values) {
    CLI::App app{kAbout, "maillon"};
    app.set_version_flag("--version", std::string{"maillon "} + kVersion);
    app.require_subcommand(1);

    ExtractArguments extract;
    CLI::App* extract_app =
        app.add_subcommand("extract", "Identifiers out of people's words, one JSON line each");
    add_reading(*extract_app, extract.files, extract.csv_mapping, extract.key_file, extract.country,
                extract.threads);
    extract_app->add_option("--rejects", extract.rejects,
                            "Where rejected records are written; standard error without it");
    extract_app->add_flag("--quiet", extract.quiet, "No progress, no summary");

    LinkArguments link;
    CLI::App* link_app = app.add_subcommand("link", "Groups of records, with their reasons");
    add_reading(*link_app, link.files, link.csv_mapping, link.key_file, link.country, link.threads);
    link_app->add_option("--out", link.out, "Folder for the results; made if missing")->required();
    link_app->add_flag("--no-priors", link.no_priors,
                       "Forget the shipped lists of public numbers, marketplaces and providers");
    link_app->add_flag("--no-report", link.no_report, "Do not write report.html");
    link_app->add_flag("--quiet", link.quiet, "No progress, no summary");
    link_app->add_flag("--json", link.json, "Print summary.json instead of words");

    ExplainArguments explain;
    CLI::App* explain_app =
        app.add_subcommand("explain", "Why two records are together, or are not");
    explain_app->add_option("--out", explain.out, "The folder that 'maillon link' wrote")
        ->required();
    explain_app->add_option("a", explain.a, "Id of one record")->required();
    explain_app->add_option("b", explain.b, "Id of the other")->required();
    explain_app->add_option("--lang", explain.language, "en or fr")
        ->check(CLI::IsMember({"en", "fr"}))
        ->capture_default_str();
    explain_app->add_flag("--json", explain.json, "As JSON");

    SynthArguments synth;
    CLI::App* synth_app = app.add_subcommand("synth", "An invented French world with known gangs");
    synth_app->add_option("--records", synth.records, "How many declarations")
        ->required()
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}));
    synth_app->add_option("--seed", synth.seed, "Same seed, same world")->capture_default_str();
    synth_app->add_option("--out", synth.out, "Folder for records.jsonl and truth.csv")->required();
    synth_app->add_flag("--quiet", synth.quiet, "No progress");

    ScoreArguments score;
    CLI::App* score_app = app.add_subcommand("score", "How right groups are, against a known truth");
    score_app->add_option("truth", score.truth, "truth.csv: id,group[,kind]")
        ->required()
        ->check(CLI::ExistingFile);
    score_app->add_option("groups", score.groups, "groups.csv: id,group_id")
        ->required()
        ->check(CLI::ExistingFile);
    score_app->add_flag("--json", score.json, "As JSON");

    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::Done : Exit::Usage;
    }
    if (*extract_app) return Arguments{extract};
    if (*link_app) return Arguments{link};
    if (*explain_app) return Arguments{explain};
    if (*synth_app) return Arguments{synth};
    return Arguments{score};
}

} // namespace app

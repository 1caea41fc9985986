#include "app/arguments.hpp"

#include "chain/output.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace app {
namespace {

constexpr const char* kAbout =
    "Maillon finds the chain that ties online-scam complaints together.\n\n"
    "  maillon link complaints.jsonl mails/ --out out    groups with their reasons\n"
    "  maillon explain --out out A B                     why two records are together, or not\n"
    "  maillon extract sms.txt                           the identifiers in people's words\n"
    "  maillon synth --records 10000 --out world         an invented world to try it on\n"
    "  maillon score world/truth.csv out/groups.csv      how right the groups are\n"
    "  maillon orientation check                         every path of the public's questions\n"
    "  maillon check message.txt                         what should stop you before you pay\n"
    "  maillon serve --data DIR                          the site on which people declare\n\n"
    "'maillon COMMAND --help' teaches each command.";

constexpr const char* kAboutAfter =
    "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 done but some records were rejected,\n"
    "130 interrupted. More in docs/commands.md, docs/interchange.md and 'man maillon'.";

constexpr const char* kInputs =
    "Files or folders: .jsonl (also .gz, .zst), .eml, .mbox, .csv (with --mapping), .txt; "
    "'-' reads JSONL from standard input";

constexpr const char* kExtractAfter =
    "One JSON line per identifier: record, type, value (canonical), written, field, start, end\n"
    "(bytes), role (whose it is: suspect, victim, third_party), confidence, rule.\n\n"
    "Examples:\n"
    "  maillon extract sms.txt\n"
    "  maillon extract complaints.jsonl.gz > mentions.jsonl\n"
    "  maillon extract export.csv --mapping columns.toml --rejects rejects.jsonl";

constexpr const char* kLinkAfter =
    "Files written in DIR, all together at the end or not at all:\n"
    "  report.html    one page to read, in French and English: open this first\n"
    "  groups.csv     id,group_id: every record with its group\n"
    "  links.jsonl    a, b, probability, tier, and the evidence with its weight in bits\n"
    "  rejects.jsonl  what could not be read: file, line, field, reason\n"
    "  summary.json   counts (in = linked + rejected), verdicts, seconds, settings\n"
    "  chain.bin      what 'maillon explain' reads\n"
    "  key            the secret of the card pseudonyms, unless --key gave one: keep it private\n\n"
    "How to read the tiers: 'core' and 'group' links put records into one group; 'network' links\n"
    "are proposals for a person to judge and never put records together by themselves.\n\n"
    "Examples:\n"
    "  maillon link complaints.jsonl --out out\n"
    "  maillon link complaints.jsonl.zst mails/ sms.txt --out out --key secrets/card.key\n"
    "  zcat *.gz | maillon link - --out out --quiet --json";

constexpr const char* kExplainAfter =
    "Together: the chain of links from A to B, each with its evidence, weight and the words "
    "around\n"
    "it, and which single identifier, if it were wrong, would separate them. Not together: what\n"
    "they share, why that does not link, and what is missing. The words are read again from the\n"
    "input files; victims' own identifiers and card numbers are never shown.\n\n"
    "Examples:\n"
    "  maillon explain --out out plainte-0017 plainte-0311\n"
    "  maillon explain --out out A B --lang fr\n"
    "  maillon explain --out out A B --json";

constexpr const char* kSynthAfter =
    "Files written in DIR: records.jsonl (the declarations), truth.csv (id,group,kind: who was\n"
    "behind each), world.json (gangs, mules and hubs that were drawn). Everything is invented.\n\n"
    "Example:\n"
    "  maillon synth --records 10000 --seed 7 --out world";

constexpr const char* kScoreAfter =
    "Pairwise and B-cubed precision, recall and F1, false merges, the largest impure group, and\n"
    "the same for each kind of scam when truth.csv has a third column.\n\n"
    "Example:\n"
    "  maillon score world/truth.csv out/groups.csv";

constexpr const char* kOrientationAfter =
    "check walks every path of the questions: each ends in one explained result with an open "
    "door,\n"
    "and no question is asked whose answer cannot matter. '--explain' writes every rule with its\n"
    "source, for whoever checks the law without reading code.\n\n"
    "Examples:\n"
    "  maillon orientation check --json\n"
    "  maillon orientation check --table\n"
    "  maillon orientation --explain --lang fr --html rules.html";
constexpr const char* kCheckAfter =
    "Many signs, some signs, or nothing recognised, which never means that it is safe; then each\n"
    "sign with the words that made it. A .txt file and the standard input are one text; the other\n"
    "files hold records, each answered for itself. Nothing is sent anywhere.\n\n"
    "Examples:\n"
    "  maillon check < message.txt\n"
    "  maillon check --lang fr message.txt mail.eml\n"
    "  maillon check --json messages.jsonl > answers.jsonl";

std::string country_as_given(std::string& country) {
    const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    if (country.size() != 2 || !is_letter(country[0]) || !is_letter(country[1])) {
        return "a country is two letters (ISO 3166), for example FR";
    }
    for (char& letter : country) letter = static_cast<char>(letter & ~0x20);
    return {};
}

void add_reading(CLI::App& command, std::vector<std::filesystem::path>& files,
                 std::filesystem::path& mapping, std::filesystem::path& key, std::string& country,
                 unsigned& threads) {
    command.add_option("files", files, kInputs)->required();
    command.add_option("--mapping", mapping, "Says which CSV column is which field (TOML)")
        ->check(CLI::ExistingFile);
    command
        .add_option("--key", key,
                    "File with a 32-byte secret: card numbers get the same pseudonym in every "
                    "run that uses it")
        ->check(CLI::ExistingFile);
    command
        .add_option("--country", country,
                    "Where numbers without an international prefix belong (ISO 3166, e.g. FR)")
        ->transform(CLI::Validator{country_as_given, "COUNTRY"})
        ->capture_default_str();
    command.add_option("--threads", threads, "Worker threads; 0 for all cores")
        ->check(CLI::Range(0U, 1024U))
        ->capture_default_str();
}

CLI::App* add_extract(CLI::App& app, ExtractArguments& extract) {
    CLI::App* const command =
        app.add_subcommand("extract", "Identifiers out of people's words, one JSON line each");
    command->footer(kExtractAfter);
    add_reading(*command, extract.files, extract.csv_mapping, extract.key_file, extract.country,
                extract.threads);
    command->add_option("--rejects", extract.rejects,
                        "Where rejected records are written; standard error without it");
    command->add_flag("--quiet", extract.quiet, "No progress, no summary");
    return command;
}

CLI::App* add_link(CLI::App& app, LinkArguments& link) {
    CLI::App* const command = app.add_subcommand("link", "Groups of records, with their reasons");
    command->footer(kLinkAfter);
    add_reading(*command, link.files, link.csv_mapping, link.key_file, link.country, link.threads);
    command->add_option("--out", link.out, "Folder for the results; made if missing")->required();
    command->add_flag("--no-priors", link.no_priors,
                      "Forget the shipped lists of public numbers, marketplaces and providers");
    command->add_flag("--no-report", link.no_report, "Do not write report.html");
    command->add_flag("--quiet", link.quiet, "No progress, no summary");
    command->add_flag("--json", link.json, "Print summary.json instead of words");
    return command;
}

CLI::App* add_explain(CLI::App& app, ExplainArguments& explain) {
    CLI::App* const command =
        app.add_subcommand("explain", "Why two records are together, or are not");
    command->footer(kExplainAfter);
    command->add_option("--out", explain.out, "The folder that 'maillon link' wrote")->required();
    command->add_option("a", explain.a, "Id of one record")->required();
    command->add_option("b", explain.b, "Id of the other")->required();
    command->add_option("--lang", explain.language, "Language of the answer: en or fr")
        ->check(CLI::IsMember({"en", "fr"}))
        ->capture_default_str();
    command->add_flag("--json", explain.json, "The same facts as one JSON object");
    return command;
}

CLI::App* add_synth(CLI::App& app, SynthArguments& synth) {
    CLI::App* const command =
        app.add_subcommand("synth", "An invented French world with known gangs");
    command->footer(kSynthAfter);
    command->add_option("--records", synth.records, "How many declarations")
        ->required()
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}));
    command->add_option("--seed", synth.seed, "Same seed, same world")->capture_default_str();
    command->add_option("--out", synth.out, "Folder for the world; made if missing")->required();
    command->add_flag("--quiet", synth.quiet, "No progress");
    return command;
}

CLI::App* add_score(CLI::App& app, ScoreArguments& score) {
    CLI::App* const command =
        app.add_subcommand("score", "How right groups are, against a known truth");
    command->footer(kScoreAfter);
    command->add_option("truth", score.truth, "truth.csv: id,group[,kind]")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("groups", score.groups, "groups.csv: id,group_id")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_flag("--json", score.json, "As JSON");
    return command;
}

CLI::App* add_orientation(CLI::App& app, OrientationArguments& orientation) {
    CLI::App* const command =
        app.add_subcommand("orientation", "The rules that lead people to the right door");
    command->footer(kOrientationAfter);
    CLI::Option* const explain =
        command->add_flag("--explain", orientation.explain, "All rules, each with its source");
    command->add_option("--html", orientation.html, "Into this file, as a page")->needs(explain);
    command->add_option("--lang", orientation.language, "Language of the rules: fr or en")
        ->check(CLI::IsMember({"en", "fr"}))
        ->needs(explain);
    CLI::Option* const json =
        command->add_flag("--json", orientation.json, "Of the check: its counts, as JSON");
    command
        ->add_flag("--table", orientation.table,
                   "Of the check: for each result, paths, questions, screens")
        ->excludes(json);
    CLI::Option* const check =
        command->add_option("what", orientation.what, "'check': walk every path")
            ->check(CLI::IsMember({"check"}))
            ->excludes(explain);
    command->callback([check, explain] {
        if (check->count() + explain->count() == 0) throw CLI::RequiredError{"check or --explain"};
    });
    return command;
}

CLI::App* add_check(CLI::App& app, CheckArguments& check) {
    CLI::App* const command =
        app.add_subcommand("check", "Signs of a scam in a message, before you pay");
    command->footer(kCheckAfter);
    command->add_option("files", check.files,
                        "Files or folders, as for 'link'; none or '-' reads one text");
    command->add_option("--lang", check.language, "Language of the answer: en or fr")
        ->check(CLI::IsMember({"en", "fr"}))
        ->capture_default_str();
    command->add_flag("--json", check.json, "One JSON line a text, with weights and places");
    return command;
}

} // namespace

std::variant<Arguments, Exit> parse_arguments(int count, char** values) {
    CLI::App app{kAbout, "maillon"};
    app.set_version_flag("--version", "maillon " + std::string{chain::program_version()},
                         "Print the version and leave");
    app.set_help_flag("-h,--help", "Print this help and leave");
    app.footer(kAboutAfter);
    app.require_subcommand(1);

    ExtractArguments extract;
    LinkArguments link;
    ExplainArguments explain;
    SynthArguments synth;
    ScoreArguments score;
    OrientationArguments orientation;
    CheckArguments check;
    const CLI::App* const extract_app = add_extract(app, extract);
    const CLI::App* const link_app = add_link(app, link);
    const CLI::App* const explain_app = add_explain(app, explain);
    const CLI::App* const synth_app = add_synth(app, synth);
    const CLI::App* const score_app = add_score(app, score);
    const CLI::App* const orientation_app = add_orientation(app, orientation);
    const CLI::App* const check_app = add_check(app, check);
    const ServerCommands server{app};

    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::Done : Exit::Usage;
    }
    if (*extract_app) return Arguments{extract};
    if (*link_app) return Arguments{link};
    if (*explain_app) return Arguments{explain};
    if (*synth_app) return Arguments{synth};
    if (*score_app) return Arguments{score};
    if (*orientation_app) return Arguments{orientation};
    if (*check_app) return Arguments{check};
    return Arguments{server.chosen().value()};
}

} // namespace app

// The command line, parsed. One structure per command; what they mean is said in arguments.cpp,
// where --help is written.
#pragma once

#include "app/server/arguments.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace app {

struct ExtractArguments {
    std::vector<std::filesystem::path> files;
    std::filesystem::path csv_mapping;
    std::filesystem::path key_file; // 32 bytes; empty: a key of this run only
    std::filesystem::path rejects;  // empty: standard error
    std::string country = "FR";
    unsigned threads = 0;
    bool quiet = false;
};

struct LinkArguments {
    std::vector<std::filesystem::path> files;
    std::filesystem::path out;
    std::filesystem::path csv_mapping;
    std::filesystem::path key_file;
    std::string country = "FR";
    unsigned threads = 0;
    bool no_priors = false;
    bool no_report = false;
    bool quiet = false;
    bool json = false;
};

struct ExplainArguments {
    std::filesystem::path out;
    std::string a;
    std::string b;
    std::string language = "en";
    bool json = false;
};

struct SynthArguments {
    std::uint64_t records = 0;
    std::uint64_t seed = 1;
    std::filesystem::path out;
    bool quiet = false;
};

struct ScoreArguments {
    std::filesystem::path truth;
    std::filesystem::path groups;
    bool json = false;
};

struct OrientationArguments {
    std::string what;           // "check", or empty
    bool explain = false;       // all rules with their sources
    std::filesystem::path html; // empty: plain text on standard output
    std::string language = "fr";
    bool json = false;
    bool table = false;
};

struct CheckArguments {
    std::vector<std::filesystem::path> files; // none: one text on the standard input
    std::string language = "en";
    bool json = false;
};

using Arguments =
    std::variant<ExtractArguments, LinkArguments, ExplainArguments, SynthArguments, ScoreArguments,
                 OrientationArguments, CheckArguments, ServerArguments>;

/// Exit codes, the same for every command (docs/commands.md).
enum class Exit : int {
    Done = 0,
    Failed = 1,       // could not do it: disk full, unreadable file…
    Usage = 2,        // the command line is wrong
    SomeRejected = 3, // done, and some records were rejected
    Interrupted = 130,
};

Exit extract_command(const ExtractArguments& arguments);
Exit link_command(const LinkArguments& arguments);
Exit explain_command(const ExplainArguments& arguments);
Exit synth_command(const SynthArguments& arguments);
Exit score_command(const ScoreArguments& arguments);
Exit orientation_command(const OrientationArguments& arguments);
Exit check_command(const CheckArguments& arguments);

/// Parses the command line; prints help or an error and gives the exit code instead when there is
/// nothing to run.
std::variant<Arguments, Exit> parse_arguments(int count, char** values);

} // namespace app

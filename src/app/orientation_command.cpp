#include "app/arguments.hpp"
#include "app/server/embedded.hpp"
#include "orientation/orientation.hpp"
#include "orientation/reasoning/paths.hpp"
#include "platform/crypto/bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

namespace app {
namespace {

using orientation::reasoning::Knowledge;
using orientation::reasoning::PathEnd;
using platform::page::EmbeddedFile;
using platform::page::Filling;
using platform::page::Language;
using platform::page::Pages;

/// What the paths to one result are like.
struct Walked {
    std::size_t paths = 0;
    std::size_t fewest = SIZE_MAX; // questions
    std::size_t most = 0;
    std::size_t to_complaint = SIZE_MAX; // fewest questions to an open complaint
};

struct Found {
    std::map<std::string, Walked> results;
    std::size_t dead_ends = 0; // paths without a result, or without an open door
    orientation::reasoning::PathFaults faults;
    orientation::WordFaults words;
    [[nodiscard]] bool good() const {
        return dead_ends == 0 && faults.useless_questions == 0 && faults.unexplained == 0 &&
               words.missing.empty() && words.left_over.empty();
    }
};

std::string value_at(const Knowledge& knowledge, const PathEnd& end, std::size_t slot) {
    const auto& decision = end.outcome[slot];
    return decision ? knowledge.slots[slot].rules[decision->rule].value : std::string{};
}

void count(const Knowledge& knowledge, const PathEnd& end, Found& found) {
    std::string result;
    bool door = false;
    bool complaint = false;
    for (std::size_t slot = 0; slot < knowledge.slots.size(); ++slot) {
        const std::string& name = knowledge.slots[slot].name;
        const std::string value = value_at(knowledge, end, slot);
        if (name == "result") result = value;
        if (name == "door.complaint") complaint = value == "open";
        door = door || (name.starts_with("door.") && value == "open");
    }
    if (result.empty() || !door) ++found.dead_ends;
    Walked& walked = found.results[result];
    ++walked.paths;
    walked.fewest = std::min(walked.fewest, end.questions);
    walked.most = std::max(walked.most, end.questions);
    if (complaint) walked.to_complaint = std::min(walked.to_complaint, end.questions);
}

Found walk(const orientation::Guide& guide) {
    Found found;
    const orientation::reasoning::Reasoner& reasoner = guide.reasoner();
    found.faults =
        walk_paths(reasoner, [&](const PathEnd& end) { count(reasoner.knowledge(), end, found); });
    const Pages pages{kTemplates, kLocales, kAssets};
    found.words = orientation::check_words(pages, reasoner.knowledge());
    return found;
}

/// Screens from home, which asks the first question, to the result.
std::size_t screens(std::size_t questions) {
    return questions + 1;
}

void print_table(const Found& found) {
    fmt::print("{:<20}{:>8}{:>12}{:>12}{:>24}\n", "result", "paths", "questions", "screens",
               "screens to a complaint");
    for (const auto& [result, walked] : found.results) {
        const bool complaint = walked.to_complaint != SIZE_MAX;
        fmt::print("{:<20}{:>8}{:>12}{:>12}{:>24}\n", result, walked.paths,
                   fmt::format("{}-{}", walked.fewest, walked.most),
                   fmt::format("{}-{}", screens(walked.fewest), screens(walked.most)),
                   complaint ? fmt::format("{} or more", screens(walked.to_complaint)) : "closed");
    }
}

Exit check_rules(const OrientationArguments& arguments) {
    const orientation::Guide guide;
    const Found found = walk(guide);
    for (const std::string& key : found.words.missing) {
        fmt::print(stderr, "maillon orientation: no such word: {}\n", key);
    }
    for (const std::string& key : found.words.left_over) {
        fmt::print(stderr, "maillon orientation: nothing calls for the word {}\n", key);
    }
    if (arguments.json) {
        fmt::print(R"({{"paths": {}, "results": {}, "useless_questions": {}, "unexplained": {}, )"
                   R"("dead_ends": {}}})"
                   "\n",
                   found.faults.paths, found.results.size(), found.faults.useless_questions,
                   found.faults.unexplained, found.dead_ends);
    } else if (arguments.table) {
        print_table(found);
    } else {
        fmt::print("{} paths to {} results; useless questions: {}, unexplained: {}, dead ends: "
                   "{}\n",
                   found.faults.paths, found.results.size(), found.faults.useless_questions,
                   found.faults.unexplained, found.dead_ends);
    }
    return found.good() ? Exit::Done : Exit::Failed;
}

Exit explain_rules(const OrientationArguments& arguments) {
    std::vector<EmbeddedFile> templates{kTemplates.begin(), kTemplates.end()};
    templates.insert(templates.end(), kExplanation.begin(), kExplanation.end());
    const Pages pages{templates, kLocales, kAssets};
    const Language language = arguments.language == "en" ? Language::English : Language::French;
    const orientation::Guide guide;
    Filling filling;
    orientation::fill_rules(pages, guide.reasoner().knowledge(), language, filling);
    if (arguments.html.empty()) {
        fmt::print("{}", pages.render_alone("explanation.txt", language, filling));
        return Exit::Done;
    }
    const auto style = std::ranges::find(kAssets, "site.css", &EmbeddedFile::name);
    filling.set("STYLE", platform::crypto::to_base64(style->content));
    std::ofstream file{arguments.html, std::ios::binary};
    file << pages.render_alone("explanation.html", language, filling);
    file.close();
    if (!file) {
        fmt::print(stderr, "maillon orientation: {} cannot be written\n", arguments.html.string());
        return Exit::Failed;
    }
    return Exit::Done;
}

} // namespace

Exit orientation_command(const OrientationArguments& arguments) {
    return arguments.explain ? explain_rules(arguments) : check_rules(arguments);
}

} // namespace app

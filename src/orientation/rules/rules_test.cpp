// The reviewed files themselves, on every path; and what is refused of a file that is wrong.
#include "orientation/reasoning/paths.hpp"
#include "orientation/rules/rules.hpp"

#include <gmock/gmock.h>

#include <set>

namespace orientation::rules {
namespace {

using platform::page::EmbeddedFile;
using reasoning::PathEnd;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string value_of(const reasoning::Knowledge& knowledge, const PathEnd& end,
                     std::string_view slot_name) {
    for (std::size_t slot = 0; slot < knowledge.slots.size(); ++slot) {
        if (knowledge.slots[slot].name != slot_name || !end.outcome[slot]) continue;
        return knowledge.slots[slot].rules[end.outcome[slot]->rule].value;
    }
    return {};
}

TEST(Rules, EveryPathEndsInOneExplainedResult) {
    const reasoning::Reasoner reasoner{read_embedded().knowledge};
    const reasoning::Knowledge& knowledge = reasoner.knowledge();
    std::set<std::string> results;
    std::set<std::string> rules_used;
    std::size_t longest = 0;
    const reasoning::PathFaults faults = walk_paths(reasoner, [&](const PathEnd& end) {
        longest = std::max(longest, end.questions);
        results.insert(value_of(knowledge, end, "result"));
        for (std::size_t slot = 0; slot < end.outcome.size(); ++slot) {
            const auto& decision = end.outcome[slot];
            if (decision) rules_used.insert(knowledge.slots[slot].rules[decision->rule].id);
        }
        // A door that helps is open to everyone.
        EXPECT_EQ(value_of(knowledge, end, "door.emergency"), "open");
    });
    EXPECT_EQ(faults.useless_questions, 0U);
    EXPECT_EQ(faults.unexplained, 0U);
    EXPECT_FALSE(results.contains("")) << "a path without a result";
    EXPECT_LE(longest, 10U) << "too many questions for someone in distress";
    for (const reasoning::Slot& slot : knowledge.slots) {
        for (const reasoning::Rule& rule : slot.rules) {
            EXPECT_TRUE(rules_used.contains(rule.id)) << "never decides: " << rule.id;
        }
    }
}

TEST(Rules, EverySourceIsCited) {
    const reasoning::Knowledge knowledge = read_embedded().knowledge;
    std::set<std::size_t> cited;
    for (const reasoning::Slot& slot : knowledge.slots) {
        for (const reasoning::Rule& rule : slot.rules) cited.insert(rule.source);
    }
    for (std::size_t i = 0; i < knowledge.sources.size(); ++i) {
        EXPECT_TRUE(cited.contains(i)) << knowledge.sources[i].id;
    }
}

struct WrongFile {
    std::string_view content;
    std::string_view told;
};

TEST(Rules, WrongFilesAreRefused) {
    constexpr std::string_view kGood = R"(
[[source]]
id = "s"
title = "t"
article = "a"
version = "v"
[[question]]
id = "q"
answers = [{ id = "a", makes = ["x"] }, { id = "b", makes = ["not x"] }]
)";
    const WrongFile kWrong[] = {
        {"[[slot", "line 1"},
        {"[[slot]]\nname = 3\nrules = []", "name is a text"},
        {"[[slot]]\nname = \"law.r\"", "rules is missing"},
        {"[[slot]]\nname = \"law.r\"\nrules = [{ id = \"i\", value = \"v\" }]",
         "source is missing"},
        {"[[slot]]\nname = \"law.r\"\nrules = [{ id = \"i\", value = \"v\", source = \"z\" }]",
         "no source z"},
        {"[[slot]]\nname = \"law.r\"\nrules = [{ id = \"i\", value = \"v\", source = \"s\", if = "
         "[\"y\"] }]",
         "no answer makes y"},
        {"[[slot]]\nname = \"law.r\"\nrules = [{ id = \"i\", value = \"closed\", source = \"s\" }]",
         "says why"},
        {"[[slot]]\nname = \"law.r\"\nrules = [{ id = \"i\", value = \"v\", source = \"s\", iff = "
         "[] "
         "}]",
         "iff is unknown"},
        {"[[question]]\nid = \"q\"\nanswers = [{ id = \"a\", makes = [] }, { id = \"b\", makes = "
         "[] }]",
         "twice: question q"},
        {"[[question]]\nid = \"p\"\nanswers = [{ id = \"a\", makes = [] }]", "one answer"},
        {"[[slot]]\nname = \"window.r\"\nrules = []", "of no kind"},
        {"[[sign]]\nid = \"suicide\"\nwords = [\"x\"]", "without its number"},
        {"[[likely]]\nanswers = [\"q.z\"]\nwords = [\"x\"]", "no such answer: q.z"},
    };
    EXPECT_TRUE(read(std::vector<EmbeddedFile>{{"good.toml", kGood}}).has_value());
    for (const WrongFile& wrong : kWrong) {
        const std::vector<EmbeddedFile> files{{"good.toml", kGood}, {"wrong.toml", wrong.content}};
        const Result<Book, std::string> book = read(files);
        ASSERT_FALSE(book.has_value()) << wrong.content;
        EXPECT_THAT(book.error(), HasSubstr(wrong.told));
    }
}

std::vector<std::string> signs_in(const Book& book, std::string_view text) {
    std::vector<std::string> out;
    for (const std::size_t sign : listen(book, text).signs) out.push_back(book.signs[sign].id);
    return out;
}

TEST(Words, SignsAreHeard) {
    const Book book = read_embedded();
    EXPECT_THAT(signs_in(book, "Je n’ai plus envie de VIVRE."), ElementsAre("suicide"));
    EXPECT_THAT(signs_in(book, "J'ai des idées noires"), ElementsAre("suicide"));
    EXPECT_THAT(signs_in(book, "I want to die, he has my pictures"), ElementsAre("suicide"));
    EXPECT_THAT(signs_in(book, "Il menace de me tuer"), ElementsAre("danger"));
    EXPECT_THAT(signs_in(book, "J’ai 14 ans et il veut des photos"), ElementsAre("young"));
    EXPECT_THAT(signs_in(book, "Un vélo payé 300 € et jamais reçu"), ElementsAre());
    EXPECT_THAT(signs_in(book, ""), ElementsAre());
    EXPECT_THAT(signs_in(book, "\xC3"), ElementsAre());
}

TEST(Words, SituationsAreOffered) {
    const Book book = read_embedded();
    const auto first = [&](std::string_view text) -> std::string {
        const Heard heard = listen(book, text);
        if (heard.situations.empty()) return "";
        const auto [question, answer] = book.situations[heard.situations[0]].answers.back();
        const reasoning::Question& asked = book.knowledge.questions[question];
        return asked.id + "." + asked.answers[answer].id;
    };
    EXPECT_EQ(first("On m’a fait du chantage avec des photos intimes"), "threat.images");
    EXPECT_EQ(first("Un faux conseiller bancaire m'a appelé"), "bank.adviser");
    EXPECT_EQ(first("J'ai reçu un SMS pour un colis"), "message.link");
    EXPECT_EQ(first("I met him on a dating site"), "happening.meeting");
    EXPECT_EQ(first("Mes fichiers sont bloqués, il demande une rançon"), "device.files");
    EXPECT_EQ(first("Bonjour"), "");
    std::string much;
    for (const Likely& one : book.situations) much += one.phrases.front() + " ";
    EXPECT_LE(listen(book, much).situations.size(), kOfferedMax);
}

} // namespace
} // namespace orientation::rules

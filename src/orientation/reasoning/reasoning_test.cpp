#include "orientation/reasoning/paths.hpp"

#include <gmock/gmock.h>

namespace orientation::reasoning {
namespace {

// Facts: 0 sold, 1 met, 2 minor.
Knowledge small() {
    Knowledge out;
    out.facts = {"sold", "met", "minor"};
    out.questions = {
        {"what", {}, {{"sold", {{0, true}}}, {"other", {{0, false}}}}},
        {"met", {{{0, true}}}, {{"yes", {{1, true}}}, {"no", {{1, false}}}, {"unknown", {}}}},
        {"age", {}, {{"minor", {{2, true}}}, {"adult", {{2, false}}}}}};
    const auto rule = [](const char* id, const char* value, std::vector<Condition> conditions) {
        return Rule{.id = id,
                    .value = value,
                    .target = {},
                    .why = {},
                    .source = 0,
                    .conditions = std::move(conditions)};
    };
    out.sources = {{"law", "A law", "1", "2024-01-01"}};
    out.slots = {
        {"door",
         {rule("minor", "closed", {{{2, true}}}), rule("met", "closed", {{{0, true}}, {{1, true}}}),
          rule("sold", "open", {{{0, true}}}), rule("else", "closed", {})}}};
    return out;
}

std::string value(const Reasoner& reasoner, const Answers& answers) {
    const std::optional<Decision> decision = reasoner.outcome(answers).front();
    return decision ? reasoner.knowledge().slots[0].rules[decision->rule].id : "";
}

TEST(Reasoner, AsksWhatCanStillMatter) {
    const Reasoner reasoner{small()};
    Answers answers = reasoner.nothing_answered();
    EXPECT_EQ(reasoner.next(answers), 0U);
    answers[0] = 0;
    EXPECT_EQ(reasoner.next(answers), 1U);
    answers[1] = 1;
    EXPECT_EQ(reasoner.next(answers), 2U);
    answers[2] = 1;
    EXPECT_EQ(reasoner.next(answers), std::nullopt);
    EXPECT_EQ(value(reasoner, answers), "sold");
}

TEST(Reasoner, StopsWhenNothingCanChange) {
    const Reasoner reasoner{small()};
    const Answers other{1, std::nullopt, std::nullopt};
    EXPECT_EQ(reasoner.next(other), std::nullopt);
    EXPECT_EQ(value(reasoner, other), "else");
    const Answers met{0, 0, std::nullopt};
    EXPECT_EQ(reasoner.next(met), std::nullopt);
    EXPECT_EQ(value(reasoner, met), "met");
    const Answers minor{std::nullopt, std::nullopt, 0};
    EXPECT_EQ(reasoner.next(minor), std::nullopt);
    EXPECT_EQ(value(reasoner, minor), "minor");
}

TEST(Reasoner, AQuestionThatDoesNotAriseIsNotAsked) {
    const Reasoner reasoner{small()};
    EXPECT_FALSE(reasoner.can_matter({1, std::nullopt, std::nullopt}, 1));
    EXPECT_TRUE(reasoner.can_matter(reasoner.nothing_answered(), 1));
}

TEST(Reasoner, WhatIsUnsaidHoldsNeitherWay) {
    const Reasoner reasoner{small()};
    const Answers unknown{0, 2, 1};
    EXPECT_EQ(reasoner.truth(unknown, 1), Truth::Unsaid);
    EXPECT_EQ(value(reasoner, unknown), "sold");
}

TEST(Reasoner, TheFirstThatTellsAFactStands) {
    Knowledge knowledge = small();
    knowledge.questions[2].answers[0].makes.push_back({1, true});
    const Reasoner reasoner{knowledge};
    EXPECT_EQ(reasoner.truth({0, 1, 0}, 1), Truth::False);
    EXPECT_EQ(reasoner.truth({0, 2, 0}, 1), Truth::True);
    EXPECT_EQ(reasoner.truth({1, std::nullopt, 0}, 1), Truth::True);
}

TEST(Paths, AllAreWalked) {
    const Reasoner reasoner{small()};
    std::size_t longest = 0;
    const PathFaults faults = walk_paths(
        reasoner, [&](const PathEnd& end) { longest = std::max(longest, end.questions); });
    EXPECT_EQ(faults.paths, 6U); // other; met; not met and unknown, each with two ages
    EXPECT_EQ(faults.useless_questions, 0U);
    EXPECT_EQ(faults.unexplained, 0U);
    EXPECT_EQ(longest, 3U);
}

TEST(Paths, AValueWithoutACertainRuleIsTold) {
    Knowledge knowledge = small();
    // Closed for the minor, and closed for who is none: no answer matters, and no rule says why.
    Rule adult = knowledge.slots[0].rules[0];
    adult.conditions = {{{2, false}}};
    knowledge.slots[0].rules = {knowledge.slots[0].rules[0], adult};
    const PathFaults faults = walk_paths(Reasoner{knowledge}, [](const PathEnd&) {});
    EXPECT_EQ(faults.paths, 1U);
    EXPECT_EQ(faults.unexplained, 1U);
}

} // namespace
} // namespace orientation::reasoning

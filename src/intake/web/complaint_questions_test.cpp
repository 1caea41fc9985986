#include "intake/web/complaint_questions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace intake::web {
namespace {

TEST(ComplaintQuestions, EachKindHasConditionsAndQuestionsOfItsOwn) {
    for (const std::string_view type : kComplaintTypes) {
        EXPECT_GE(conditions_of(type).size(), 3U) << type;
        EXPECT_LE(conditions_of(type).size(), 5U) << type;
        EXPECT_GE(questions_of("details", type).size(), 4U) << type;
    }
}

TEST(ComplaintQuestions, NoNameStandsForTwoQuestionsOfOneComplaint) {
    for (const std::string_view type : kComplaintTypes) {
        std::set<std::string_view> names;
        for (const std::string_view page : kComplaintPages) {
            for (const Question& one : questions_of(page, type)) {
                EXPECT_TRUE(names.insert(one.name).second) << type << " " << one.name;
            }
        }
    }
}

TEST(ComplaintQuestions, ThePagesLeadFromOneToTheNext) {
    std::string_view page = kComplaintPages[0];
    EXPECT_EQ(page_before(page), "");
    for (std::size_t i = 1; i < std::size(kComplaintPages); ++i) {
        EXPECT_EQ(page_before(page_after(page)), page);
        page = page_after(page);
    }
    EXPECT_EQ(page, "review");
    EXPECT_EQ(page_after("review"), "review");
}

TEST(ComplaintQuestions, TheFirstOpenPageIsTheOneThatLacksAnAnswer) {
    ComplaintDraft draft{.type = "fake_shop"};
    EXPECT_EQ(first_open_page(draft), "story");
    for (const std::string_view page : kComplaintPages) draft.seen.emplace_back(page);
    EXPECT_EQ(first_open_page(draft), "story") << "needed answers are missing";
    for (const std::string_view page : kComplaintPages) {
        for (const Question& one : questions_of(page, draft.type)) {
            draft.answers[std::string{one.name}] = "oui";
        }
    }
    EXPECT_EQ(first_open_page(draft), "review");
    draft.answers["boutique"] = " ";
    EXPECT_EQ(first_open_page(draft), "details");
}

TEST(ComplaintQuestions, WordsOfTheAuthorAreKnownAsSuch) {
    EXPECT_EQ(tells_of("auteur"), Tells::Author);
    EXPECT_EQ(tells_of("iban"), Tells::Author);
    EXPECT_EQ(tells_of("pretextes"), Tells::Own);
    EXPECT_EQ(tells_of("recit"), Tells::Nothing); // it is the narrative
    EXPECT_EQ(tells_of("courriel"), Tells::Nothing);
}

} // namespace
} // namespace intake::web

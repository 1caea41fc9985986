#include "intake/web/report_steps.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace intake::web {
namespace {

using platform::http::Pair;
using platform::http::Request;

const Step& step_named(std::string_view key) {
    return *std::ranges::find(steps(), key, &Step::key);
}

std::vector<std::string> taken(std::string_view key, std::vector<Pair> form, ReportDraft& draft) {
    Request request;
    request.form = std::move(form);
    std::vector<std::string> words;
    for (const site::FieldFault& fault : step_named(key).take(request, draft)) {
        words.push_back(fault.field + ": " + fault.word);
    }
    return words;
}

struct Case {
    const char* step;
    std::vector<Pair> form;
    std::vector<std::string> faults;
};

TEST(Steps, TellWhatIsWrong) {
    const Case cases[] = {
        {"report_kind", {}, {"nature: error.nature_missing"}},
        {"report_kind", {{"nature", "autre"}}, {"nature: error.nature_missing"}},
        {"report_kind", {{"nature", "arnaque"}}, {}},
        {"report_category", {{"categorie", "romance"}}, {}},
        {"report_category", {{"categorie", "terrorism"}}, {"categorie: error.categorie_missing"}},
        {"report_story", {{"recit", " \r\n "}}, {"recit: error.recit_missing"}},
        {"report_story", {{"recit", "Bonjour"}}, {}},
        {"report_story", {{"recit", std::string(20'001, 'a')}}, {"recit: error.recit_too_long"}},
        {"report_money", {}, {"paye: error.paye_missing"}},
        {"report_money", {{"paye", "oui"}, {"montant", "1 234,50 €"}}, {}},
        {"report_money",
         {{"paye", "oui"}, {"montant", "beaucoup"}},
         {"montant: error.montant_wrong"}},
        {"report_links", {{"liens", ""}}, {}},
        {"report_contact", {}, {"contact: error.contact_missing"}},
        {"report_contact",
         {{"contact", "courriel"}, {"courriel", ""}},
         {"courriel: error.courriel_missing"}},
        {"report_contact",
         {{"contact", "courriel"}, {"courriel", "moi"}},
         {"courriel: error.courriel_wrong"}},
        {"report_contact", {{"contact", "courriel"}, {"courriel", "moi@example.org"}}, {}},
        {"report_contact",
         {{"contact", "professionnel"}, {"courriel", "moi@example.org"}},
         {"organisation: error.organisation_missing"}},
        {"report_contact", {{"contact", "anonyme"}}, {}},
    };
    for (const Case& c : cases) {
        ReportDraft draft;
        draft.nature = "scam";
        EXPECT_EQ(taken(c.step, c.form, draft), c.faults) << c.step;
    }
}

TEST(Steps, KeepWhatWasTypedRightOrWrong) {
    ReportDraft draft;
    taken("report_money", {{"paye", "oui"}, {"montant", "douze"}, {"vers", "Mme X"}}, draft);
    EXPECT_EQ(draft.amount, "douze");
    EXPECT_EQ(draft.paid_to, "Mme X");
    taken("report_story", {{"recit", "un\r\ndeux\rtrois"}}, draft);
    EXPECT_EQ(draft.narrative, "un\ndeux\ntrois");
}

TEST(Steps, AmountsAreReadAsTheyAreWritten) {
    for (const auto& [typed, read] :
         std::initializer_list<std::pair<const char*, const char*>>{{"120", "120"},
                                                                    {"120,5", "120.5"},
                                                                    {"1 234,50 €", "1234.50"},
                                                                    {"1 234 euros", "1234"},
                                                                    {"99.90EUR", "99.90"}}) {
        ReportDraft draft;
        EXPECT_TRUE(taken("report_money", {{"paye", "oui"}, {"montant", typed}}, draft).empty());
        EXPECT_EQ(draft.amount, read) << typed;
    }
}

TEST(Steps, AnotherNatureForgetsTheCategory) {
    ReportDraft draft;
    draft.nature = "scam";
    draft.category = "romance";
    taken("report_kind", {{"nature", "illicite"}}, draft);
    EXPECT_EQ(draft.category, "");
}

TEST(Order, LeavesMoneyOutForIllicitContent) {
    ReportDraft draft;
    draft.nature = "illicit";
    EXPECT_EQ(after("report_story", draft), "report_links");
    EXPECT_EQ(before("report_links", draft), "report_story");
    draft.nature = "scam";
    EXPECT_EQ(after("report_story", draft), "report_money");
    EXPECT_EQ(after("report_contacts", draft), "report_files");
    EXPECT_EQ(after("report_files", draft), "report_contact");
    EXPECT_EQ(after("report_contact", draft), "report_review");
    EXPECT_EQ(before("report_kind", draft), "report");
}

TEST(Order, FindsTheFirstAnswerThatIsMissing) {
    ReportDraft draft;
    EXPECT_EQ(first_missing(draft), "report_kind");
    draft.nature = "scam";
    EXPECT_EQ(first_missing(draft), "report_category");
    draft.category = "romance";
    EXPECT_EQ(first_missing(draft), "report_story");
    draft.narrative = "…";
    EXPECT_EQ(first_missing(draft), "report_money");
    draft.paid = "no";
    EXPECT_EQ(first_missing(draft), "report_contact");
    draft.contact = "anonymous";
    EXPECT_EQ(first_missing(draft), "report_review");
}

} // namespace
} // namespace intake::web

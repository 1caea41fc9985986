#include "chain/invented/world.hpp"
#include "chain/output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace chain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Explain : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::path{::testing::TempDir()} /
                  (std::string{"explain-"} +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        const Outcome outcome = invented::outcome_of(invented::small_world(), folder_);
        OutputFolder out{folder_ / "out"};
        write_outputs(outcome, {}, out);
        out.publish();
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string text(std::string_view a, std::string_view b, std::string_view language) const {
        const Result<Explanation, ExplainFailure> explanation =
            explain(folder_ / "out", a, b, language);
        return explanation ? explanation->text : "refused: " + explanation.error().advice;
    }

    std::filesystem::path folder_;
};

TEST_F(Explain, TogetherTellsTheChainWithItsReasonsAndWords) {
    const std::string said = text("p-001", "p-003", "en");
    EXPECT_THAT(said, HasSubstr("p-001 and p-003 are together, in group g-"));
    EXPECT_THAT(said, HasSubstr("(3 records)"));
    EXPECT_THAT(said, HasSubstr("has 2 links"));
    EXPECT_THAT(said, HasSubstr("1. p-001 – p-002: probable link, 99 % sure"));
    EXPECT_THAT(said, HasSubstr("same IBAN, FR7630006000011234567890189: strong (11.5 bits)"));
    EXPECT_THAT(said, HasSubstr("[FR76 3000 6000 0112 3456 7890 189]"));
    EXPECT_THAT(said, HasSubstr("2. p-002 – p-003"));
    EXPECT_THAT(said, HasSubstr("[06.39.98.00.11]"));
    EXPECT_THAT(said, HasSubstr("without the IBAN FR7630006000011234567890189, nothing else"));
    EXPECT_THAT(said, HasSubstr("without the phone +33639980011, nothing else"));
}

TEST_F(Explain, TakesTheShortestWay) {
    // Six records hold one phone: the run linked each to the next, yet the ends share it too.
    std::vector<invented::Record> records;
    for (int i = 0; i < 6; ++i) {
        records.push_back({.id = "r" + std::to_string(i),
                           .received_at = "2025-03-03",
                           .scam_type = "",
                           .narrative = "appel du 0639980022",
                           .pieces = {{engine::link::KeyKind::Phone, "+33639980022", "0639980022"}},
                           .gang = 0});
    }
    {
        OutputFolder out{folder_ / "out"};
        write_outputs(invented::outcome_of(records, folder_), {}, out);
        out.publish();
    }
    for (const invented::Record& from : records) {
        for (const invented::Record& to : records) {
            const auto explanation = explain(folder_ / "out", from.id, to.id, "en");
            ASSERT_TRUE(explanation);
            const nlohmann::json facts = nlohmann::json::parse(explanation->json);
            EXPECT_EQ(facts.at("path").size(), from.id == to.id ? 0U : 1U) << from.id << to.id;
        }
    }
}

TEST_F(Explain, NeverQuotesTheVictimsOwnNorACard) {
    for (const char* const language : {"en", "fr"}) {
        for (const char* const other : {"p-002", "p-003", "p-005"}) {
            const std::string said = text("p-001", other, language);
            EXPECT_THAT(said, Not(HasSubstr("06 39 98 44 44")));
            EXPECT_THAT(said, Not(HasSubstr("+33639984444")));
            EXPECT_THAT(said, Not(HasSubstr("4970 1000")));
        }
    }
    EXPECT_THAT(text("p-001", "p-002", "fr"), HasSubstr("••••"));
}

TEST_F(Explain, WithoutTheInputItStillExplains) {
    std::filesystem::remove(folder_ / "records.jsonl");
    const std::string said = text("p-001", "p-002", "en");
    EXPECT_THAT(said, HasSubstr("same IBAN, FR7630006000011234567890189"));
    EXPECT_THAT(said, HasSubstr("have moved or changed"));
    EXPECT_THAT(said, Not(HasSubstr("virer 300")));
}

TEST_F(Explain, AnotherFileInItsPlaceIsNotQuoted) {
    std::ofstream{folder_ / "records.jsonl"} << R"({"id":"other","narrative":"rien à voir"})"
                                             << "\n";
    const std::string said = text("p-001", "p-002", "en");
    EXPECT_THAT(said, HasSubstr("have moved or changed"));
    EXPECT_THAT(said, Not(HasSubstr("rien à voir")));
}

TEST_F(Explain, ApartTellsWhatIsSharedAndWhyThatIsNotEnough) {
    const std::string said = text("p-003", "p-004", "en");
    EXPECT_THAT(said, HasSubstr("p-003 and p-004 are not together"));
    EXPECT_THAT(said, HasSubstr("IBAN BE71096123456769: is not enough by itself: about 2 groups"));
    EXPECT_THAT(said, HasSubstr("as a proposal (40 % sure)"));
    EXPECT_THAT(said, HasSubstr("one more piece of evidence"));

    const std::string victims = text("p-001", "p-005", "fr");
    EXPECT_THAT(victims, HasSubstr("téléphone •••• : ne compte pas, car dans p-001 c’est celui de "
                                   "la victime."));
    const std::string nothing = text("p-001", "p,\"006\"", "fr");
    EXPECT_THAT(nothing, HasSubstr("rien : aucun identifiant"));
    EXPECT_THAT(nothing, HasSubstr("p,\"006\" ne contient ni identifiant de suspect"));
}

TEST_F(Explain, ARecordIsTogetherWithItself) {
    EXPECT_THAT(text("p-001", "p-001", "fr"), HasSubstr("un seul et même dossier"));
}

TEST_F(Explain, AnUnknownRecordGetsSuggestions) {
    const auto answer = explain(folder_ / "out", "P-03", "p-001", "en");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, ExplainRefusal::UnknownRecordA);
    EXPECT_THAT(answer.error().advice, HasSubstr("Did you mean p-003"));
    const auto far = explain(folder_ / "out", "p-001", "zzzzzzzz\x1b[2J", "fr");
    ASSERT_FALSE(far);
    EXPECT_EQ(far.error().refusal, ExplainRefusal::UnknownRecordB);
    EXPECT_THAT(far.error().advice, Not(HasSubstr("\x1b")));
}

TEST_F(Explain, RefusesWhatIsNotARun) {
    const auto none = explain(folder_ / "nowhere", "a", "b", "en");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().refusal, ExplainRefusal::NoRun);
    std::ofstream{folder_ / "out" / "chain.bin"} << "not a chain";
    const auto damaged = explain(folder_ / "out", "a", "b", "fr");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().refusal, ExplainRefusal::DamagedRun);
    EXPECT_THAT(damaged.error().advice, HasSubstr("Relancez"));
}

TEST_F(Explain, TheJsonHoldsTheSameFacts) {
    const auto together = explain(folder_ / "out", "p-001", "p-003", "en");
    ASSERT_TRUE(together);
    const nlohmann::json facts = nlohmann::json::parse(together->json);
    EXPECT_EQ(facts.at("together"), true);
    EXPECT_EQ(facts.at("path").size(), 2U);
    EXPECT_EQ(facts.at("path")[0].at("evidence")[0].at("type"), "iban");
    EXPECT_EQ(facts.at("critical").size(), 2U);
    const auto apart = explain(folder_ / "out", "p-001", "p-005", "en");
    ASSERT_TRUE(apart);
    const nlohmann::json other = nlohmann::json::parse(apart->json);
    EXPECT_EQ(other.at("together"), false);
    EXPECT_EQ(other.at("shared")[0].at("role_in_a"), "victim");
    EXPECT_FALSE(other.at("shared")[0].contains("value"));
}

} // namespace
} // namespace chain

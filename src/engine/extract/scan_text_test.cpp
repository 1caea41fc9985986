// Runs the texts of tests/golden/extract: README.md there describes the notation.
#include "engine/extract/extract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace engine::extract {
namespace {

using record::Mention;
using record::Speaker;

std::vector<Mention> mentions_of(std::string_view text, const ExtractPolicy& policy = {}) {
    std::vector<Mention> mentions;
    scan_text(text, {}, Speaker::Victim, policy, mentions);
    return mentions;
}

struct Example {
    std::string where; // file:line
    std::string text;
    std::vector<std::string> expected; // "type value"
};

std::string with_line_breaks(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool line_break = line.substr(i, 2) == "\\n";
        text += line_break ? '\n' : line[i];
        i += line_break ? 1 : 0;
    }
    return text;
}

std::vector<Example> examples_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::vector<Example> examples;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("    ")) {
            examples.back().expected.push_back(line.substr(4));
        } else {
            examples.push_back({path.filename().string() + ":" + std::to_string(number),
                                with_line_breaks(line),
                                {}});
        }
    }
    return examples;
}

std::string line_of(const Mention& mention) {
    std::string value = mention.value;
    if (mention.type == record::IdentifierType::Card) value.resize(value.find('#'));
    return std::string{record::name_of(mention.type)} + " " + value;
}

TEST(ScanText, FindsWhatTheExamplesSay) {
    std::size_t examples = 0;
    for (const auto& entry : std::filesystem::directory_iterator{
             std::filesystem::path{MAILLON_SOURCE_DIR} / "tests/golden/extract"}) {
        if (entry.path().extension() != ".txt") continue;
        for (const Example& example : examples_of(entry.path())) {
            std::vector<std::string> found;
            for (const Mention& mention : mentions_of(example.text)) {
                found.push_back(line_of(mention));
            }
            EXPECT_THAT(found, testing::ElementsAreArray(example.expected))
                << example.where << ": " << example.text;
            ++examples;
        }
    }
    EXPECT_GT(examples, 100U);
}

TEST(ScanText, SpansAreInTheOriginalText) {
    struct Row {
        std::string_view text;
        std::string_view written;
    };
    constexpr Row kRows[]{
        {"x 06\u200b39\u200b98\u200b12\u200b34 y", "06\u200b39\u200b98\u200b12\u200b34"},
        {"\u200b\u200b０６３９９８１２３４\u200b.", "０６３９９８１２３４"},
        {"« exem\u00adple-colis.fr »", "exem\u00adple-colis.fr"},
        {"+33\u00a06\u202f39\u00a098\u00a012\u00a034",
         "+33\u00a06\u202f39\u00a098\u00a012\u00a034"},
        {"Écrire à é@exemple-mail.fr", "é@exemple-mail.fr"},
    };
    for (const Row& row : kRows) {
        const std::vector<Mention> mentions = mentions_of(row.text);
        ASSERT_FALSE(mentions.empty()) << row.text;
        EXPECT_EQ(written_of(mentions[0], row.text), row.written);
    }
}

TEST(ScanText, CardIsMaskedWhereverItStands) {
    constexpr std::string_view kTexts[]{"carte 4970 1012 3456 7893", "carte 4970.1012.3456.7893",
                                        "https://exemple-colis.fr/p?cb=4970101234567893&x=1",
                                        "commande n° 4970101234567893"};
    for (const std::string_view text : kTexts) {
        const std::vector<Mention> mentions = mentions_of(text);
        ASSERT_FALSE(mentions.empty()) << text;
        for (const Mention& mention : mentions) {
            std::string digits;
            for (const char c : mention.value + written_of(mention, text)) {
                if (c >= '0' && c <= '9') digits += c;
            }
            EXPECT_EQ(digits.find("0123456"), std::string::npos) << text;
        }
    }
}

TEST(ScanText, CountryDecidesNationalNumbers) {
    ExtractPolicy belgian;
    belgian.assumed_country = {'B', 'E'};
    const std::string text = "Appelé par le 0470 12 34 56 hier";
    ASSERT_EQ(mentions_of(text, belgian).size(), 1U);
    EXPECT_EQ(mentions_of(text, belgian)[0].value, "+32470123456");
    ASSERT_EQ(mentions_of(text).size(), 1U);
    EXPECT_EQ(mentions_of(text)[0].value, "+33470123456");
}

TEST(ScanText, AppendsAndNamesTheField) {
    std::vector<Mention> mentions(1);
    const record::Field field{record::FieldKind::Message, 3};
    scan_text("06 39 98 12 34", field, Speaker::Suspect, {}, mentions);
    ASSERT_EQ(mentions.size(), 2U);
    EXPECT_EQ(mentions[1].field, field);
}

} // namespace
} // namespace engine::extract

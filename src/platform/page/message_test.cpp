#include "platform/page/words/words.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace platform::page {
namespace {

constexpr std::string_view kToml = R"(
plain = "Bonjour"
[files]
count = "{count, plural, one {# fichier} other {# fichiers}} de {owner}"
[nested.deep]
word = "L’été"
)";

TEST(Words, AreFoundByTheirDottedKeys) {
    const Words words{"fr", kToml};
    EXPECT_EQ(words.all().size(), 3U);
    ASSERT_NE(words.find("nested.deep.word"), nullptr);
    EXPECT_EQ(*words.find("nested.deep.word"), "L’été");
    EXPECT_EQ(words.find("nested.deep"), nullptr);
    EXPECT_EQ(words.say("plain", {}), "Bonjour");
}

TEST(Words, MessagesFollowThePluralOfTheLanguage) {
    const Words french{"fr", kToml};
    const Words english{"en", "n = \"{count, plural, one {# file} other {# files}}\""};
    const struct {
        std::int64_t count;
        std::string_view french;
        std::string_view english;
    } rows[] = {
        {0, "0 fichier de Zoé", "0 files"}, // zero is singular in French alone
        {1, "1 fichier de Zoé", "1 file"},
        {2, "2 fichiers de Zoé", "2 files"},
        {12345, "12\u202F345 fichiers de Zoé", "12,345 files"},
    };
    for (const auto& row : rows) {
        const Argument count{"count", row.count};
        EXPECT_EQ(french.say("files.count", {count, {"owner", "Zoé"}}), row.french);
        EXPECT_EQ(english.say("n", {count}), row.english);
    }
}

TEST(Words, AnArgumentIsNeverReadAsAPattern) {
    const Words words{"en", "hello = \"Hello {name}.\""};
    EXPECT_EQ(words.say("hello", {{"name", "{count, plural"}}), "Hello {count, plural.");
    EXPECT_EQ(words.say("hello", {{"name", "<b>"}}), "Hello <b>."); // plain text, not escaped
}

TEST(Words, MessagesAreSaidFromManyThreads) {
    const Words words{"fr", kToml};
    constexpr int kThreads = 8;
    constexpr int kTimes = 500;
    std::vector<int> wrong(kThreads);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < kThreads; ++i) {
            threads.emplace_back([&words, &wrong, i] {
                for (std::int64_t n = 2; n < kTimes; ++n) {
                    const std::string expected = std::to_string(n) + " fichiers de Zoé";
                    const Argument count{"count", n};
                    if (words.say("files.count", {count, {"owner", "Zoé"}}) != expected) {
                        ++wrong[i];
                    }
                }
            });
        }
    }
    EXPECT_EQ(wrong, std::vector<int>(kThreads));
}

TEST(WordsDeath, OurOwnFaultsStopTheProgramAndAreNamed) {
    const auto read = [](std::string_view toml) { const Words words{"fr", toml}; };
    EXPECT_DEATH(read("a = 'b"), "fr.toml, line 1");
    EXPECT_DEATH(read("[a]\nb = 3"), "not a text: a.b");
    EXPECT_DEATH(read("a = ''"), "an empty word: a");
    EXPECT_DEATH(read("a = '{n, plural, one {x}}'"), "not a message that ICU can read: a");
    const Words words{"fr", kToml};
    EXPECT_DEATH((void)words.say("absent", {}), "no such word in fr.toml: absent");
    EXPECT_DEATH((void)words.say("files.count", {}), "each of its arguments");
    EXPECT_DEATH((void)words.say("files.count", {{"count", 1}, {"other", "x"}}), "does not say");
    EXPECT_DEATH((void)words.say("plain", {{"count", 1}}), "without arguments");
}

TEST(WordsDeath, LanguagesSayTheSame) {
    const auto compare = [](std::string_view french, std::string_view english) {
        Words::check_alike(Words{"fr", french}, Words{"en", english});
    };
    compare("a = 'x {{FILES}}'", "a = '{{FILES}} y'");
    EXPECT_DEATH(compare("a = 'x'\nb = 'y'", "a = 'x'"), "only fr.toml has the word b");
    EXPECT_DEATH(compare("a = 'x'", "a = 'x'\nc = 'y'"), "only en.toml has the word c");
    EXPECT_DEATH(compare("a = '{{FILES}}'", "a = '{{FILE}}'"), "other values");
    EXPECT_DEATH(compare("a = '{n} x'", "a = '{m} x'"), "other values");
}

} // namespace
} // namespace platform::page

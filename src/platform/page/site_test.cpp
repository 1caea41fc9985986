// The real pages of the source tree: all words exist, all render, nothing given escapes.
#include "base/ascii.hpp"
#include "platform/page/samples/sample.hpp"
#include "platform/page/words/words.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace platform::page {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kAttack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

class SiteTest : public testing::Test {
protected:
    static constexpr Language kBoth[] = {Language::French, Language::English};
    SiteFiles files_;
    Pages pages_{files_.templates(), files_.locales(), files_.assets()};
};

TEST_F(SiteTest, EveryTemplateRendersInBothLanguages) {
    for (const std::string& name : pages_.template_names()) {
        if (name == "layout.html") continue;
        for (const Language language : kBoth) {
            for (const Look look : {Look::Plain, Look::Faults}) {
                const Filling filling = sample_filling(files_, pages_, name, language, look);
                if (name.starts_with("mail_")) {
                    EXPECT_FALSE(pages_.render_alone(name, language, filling).empty()) << name;
                    continue;
                }
                const std::string html = pages_.render(name, language, filling);
                EXPECT_THAT(html, HasSubstr("<h1")) << name;
                EXPECT_THAT(html, HasSubstr("lang=\"" + std::string{tag_of(language)} + "\""));
                EXPECT_THAT(html, Not(HasSubstr("[["))) << name;
            }
        }
    }
}

TEST_F(SiteTest, NothingGivenBecomesMarkup) {
    for (const std::string& name : pages_.template_names()) {
        if (name == "layout.html" || name.ends_with(".txt")) continue;
        const Filling filling =
            sample_filling(files_, pages_, name, Language::French, Look::Hostile, kAttack);
        const std::string html = name.starts_with("mail_")
                                     ? pages_.render_alone(name, Language::French, filling)
                                     : pages_.render(name, Language::French, filling);
        EXPECT_THAT(html, HasSubstr("&lt;script&gt;")) << name;
        EXPECT_THAT(html, Not(HasSubstr("<script>"))) << name;
        EXPECT_THAT(html, Not(HasSubstr("<img src=x"))) << name;
    }
}

TEST_F(SiteTest, NoInlineScriptOrStyleInPages) {
    for (const EmbeddedFile& file : files_.templates()) {
        if (file.name.starts_with("mail_")) continue; // mails have only inline styles
        EXPECT_THAT(file.content, Not(HasSubstr(" style="))) << file.name;
        EXPECT_THAT(file.content, Not(HasSubstr("<style"))) << file.name;
        EXPECT_THAT(file.content, Not(testing::ContainsRegex(" on[a-z]+="))) << file.name;
        EXPECT_THAT(file.content, Not(testing::ContainsRegex("<script[^>]*>[^<]"))) << file.name;
    }
}

TEST_F(SiteTest, EveryFormBelongsToItsSession) {
    for (const EmbeddedFile& file : files_.templates()) {
        const auto count = [&](std::string_view what) {
            std::size_t found = 0;
            for (std::size_t at = file.content.find(what); at != std::string_view::npos;
                 at = file.content.find(what, at + 1)) {
                ++found;
            }
            return found;
        };
        const std::size_t posts = count("method=\"post\"");
        const std::size_t tokens = count("part:part_token.html") + count("name=\"jeton\"");
        const bool is_part = file.name.starts_with("part_");
        EXPECT_TRUE(is_part || posts == tokens) << file.name;
    }
}

// The sections that code looks up by a word of the program: status.grouped.label.
constexpr std::string_view kSaidByCode[] = {
    "title.",          "category.",   "platform.",   "means.",
    "status.",         "act.",        "error.",      "receipt.",
    "kind.",           "you.",        "answer.",     "file_kind.",
    "identifier.",     "size.",       "mail.",       "path.",
    "followup.from.",  "error_page.", "check.sign.", "check.story.",
    "check.level.",    "check.cut",   "question.",   "condition.",
    "complaint_type.", "step.",       "prompt.",     "whose.",
    "plainte.",        "orientation."}; // `maillon orientation check` holds these

TEST_F(SiteTest, NoWordIsLeftOver) {
    for (const std::string& key : pages_.unused_words()) {
        const bool said =
            std::any_of(std::begin(kSaidByCode), std::end(kSaidByCode),
                        [&](std::string_view start) { return key.starts_with(start); });
        EXPECT_TRUE(said) << "no page says " << key;
    }
}

TEST_F(SiteTest, EveryPageHasATitle) {
    for (const std::string& name : pages_.template_names()) {
        if (name == "layout.html" || name.starts_with("mail_")) continue;
        EXPECT_TRUE(pages_.knows("title." + name.substr(0, name.rfind('.')))) << name;
    }
}

TEST_F(SiteTest, TheTypographyIsThatOfTheLanguage) {
    for (const EmbeddedFile& file : files_.locales()) {
        const Words words{locale_tag(file.name), file.content};
        for (const auto& [key, text] : words.all()) {
            EXPECT_THAT(text, Not(HasSubstr("'"))) << key << ": a typographic apostrophe";
            EXPECT_THAT(text, Not(HasSubstr("\""))) << key << ": quotation marks of the language";
            EXPECT_THAT(text, Not(HasSubstr("..."))) << key;
            if (words.language_tag() != "fr") continue;
            for (const char* const loose : {" :", " ;", " !", " ?", "« ", " »", " €"}) {
                EXPECT_THAT(text, Not(HasSubstr(loose))) << key;
            }
        }
    }
}

TEST_F(SiteTest, NoWordPromisesAnInquiryOrBlames) {
    constexpr std::string_view kNeverSaid[] = {
        "vous auriez dû",  "votre négligence", "sera arrêté",      "you should have",
        "your fault that", "enquête sera",     "will be arrested", "récépissé de votre plainte"};
    for (const EmbeddedFile& file : files_.locales()) {
        for (const std::string_view phrase : kNeverSaid) {
            EXPECT_THAT(file.content, Not(HasSubstr(phrase))) << file.name;
        }
    }
}

/// Words a sentence on average: plain language is for tired people on small screens.
double words_per_sentence(std::string_view toml_tag, std::string_view toml) {
    const Words words{toml_tag, toml};
    std::size_t sentences = 0;
    std::size_t count = 0;
    for (const auto& [key, text] : words.all()) {
        if (text.find(' ') == std::string::npos) continue;
        ++sentences;
        ++count;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == ' ') ++count;
            const bool ends = text[i] == '.' || text[i] == '!' || text[i] == '?';
            if (ends && i + 1 < text.size() && text[i + 1] == ' ') ++sentences;
        }
    }
    return static_cast<double>(count) / static_cast<double>(sentences);
}

TEST_F(SiteTest, SentencesAreShort) {
    for (const EmbeddedFile& file : files_.locales()) {
        constexpr double kWordsMax = 15;
        EXPECT_LE(words_per_sentence(locale_tag(file.name), file.content), kWordsMax) << file.name;
    }
}

/// Words that the law fixed are not ours to make plain; addresses are no sentences.
bool is_ours_to_write(std::string_view key) {
    return !key.starts_with("law.") && !key.starts_with("path.");
}

TEST_F(SiteTest, NoSentenceIsLong) {
    constexpr std::size_t kSpacesMax = 24; // between its words
    for (const EmbeddedFile& file : files_.locales()) {
        const Words words{locale_tag(file.name), file.content};
        for (const auto& [key, text] : words.all()) {
            std::size_t spaces = 0;
            for (std::size_t i = 0; i < text.size() && is_ours_to_write(key); ++i) {
                const bool begins =
                    i > 0 && std::string_view{".!?"}.find(text[i - 1]) != std::string_view::npos;
                if (text[i] == ' ') spaces = begins ? 0 : spaces + 1;
                ASSERT_LE(spaces, kSpacesMax) << file.name << ": " << key;
            }
        }
    }
}

/// The lists of web/words: one a line, '#' before a comment.
std::vector<std::string> jargon(std::string_view language_tag) {
    std::ifstream file{std::string{MAILLON_SOURCE_DIR} + "/web/words/jargon_" +
                       std::string{language_tag} + ".txt"};
    std::vector<std::string> out;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != '#') out.push_back(line);
    }
    return out;
}

/// Does a word of the text begin with it?
bool says(std::string_view lower_text, std::string_view phrase) {
    for (std::size_t at = lower_text.find(phrase); at != std::string_view::npos;
         at = lower_text.find(phrase, at + 1)) {
        const auto before = static_cast<unsigned char>(at == 0 ? ' ' : lower_text[at - 1]);
        const bool in_a_word = before > 0x7F || (before >= 'a' && before <= 'z');
        if (!in_a_word) return true;
    }
    return false;
}

TEST_F(SiteTest, NoJargon) {
    EXPECT_TRUE(says("afin de payer", "afin de"));
    EXPECT_FALSE(says("enfin de retour", "afin de"));
    EXPECT_FALSE(says("curl", "url"));
    for (const EmbeddedFile& file : files_.locales()) {
        const Words words{locale_tag(file.name), file.content};
        const std::vector<std::string> banned = jargon(words.language_tag());
        ASSERT_GT(banned.size(), 20U);
        for (const auto& [key, text] : words.all()) {
            if (!is_ours_to_write(key)) continue;
            for (const std::string& phrase : banned) {
                EXPECT_FALSE(says(lower_ascii(text), phrase))
                    << file.name << ": " << key << " says: " << phrase;
            }
        }
    }
}

} // namespace
} // namespace platform::page

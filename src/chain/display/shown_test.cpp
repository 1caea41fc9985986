#include "chain/display/quote.hpp"
#include "chain/display/wording.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

namespace chain {
namespace {

using engine::link::KeyKind;
using engine::record::Role;

TEST(ShownText, NeutralisesWhatIsHostile) {
    struct Row {
        const char* name;
        std::string hostile;
        std::string expected;
    };
    const Row rows[] = {
        {"plain", "Élodie 👩‍💻", "Élodie 👩‍💻"},
        {"white space", "a\r\n\tb\u00A0c\u2028d", "a   b c d"},
        {"terminal escape", "\x1b[31mred\x07", "�[31mred�"},
        {"C1 controls", "a\u009bb", "a�b"},
        {"bidirectional", "abc\u202Etxt.exe\u2066x\u200F", "abc�txt.exe�x�"},
        {"invisible", "a\u200Bb\uFEFFc\u00ADd", "a�b�c�d"},
        {"tags", "a\U000E0041b", "a�b"},
        {"invalid", "a\xFF\xC0\x80z\xE2\x82", "a���z��"},
        {"surrogate", "\xED\xA0\x80", "���"},
        {"nul", std::string{"a\0b", 3}, "a�b"},
    };
    for (const Row& row : rows) EXPECT_EQ(shown_text(row.hostile, 100), row.expected) << row.name;
    EXPECT_EQ(shown_text("ééééé", 3), "ééé…");
    EXPECT_EQ(shown_text("ééé", 3), "ééé");
}

TEST(ShownValue, IsNeverClickableAndHidesCards) {
    struct Row {
        KeyKind kind;
        const char* canonical;
        const char* expected;
    };
    const Row rows[] = {
        {KeyKind::Url, "https://a.example/b.php?c=d.e", "hxxps://a[.]example/b.php?c=d.e"},
        {KeyKind::Url, "http://203.0.113.7", "hxxp://203[.]0[.]113[.]7"},
        {KeyKind::Domain, "colis.suivi.example", "colis[.]suivi[.]example"},
        {KeyKind::Card, "497010******0007#0123456789abcdef", "497010******0007"},
        {KeyKind::Email, "a.b@mail.example", "a.b@mail.example"},
    };
    for (const Row& row : rows) EXPECT_EQ(shown_value(row.kind, row.canonical), row.expected);
}

std::string flat(const std::vector<Stretch>& stretches) {
    std::string out;
    for (const Stretch& stretch : stretches) {
        switch (stretch.look) {
        case Stretch::Look::Plain: out += stretch.text; break;
        case Stretch::Look::Marked: out += "[" + stretch.text + "]"; break;
        case Stretch::Look::Hidden: out += "{" + stretch.text + "}"; break;
        }
    }
    return out;
}

TEST(Excerpt, MarksHidesAndCuts) {
    const std::string text = "appel du 0639980011, moi 0639984444, fin";
    const Span phone{9, 19};
    const Span own{25, 35};
    const Span marked[] = {phone};
    const Span hidden[] = {own};
    EXPECT_EQ(flat(excerpt(text, phone, marked, hidden)), "appel du [0639980011], moi {••••}, fin");
    const Span over_both[] = {{0, 40}};
    EXPECT_EQ(flat(excerpt(text, phone, over_both, hidden)),
              "[appel du 0639980011, moi ]{••••}[, fin]")
        << "what is hidden wins";
    const std::string longer = std::string(500, 'a') + "0639980011" + std::string(500, 'b');
    const Span middle[] = {{500, 510}};
    const std::string cut = flat(excerpt(longer, middle[0], middle, {}));
    EXPECT_EQ(cut, "…" + std::string(90, 'a') + "[0639980011]" + std::string(90, 'b') + "…");
}

TEST(Excerpt, CutsBetweenWords) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "bonjour ";
    const Span middle[] = {{160, 167}};
    const std::string cut = flat(excerpt(text, middle[0], middle, {}));
    EXPECT_TRUE(cut.starts_with("…bonjour ")) << cut;
    EXPECT_TRUE(cut.ends_with(" bonjour…")) << cut;
    EXPECT_NE(cut.find("[bonjour]"), std::string::npos);
}

TEST(Excerpt, AcceptsAnySpan) {
    const std::string text = "éééééé";
    const std::uint32_t ends[] = {0, 1, 5, 11, 12, 13, 4'000'000'000U, UINT32_MAX};
    for (const std::uint32_t start : ends) {
        for (const std::uint32_t end : ends) {
            const Span span[] = {{start, end}};
            const std::string shown = flat(excerpt(text, span[0], span, span));
            EXPECT_EQ(shown.find("\xEF\xBF\xBD"), std::string::npos) << "a character was cut";
        }
    }
    EXPECT_TRUE(excerpt("", {0, 4}, {}, {}).empty());
}

TEST(Quote, TheVictimsOwnIsHiddenWhereverItStands) {
    engine::record::Statement statement;
    statement.narrative = "moi 0639984444 lui 0639980011 encore 0639984444";
    const std::vector<Place> places{
        {.key = 1, .role = Role::Victim, .span = {4, 14}},
        {.key = 2, .role = Role::Suspect, .span = {19, 29}},
        {.key = 1, .role = Role::Suspect, .span = {37, 47}},
    };
    const engine::link::KeyIndex marked[] = {1, 2};
    const std::optional<Quote> found = quote(statement, places, 2, marked);
    ASSERT_TRUE(found);
    EXPECT_EQ(flat(found->stretches), "moi {••••} lui [0639980011] encore {••••}");
    EXPECT_FALSE(quote(statement, places, 7, marked));
    statement.narrative = "a changé";
    EXPECT_FALSE(quote(statement, places, 2, marked));
}

TEST(Quote, PrefersWhereSomebodyTellsOfIt) {
    engine::record::Statement statement;
    statement.narrative = "il a dit 0639980011 puis plus rien";
    const std::vector<Place> places{
        {.key = 2, .field = {engine::record::FieldKind::Identifier, 0}, .span = {0, 10}},
        {.key = 2, .span = {9, 19}},
    };
    const engine::link::KeyIndex marked[] = {2};
    const std::optional<Quote> found = quote(statement, places, 2, marked);
    ASSERT_TRUE(found);
    EXPECT_EQ(flat(found->stretches), "il a dit [0639980011] puis plus rien");
}

/// Every sentence of a table, in the order of the structure.
std::vector<std::string_view> sentences(const Wording& words) {
    std::vector<std::string_view> out;
    out.insert(out.end(), words.kinds.begin(), words.kinds.end());
    out.insert(out.end(), words.strengths.begin(), words.strengths.end());
    out.insert(out.end(), words.tiers.begin(), words.tiers.end());
    const auto* const first = &words.quote_open;
    out.insert(out.end(), first, &words.list_or + 1);
    return out;
}

TEST(Wording, BothLanguagesSayEverythingWithTheSamePlaces) {
    const auto places = [](std::string_view sentence) {
        std::set<std::string> found;
        for (std::size_t at = sentence.find('{'); at != std::string_view::npos;
             at = sentence.find('{', at + 1)) {
            found.emplace(sentence.substr(at, sentence.find('}', at) - at));
        }
        return found;
    };
    const std::vector<std::string_view> english = sentences(wording(Language::English));
    const std::vector<std::string_view> french = sentences(wording(Language::French));
    ASSERT_EQ(english.size(), french.size());
    for (std::size_t i = 0; i < english.size(); ++i) {
        EXPECT_FALSE(english[i].empty()) << i;
        EXPECT_FALSE(french[i].empty()) << english[i];
        EXPECT_EQ(places(english[i]), places(french[i])) << english[i];
    }
}

TEST(Wording, SaysWeightsInWords) {
    const Wording& english = wording(Language::English);
    EXPECT_EQ(weight_in_words(english, 2).substr(0, 17), "weak (2.0 bits): ");
    EXPECT_NE(weight_in_words(english, 11.5F).find("about 2896 times"), std::string::npos);
    EXPECT_NE(weight_in_words(english, 20.5F).find("about 1 million"), std::string::npos);
    EXPECT_NE(weight_in_words(english, 500).find("over a billion"), std::string::npos);
    EXPECT_NE(weight_in_words(wording(Language::French), 16).find("très fort (16,0 bits)"),
              std::string::npos);
}

} // namespace
} // namespace chain

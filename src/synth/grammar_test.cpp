#include "synth/words/grammar.hpp"
#include "synth/words/register.hpp"

#include "synth/plan/scam_type.hpp"
#include "synth/words/embedded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace synth {
namespace {

TEST(Grammar, Unfolds) {
    struct Row {
        const char* text;
        std::size_t chosen; // taken modulo the number of alternatives
        bool known;         // whether slots have a value
        const char* expected;
    };
    const Row rows[]{
        {"plain", 0, true, "plain"},
        {"[a|b|c]", 0, true, "a"},
        {"[a|b|c]", 2, true, "c"},
        {"x[|y]z", 0, true, "xz"},
        {"[a|[b|c]d]", 1, true, "cd"},
        {"say< it {slot}>.", 0, true, "say it {slot}."},
        {"say< it {slot}>.", 0, false, "say."},
        {"<[at|to] {slot}>!", 1, true, "to {slot}!"},
        {"[<{slot}>|none]", 0, false, ""},
    };
    for (const Row& row : rows) {
        const std::string text = unfold(
            row.text, [&](std::size_t, std::size_t count) { return row.chosen % count; },
            [&](std::string_view) { return row.known; });
        EXPECT_EQ(text, row.expected) << row.text;
    }
}

TEST(Grammar, Fills) {
    const std::string text = fill("a {x} b {y}", [](std::string_view slot, std::string& out) {
        out += slot == "x" ? "1" : "2";
    });
    EXPECT_EQ(text, "a 1 b 2");
}

TEST(Grammar, EveryTextUnfoldsAndHasOnlyKnownSlots) {
    const std::vector<std::string_view> known{"prenom", "nom",     "victime", "ville", "banque",
                                              "objet",  "montant", "date",    "colis", "ref",
                                              "tel",    "iban",    "mail",    "site",  "lien",
                                              "pseudo", "annonce", "wallet",  "valeur"};
    for (const std::string_view texts : {scripts_text(), narratives_text()}) {
        for (const Section& section : sections_of(texts)) {
            EXPECT_FALSE(section.entries.empty()) << section.title;
            for (const std::string_view entry : section.entries) {
                for (std::size_t chosen = 0; chosen < 6; ++chosen) {
                    const std::string text = unfold(
                        entry, [&](std::size_t, std::size_t count) { return chosen % count; },
                        [](std::string_view) { return true; });
                    EXPECT_EQ(text.find_first_of("[]<>|"), std::string::npos) << entry;
                    static_cast<void>(fill(text, [&](std::string_view slot, std::string&) {
                        EXPECT_TRUE(std::find(known.begin(), known.end(), slot) != known.end())
                            << slot << " in " << entry;
                    }));
                }
            }
        }
    }
}

TEST(Scripts, SixtyFrenchFamiliesAndSomeOfEveryType) {
    std::map<std::string_view, int> by_type;
    int french = 0;
    for (const Section& section : sections_of(scripts_text())) {
        ++by_type[section.title.substr(0, section.title.find(' '))];
        if (section.title.ends_with(" fr")) ++french;
    }
    EXPECT_GE(french, 60);
    EXPECT_EQ(by_type.size(), kScamTypes.size());
    for (const ScamType& type : kScamTypes) EXPECT_GE(by_type[type.name], 4) << type.name;
}

TEST(Register, LeavesSlotsAlone) {
    Random random{1};
    struct Row {
        Register how;
        const char* text;
        const char* expected;
    };
    const Row rows[]{
        {Register::Correct, "Été {Été}.", "Été {Été}."},
        {Register::NoAccents, "Été à {Été} ça…", "Ete a {Été} ca..."},
        {Register::Capitals, "Été {ref}", "ETE {ref}"},
        {Register::Sms, "Pour vous, {Pour}", "pour vs, {Pour}"},
        {Register::Dictated, "Bonjour, voilà : {Mail}. Merci.", "bonjour voilà  {Mail} merci"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(in_register(row.text, row.how, random), row.expected);
    }
}

} // namespace
} // namespace synth

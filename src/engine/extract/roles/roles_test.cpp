// Runs the sentences of tests/golden/roles: each line is a text of one speaker with its identifiers
// between braces, each with the role that it must get. README.md there describes the notation.
#include "engine/extract/roles/roles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace engine::extract {
namespace {

using record::Field;
using record::FieldKind;
using record::Mention;
using record::Role;
using record::Speaker;

struct Sentence {
    std::string where; // file:line
    FieldKind kind = FieldKind::Narrative;
    Speaker speaker = Speaker::Victim;
    std::string text;
    std::vector<Mention> mentions;
    std::vector<Role> expected;
};

Role role_named(std::string_view name) {
    if (name == "v") return Role::Victim;
    if (name == "t") return Role::ThirdParty;
    EXPECT_EQ(name, "s");
    return Role::Suspect;
}

// "{s phone 06 39 98 00 01}": expected role, type, the identifier as written.
void add_mention(std::string_view marked, Sentence& sentence) {
    const std::size_t type_end = marked.find(' ', 2);
    ASSERT_NE(type_end, std::string_view::npos) << sentence.where;
    const auto type = record::identifier_type(marked.substr(2, type_end - 2));
    ASSERT_TRUE(type.has_value()) << sentence.where << ": " << marked;
    const std::string_view written = marked.substr(type_end + 1);
    Mention mention;
    mention.type = *type;
    mention.value = std::string{written};
    mention.start = static_cast<std::uint32_t>(sentence.text.size());
    sentence.text += written;
    mention.end = static_cast<std::uint32_t>(sentence.text.size());
    sentence.mentions.push_back(mention);
    sentence.expected.push_back(role_named(marked.substr(0, 1)));
}

Sentence parse_sentence(std::string_view line, std::string where) {
    Sentence sentence;
    sentence.where = std::move(where);
    const std::size_t bar = line.find('|');
    const std::string_view speaker = line.substr(0, bar);
    if (speaker != "story") sentence.kind = FieldKind::Message;
    if (speaker == "suspect") sentence.speaker = Speaker::Suspect;
    if (speaker == "other" || speaker == "officer") sentence.speaker = Speaker::Other;
    if (speaker == "officer") sentence.kind = FieldKind::Narrative;
    line.remove_prefix(bar + 1);
    while (!line.empty()) {
        if (line.starts_with("\\n")) {
            sentence.text += '\n';
            line.remove_prefix(2);
        } else if (line.front() == '{') {
            const std::size_t close = line.find('}');
            add_mention(line.substr(1, close - 1), sentence);
            line.remove_prefix(close + 1);
        } else {
            sentence.text += line.front();
            line.remove_prefix(1);
        }
    }
    return sentence;
}

std::vector<Sentence> read_sentences(const std::filesystem::path& path) {
    std::vector<Sentence> sentences;
    std::ifstream in{path};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        sentences.push_back(
            parse_sentence(line, path.filename().string() + ":" + std::to_string(number)));
    }
    return sentences;
}

struct Tally {
    std::size_t mentions = 0;
    std::size_t right = 0;
    std::string wrong; // one line each
};

void judge(Sentence& sentence, Tally& tally) {
    assign_roles(sentence.text, Field{sentence.kind, 0}, sentence.speaker, ExtractPolicy{},
                 sentence.mentions);
    for (std::size_t i = 0; i < sentence.mentions.size(); ++i) {
        const Mention& mention = sentence.mentions[i];
        ++tally.mentions;
        if (mention.role == sentence.expected[i]) {
            ++tally.right;
            continue;
        }
        tally.wrong += "  " + sentence.where + " " + mention.value + ": " +
                       std::string{name_of(mention.role)} + " by " + std::string{mention.rule} +
                       " (" + std::to_string(mention.confidence) + " %), expected " +
                       std::string{name_of(sentence.expected[i])} + "\n";
    }
}

Tally run_file(const std::filesystem::path& path) {
    Tally tally;
    for (Sentence& sentence : read_sentences(path)) judge(sentence, tally);
    return tally;
}

const std::filesystem::path kGolden =
    std::filesystem::path{MAILLON_SOURCE_DIR} / "tests" / "golden" / "roles";

TEST(Roles, EveryGoldenSentence) {
    std::size_t mentions = 0;
    for (const auto& entry : std::filesystem::directory_iterator{kGolden}) {
        if (entry.path().extension() != ".txt") continue;
        const Tally tally = run_file(entry.path());
        EXPECT_EQ(tally.right, tally.mentions) << entry.path().filename().string() << "\n"
                                               << tally.wrong;
        mentions += tally.mentions;
    }
    EXPECT_GE(mentions, 250U);
}

struct HeldOut {
    std::string_view file;
    std::size_t mentions;
    std::size_t right; // what the table reaches: README.md tells what these figures mean
};

// A measure more than a promise: a change that costs a sentence here is seen.
TEST(Roles, HeldOutSentences) {
    constexpr HeldOut kSets[] = {
        {"first.txt", 104, 99}, {"second.txt", 94, 88}, {"third.txt", 58, 56}};
    for (const HeldOut& set : kSets) {
        const Tally tally = run_file(kGolden / "held_out" / set.file);
        EXPECT_EQ(tally.mentions, set.mentions) << set.file;
        EXPECT_GE(tally.right, set.right) << set.file << "\n" << tally.wrong;
    }
}

Mention mention_at(std::size_t start, std::size_t end, record::IdentifierType type) {
    Mention mention;
    mention.type = type;
    mention.start = static_cast<std::uint32_t>(start);
    mention.end = static_cast<std::uint32_t>(end);
    mention.rule = "recogniser";
    return mention;
}

TEST(Roles, DeclaredFieldKeepsItsRole) {
    Mention mention = mention_at(0, 14, record::IdentifierType::Phone);
    mention.role = Role::Victim;
    assign_roles("06 39 98 00 01", Field{FieldKind::Identifier, 0}, Speaker::Victim,
                 ExtractPolicy{}, {&mention, 1});
    EXPECT_EQ(mention.role, Role::Victim);
    EXPECT_EQ(mention.confidence, 100);
}

TEST(Roles, DomainFollowsItsAddress) {
    const std::string text = "Mon mail est lea@courriel.example, elle a ri.";
    Mention mentions[] = {mention_at(13, 33, record::IdentifierType::Email),
                          mention_at(17, 33, record::IdentifierType::Domain)};
    assign_roles(text, Field{}, Speaker::Victim, ExtractPolicy{}, mentions);
    EXPECT_EQ(mentions[0].role, Role::Victim);
    EXPECT_EQ(mentions[1].role, Role::Victim);
}

TEST(Roles, NoCueKeepsTheRecognisersRule) {
    const std::string text = "xxx 06 39 98 00 01 yyy";
    Mention mention = mention_at(4, 18, record::IdentifierType::Phone);
    assign_roles(text, Field{}, Speaker::Victim, ExtractPolicy{}, {&mention, 1});
    EXPECT_EQ(mention.role, Role::Suspect);
    EXPECT_EQ(mention.rule, "recogniser");
    EXPECT_GT(mention.confidence, 60);
    EXPECT_LT(mention.confidence, 75);
}

struct Folding {
    std::string_view name;
    std::string before;
};

TEST(Roles, ReadsEveryWayOfWriting) {
    const Folding rows[] = {
        {"upper case", "MON NUMERO EST LE "},
        {"accents", "Mon num\u00e9ro est le "},
        {"upper-case accents", "MON NUM\u00c9RO EST LE "},
        {"combining accent", "mon nume\u0301ro est le "},
        {"latin-1 left undecoded", "mon num\xE9ro est le "},
        {"degree sign", "mon n\u00b0 "},
        {"no-break space", "mon\u00a0num\u00e9ro\u00a0: "},
        {"zero-width space inside", "mon nu\u200bm\u00e9ro est le "},
        {"typographic apostrophe", "c\u2019est mon num\u00e9ro "},
        {"line broken", "voici mon\nnum\u00e9ro : "},
        {"abbreviation with a dot", "mon tel. "},
        {"in the middle of other words", std::string(200, 'x') + ". Mon numero est le "},
    };
    for (const Folding& row : rows) {
        const std::string text = row.before + "06 39 98 00 01.";
        Mention mention =
            mention_at(row.before.size(), text.size() - 1, record::IdentifierType::Phone);
        assign_roles(text, Field{}, Speaker::Victim, ExtractPolicy{}, {&mention, 1});
        EXPECT_EQ(mention.role, Role::Victim) << row.name;
        EXPECT_EQ(mention.rule, "role.my_number") << row.name;
    }
}

// Any bytes and any spans in order: no crash, and a confidence that is a percentage.
TEST(Roles, AnyBytes) {
    constexpr std::string_view kPieces[] = {"mon ",       "numero ", "\xC3",     "\xE2\x80",
                                            "\xF0",       "\n",      "\"",       "\xC2\xAB",
                                            "De : ",      "> ",      "-- mail ", ". ",
                                            "? ",         ":",       "\xC2\xBB", "x",
                                            "ma banque ", ","};
    std::uint32_t state = 12345;
    const auto next = [&state](std::size_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        std::vector<Mention> mentions;
        for (std::size_t piece = next(60); piece-- > 0;) {
            const std::size_t start = text.size();
            text += kPieces[next(std::size(kPieces))];
            if (next(6) != 0) continue;
            const auto type = static_cast<record::IdentifierType>(next(record::kIdentifierTypes));
            mentions.push_back(mention_at(start, text.size(), type));
        }
        const auto speaker = static_cast<Speaker>(next(3));
        const auto kind = next(2) == 0 ? FieldKind::Narrative : FieldKind::Message;
        assign_roles(text, Field{kind, 0}, speaker, ExtractPolicy{}, mentions);
        for (const Mention& mention : mentions) {
            EXPECT_GE(mention.confidence, 30);
            EXPECT_LE(mention.confidence, 100);
        }
    }
}

} // namespace
} // namespace engine::extract

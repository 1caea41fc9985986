#include "engine/memory/memory.hpp"

#include "engine/memory/mentions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace engine::memory {
namespace {

using record::IdentifierType;
using record::Role;
using record::Statement;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Telephone numbers from Arcep's range for fiction.
std::string phone_of(unsigned number) {
    std::string digits = std::to_string(number % 10'000);
    digits.insert(0, 4 - digits.size(), '0');
    return "06 39 98 " + digits.substr(0, 2) + " " + digits.substr(2);
}

record::Message from_suspect(std::string text) {
    return {.from = record::Speaker::Suspect, .at = {}, .text = std::move(text)};
}

const std::string kScript = "Bonjour, votre colis est bloqué au centre de tri, merci de régler les "
                            "frais de douane sous vingt-quatre heures au numéro indiqué";
const std::string kOtherScript = "Maman, j'ai cassé mon téléphone et je ne peux plus payer mon "
                                 "loyer, peux-tu m'avancer la somme jusqu'à lundi prochain stp";

/// A declaration of an invented world: gangs have telephones, accounts and a text; victims mention
/// some of them. Version 1 of a declaration says something else than version 0.
Statement declaration(unsigned number, unsigned version = 0) {
    std::minstd_rand random{number * 7919 + version * 104'729 + 1};
    const auto draw = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
    const unsigned gang = draw(12);
    Statement out;
    out.id = "d" + std::to_string(number);
    out.received_at = 1'700'000'000 + static_cast<UnixSeconds>(number) * 40'000;
    out.narrative = "On m'a appelé au " + phone_of(gang * 10 + draw(3)) + ". ";
    if (draw(2) == 0) out.narrative += "Puis au " + phone_of(gang * 10 + draw(3)) + ". ";
    out.narrative += "Mon numéro est le " + phone_of(9000 + draw(5)) + ".";
    if (draw(2) == 0) {
        out.identifiers.push_back({.type = IdentifierType::Handle,
                                   .value = "gang" + std::to_string(gang * 3 + draw(2)),
                                   .role = Role::Suspect,
                                   .platform = "telegram"});
    }
    if (draw(3) != 0) {
        out.messages.push_back(
            from_suspect((gang % 2 == 0 ? kScript : kOtherScript) + " " + phone_of(draw(10'000))));
    }
    return out;
}

std::vector<Statement> world(unsigned count) {
    std::vector<Statement> out;
    for (unsigned i = 0; i < count; ++i) out.push_back(declaration(i));
    return out;
}

/// All that linking found, in words.
std::string told(const Snapshot& snapshot) {
    std::string out;
    for (link::RecordIndex i = 0; i < snapshot.corpus.size(); ++i) {
        out += std::string{snapshot.corpus.id(i)} + " " + snapshot.group_name(i) + "\n";
    }
    for (const link::Link& each : snapshot.grouping.links) {
        out += std::to_string(each.a) + "-" + std::to_string(each.b) + " " +
               std::to_string(each.probability);
        for (const link::Evidence& evidence : snapshot.grouping.evidence_of(each)) {
            out += " " + std::string{snapshot.corpus.value(evidence.key)} + "=" +
                   std::to_string(evidence.bits);
        }
        out += "\n";
    }
    return out;
}

std::size_t groups_of_several(const Snapshot& snapshot) {
    return static_cast<std::size_t>(std::ranges::count_if(
        snapshot.grouping.groups, [](const auto& members) { return members.size() > 1; }));
}

std::string told_of(const std::vector<Statement>& statements, unsigned threads = 1) {
    Memory memory{{}, threads};
    memory.put(statements);
    return told(memory.link());
}

TEST(Memory, LinksNothingWhenEmpty) {
    const Memory memory{{}, 1};
    EXPECT_EQ(memory.link().corpus.size(), 0U);
    EXPECT_EQ(memory.size(), 0U);
}

TEST(Memory, FindsTheGroupsOfTheWorld) {
    Memory memory{{}, 2};
    memory.put(world(300));
    const Snapshot snapshot = memory.link();
    EXPECT_EQ(snapshot.corpus.size(), 300U);
    EXPECT_GE(groups_of_several(snapshot), 8U);
    EXPECT_EQ(snapshot.group_names.size(), snapshot.grouping.groups.size());
}

TEST(Memory, ThreadsAndBatchesChangeNothing) {
    const std::vector<Statement> statements = world(300);
    const std::string expected = told_of(statements);
    EXPECT_EQ(told_of(statements, 3), expected);
    Memory one_by_one{{}, 1};
    for (const Statement& each : statements) one_by_one.put(each);
    EXPECT_EQ(told(one_by_one.link()), expected);
}

// Any history of puts, replacements and removals that ends in the same declarations gives the
// same result as putting these once.
TEST(Memory, HistoryChangesNothing) {
    constexpr unsigned kDeclarations = 120;
    for (unsigned seed = 1; seed <= 8; ++seed) {
        std::minstd_rand random{seed};
        const auto draw = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
        std::map<unsigned, unsigned> there; // declaration → version
        Memory memory{{}, 1 + seed % 2};
        for (int step = 0; step < 400; ++step) {
            const unsigned number = draw(kDeclarations);
            if (draw(3) == 0) {
                EXPECT_EQ(memory.remove("d" + std::to_string(number)), there.erase(number) == 1);
                continue;
            }
            std::vector<Statement> batch;
            for (unsigned i = 0; i <= draw(4); ++i) {
                const unsigned version = draw(2);
                batch.push_back(declaration((number + i) % kDeclarations, version));
                there[(number + i) % kDeclarations] = version;
            }
            memory.put(batch);
            if (step % 100 == 50) static_cast<void>(memory.link());
        }
        std::vector<Statement> left;
        for (const auto& [number, version] : there) left.push_back(declaration(number, version));
        std::shuffle(left.begin(), left.end(), random);
        EXPECT_EQ(memory.size(), left.size());
        EXPECT_EQ(told(memory.link()), told_of(left)) << "seed " << seed;
    }
}

/// How many scripts are keys of two declarations.
std::size_t scripts_in(const Snapshot& snapshot) {
    std::size_t scripts = 0;
    for (link::KeyIndex key = 0; key < snapshot.corpus.keys(); ++key) {
        if (snapshot.corpus.kind(key) == link::KeyKind::Script) ++scripts;
    }
    return scripts;
}

// A text that its last declaration leaves in the very batch in which another brings it back.
TEST(Memory, TextComesBackInTheBatchThatDropsIt) {
    Statement a;
    a.id = "a";
    a.messages.push_back(from_suspect(kScript));
    Memory memory{{}, 1};
    memory.put(a);
    Statement b = a;
    b.id = "b";
    Statement c = a;
    c.id = "c";
    a.messages.front().text = "Autre chose";
    memory.put(std::vector{a, b, c});
    EXPECT_EQ(scripts_in(memory.link()), 1U);
    EXPECT_TRUE(memory.remove("b"));
    EXPECT_EQ(scripts_in(memory.link()), 0U);
    EXPECT_TRUE(memory.remove("c"));
    EXPECT_FALSE(memory.remove("c"));
    memory.put(std::vector{b, c});
    EXPECT_EQ(scripts_in(memory.link()), 1U);
}

struct Own {
    const char* name;
    const char* declarants; // what a story says before a value of the declarant's…
    const char* suspects;   // …and before one of the suspect's
    const char* value;
};

class OwnIdentifiers : public ::testing::TestWithParam<Own> {};

/// Of two declarations that have nothing else in common.
std::size_t groups_of_two(const std::string& sentence, const record::DeclaredIdentifier* declared) {
    Memory memory{{}, 1};
    for (const char* story : {"Mardi on m'a dérobé mes économies. ", "Mon vélo jamais livré. "}) {
        Statement statement;
        statement.id = story;
        statement.narrative = story + sentence;
        if (declared != nullptr) statement.identifiers.push_back(*declared);
        memory.put(statement);
    }
    return groups_of_several(memory.link());
}

TEST_P(OwnIdentifiers, LinkNobody) {
    const Own& row = GetParam();
    EXPECT_EQ(groups_of_two(std::string{row.declarants} + row.value + ".", nullptr), 0U);
    EXPECT_EQ(groups_of_two(std::string{row.suspects} + row.value + ".", nullptr), 1U)
        << "the suspect's would";
}

INSTANTIATE_TEST_SUITE_P(
    Memory, OwnIdentifiers,
    ::testing::Values(Own{"phone", "Mon numéro est le ", "L'escroc m'a appelé du ",
                          "06 39 98 12 34"},
                      Own{"email", "Mon adresse mail est ", "L'escroc m'a écrit de l'adresse ",
                          "paul@exemple-mail.fr"},
                      Own{"iban", "Mon IBAN est ", "J'ai versé la somme à l'escroc sur le compte ",
                          "FR76 3000 6000 0112 3456 7890 189"}),
    [](const auto& row) { return std::string{row.param.name}; });

// The words around it suggest otherwise.
TEST(Memory, WhatIsDeclaredAsOwnIsSoInTheStoryToo) {
    const record::DeclaredIdentifier declared{
        .type = IdentifierType::Phone, .value = "0639981234", .role = Role::Victim, .platform = ""};
    const std::string story = "L'escroc m'a appelé du 06 39 98 12 34.";
    EXPECT_EQ(groups_of_two(story, nullptr), 1U);
    EXPECT_EQ(groups_of_two(story, &declared), 0U);
}

TEST(Memory, WhatIsDeclaredAsTheVictimsLinksNobody) {
    record::DeclaredIdentifier declared{.type = IdentifierType::Iban,
                                        .value = "FR7630006000011234567890189",
                                        .role = Role::Victim,
                                        .platform = ""};
    EXPECT_EQ(groups_of_two("", &declared), 0U);
    declared.role = Role::ThirdParty;
    EXPECT_EQ(groups_of_two("", &declared), 0U);
    declared.role = Role::Suspect;
    EXPECT_EQ(groups_of_two("", &declared), 1U);
}

// What links nobody is not even kept.
TEST(Memory, KeepsOnlyTheSuspects) {
    Memory memory{{}, 1};
    Statement statement;
    statement.id = "one";
    statement.narrative = "L'escroc m'appelait du 06 39 98 55 66. Il m'a fait croire à un colis "
                          "en retard. Mon numéro est le 06 39 98 12 34.";
    memory.put(statement);
    const Snapshot snapshot = memory.link();
    ASSERT_EQ(snapshot.corpus.keys(), 1U);
    EXPECT_EQ(snapshot.corpus.value(0), "+33639985566");
}

TEST(Mentions, AreApartByWhoseTheyAre) {
    Statement statement;
    statement.id = "one";
    statement.narrative = "L'escroc m'appelait du 06 39 98 55 66. Il m'a fait croire à un colis "
                          "en retard. Mon numéro est le 06 39 98 12 34.";
    statement.identifiers.push_back({.type = IdentifierType::Email,
                                     .value = "aide@association.example",
                                     .role = Role::ThirdParty,
                                     .platform = ""});
    const Mentions mentions = mentions_of(statement, {});
    ASSERT_THAT(mentions.author, SizeIs(1));
    EXPECT_EQ(mentions.author.front().value, "+33639985566");
    ASSERT_THAT(mentions.declarant, SizeIs(1));
    EXPECT_EQ(mentions.declarant.front().value, "+33639981234");
    ASSERT_FALSE(mentions.third_party.empty());
    EXPECT_EQ(mentions.third_party.front().value, "aide@association.example");
    EXPECT_THAT(mentions_of(Statement{}, {}).author, IsEmpty());
}

} // namespace
} // namespace engine::memory

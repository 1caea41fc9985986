#include "engine/text/passage.hpp"
#include "engine/text/scripts.hpp"
#include "engine/text/sketch.hpp"

#include <gtest/gtest.h>

#include <string>

namespace engine::text {
namespace {

std::string folded(std::string_view text, std::vector<record::Mention> mentions = {}) {
    std::string out;
    fold(text, {{}, 0, static_cast<std::uint32_t>(text.size())}, mentions, out);
    return out;
}

TEST(Fold, TakesOutWhatTemplatesChange) {
    const std::pair<const char*, const char*> rows[] = {
        {"Bonjour, votre COLIS n° 12 345 !", "bonjour votre colis n 0 0"},
        {"Élodie a reçu 1.250,00 € l'été", "elodie a recu 0 0 0 lete"},
        {"n’hésitez\xE2\x80\x8B pas", "nhesitez pas"},
        {"cœur 💖 naïf", "coeur naif"},
        {"  l''Aßen  ", "lassen"},
        {"\xD0\xB0\xD0\xD0 \xD1\x88", "\xD0\xB0\xD0\xD0 \xD1\x88"}, // no byte of a letter is lost
        {"", ""},
    };
    for (const auto& [text, expected] : rows) EXPECT_EQ(folded(text), expected) << text;
}

TEST(Fold, MasksIdentifiers) {
    record::Mention mention;
    mention.start = 8;
    mention.end = 22;
    EXPECT_EQ(folded("Appelez 06 39 98 00 11 vite", {mention}), "appelez \x01 vite");
    EXPECT_EQ(folded("Appelez 06 39 98 44 55 vite", {mention}), "appelez \x01 vite");
    mention.start = 0;
    mention.end = 1; // one byte gives way to three
    EXPECT_EQ(folded("xé", {mention}), "\x01 e");
    mention.start = 2; // inside a letter
    mention.end = 4;
    EXPECT_EQ(folded("1é2", {mention}), "0e \x01");
}

TEST(Passages, AreMessagesParagraphsAndQuotations) {
    record::Statement statement;
    statement.messages.push_back({record::Speaker::Suspect,
                                  {},
                                  "Votre colis est en attente, réglez les frais de livraison."});
    statement.messages.push_back(
        {record::Speaker::Victim, {}, "Je ne comprends pas, je n'ai rien commandé cette semaine."});
    statement.narrative = "J'ai reçu ceci : « Votre dossier est incomplet, merci de le compléter "
                          "avant ce soir. » puis plus rien.\ncourt";
    std::vector<Passage> passages;
    find_passages(statement, passages);
    ASSERT_EQ(passages.size(), 3U);
    EXPECT_EQ(passages[0].field.kind, record::FieldKind::Message);
    const std::string_view quoted = std::string_view{statement.narrative}.substr(
        passages[1].start, passages[1].end - passages[1].start);
    EXPECT_TRUE(quoted.starts_with(" Votre dossier")) << quoted;
    EXPECT_EQ(passages[2].start, 0U);
}

TEST(Sketch, VectorAndScalarAgree) {
    std::string text;
    for (int i = 0; i < 900; ++i) {
        text.push_back(static_cast<char>('a' + (i * i + i / 7) % 26));
        if (i % 37 == 0 || i > 870) {
            EXPECT_EQ(sketch(text).minima, sketch_scalar(text).minima) << text.size();
        }
    }
    EXPECT_EQ(sketch("").minima, sketch_scalar("").minima);
}

TEST(Sketch, EstimatesJaccard) {
    const std::string text = folded("Votre colis est bloqué au centre de tri, réglez 1,99 € ici");
    EXPECT_EQ(likeness(sketch(text), sketch(text)), 1.0);
    const std::string near = folded("Votre colis est bloqué au centre de tri : réglez 2,50 € là");
    EXPECT_GT(likeness(sketch(text), sketch(near)), 0.5);
    const std::string far = folded("Maman, j'ai cassé mon téléphone, écris-moi sur ce numéro");
    EXPECT_LT(likeness(sketch(text), sketch(far)), 0.15);
}

TEST(Scripts, NameDependsOnTextsAlone) {
    const std::string texts[] = {
        folded("Votre colis est bloqué au centre de tri, réglez 1,99 € avant demain midi"),
        folded("Votre colis est bloqué au centre de tri, réglez 2,99 € avant demain soir"),
        folded("Maman, j'ai cassé mon téléphone, écris-moi vite sur ce nouveau numéro"),
    };
    Scripts forward;
    Scripts backward;
    for (std::uint64_t i = 0; i < 3; ++i) forward.add(100 + i, sketch(texts[i]), Author::Suspect);
    for (std::uint64_t i = 3; i-- > 0;) backward.add(100 + i, sketch(texts[i]), Author::Suspect);
    backward.add(101, sketch(texts[1]), Author::Suspect); // a second time
    forward.find(1);
    backward.find(2);
    EXPECT_EQ(forward.texts(), 3U);
    EXPECT_EQ(backward.texts(), 3U);
    const auto name = [](const Scripts& scripts, std::uint64_t hash) {
        return scripts.name_of(scripts.script_of(hash));
    };
    EXPECT_EQ(name(forward, 101), 100U);
    EXPECT_EQ(name(forward, 102), 102U);
    for (std::uint64_t i = 0; i < 3; ++i) {
        EXPECT_EQ(name(forward, 100 + i), name(backward, 100 + i));
    }
}

} // namespace
} // namespace engine::text

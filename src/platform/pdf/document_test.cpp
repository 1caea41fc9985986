// The documents are judged by other programs: poppler's tools, qpdf and zbar.
#include "platform/pdf/document.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace platform::pdf {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

struct Outcome {
    int code = -1;
    std::string output;
};

Outcome run(const std::string& command) {
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return {};
    Outcome outcome;
    char bytes[4096];
    for (std::size_t size = 0; (size = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) {
        outcome.output.append(bytes, size);
    }
    outcome.code = ::pclose(pipe);
    return outcome;
}

/// A document in a file that goes with it.
class Written {
public:
    explicit Written(const Document& document) : bytes{render(document)} {
        std::string name = std::filesystem::temp_directory_path() / "maillon-pdf-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        folder_ = name;
        std::ofstream{path(), std::ios::binary} << bytes;
    }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;
    ~Written() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path() const { return folder_ / "it.pdf"; }
    [[nodiscard]] std::string picture() const { return folder_ / "it"; }
    [[nodiscard]] std::string text() const { return run("pdftotext " + path() + " -").output; }
    [[nodiscard]] std::string structure() const {
        return run("pdfinfo -struct-text " + path()).output;
    }
    [[nodiscard]] std::string plain() const {
        return run("qpdf --qdf --object-streams=disable " + path() + " -").output;
    }
    std::string bytes;

private:
    std::filesystem::path folder_;
};

Document receipt() {
    return {
        "Récépissé <MLN-2026-000123> & preuve",
        "fr",
        "Plateforme nationale de signalement",
        "Ce récépissé prouve que votre signalement est arrivé.",
        {Heading{1, "Récépissé de signalement"},
         Paragraph{"Votre signalement est enregistré. Gardez ce document : il prouve ce que vous "
                   "avez transmis, et permet d’en suivre le traitement efficace à l’affiche."},
         Facts{{{"Référence", "MLN-2026-000123", true},
                {"Reçu le", "24 novembre 2026 à 16 h 12"},
                {"Empreinte du texte",
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true}}},
         Heading{2, "Suivre votre signalement"},
         QrCode{"https://signalement.example/suivi?r=MLN-2026-000123",
                "Code QR : page de suivi de l’évènement"},
         Note{"Ne communiquez votre code de suivi à personne."}, Heading{3, "Fichiers transmis"},
         Table{{"Fichier", "Taille"}, {{"capture.png", "412 ko"}, {"message.eml", "18 ko"}}}}};
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

TEST(Documents, AreTaggedAndOfVersion17) {
    const Written written{receipt()};
    const std::string info = run("pdfinfo " + written.path()).output;
    EXPECT_THAT(info, HasSubstr("Récépissé <MLN-2026-000123> & preuve"));
    EXPECT_THAT(info, ContainsRegex("Tagged: +yes"));
    EXPECT_THAT(info, ContainsRegex("PDF version: +1.7"));
    EXPECT_THAT(info, ContainsRegex("Pages: +1\n"));
    EXPECT_THAT(info, HasSubstr("A4"));
    EXPECT_THAT(info, Not(HasSubstr("CreationDate")));
    const Outcome check = run("qpdf --check " + written.path());
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_THAT(check.output, HasSubstr("No syntax or stream encoding errors"));
}

TEST(Documents, AreTheSameBytesEachTime) {
    EXPECT_TRUE(render(receipt()) == render(receipt()));
    Document other = receipt();
    other.title += ".";
    EXPECT_FALSE(render(receipt()) == render(other));
}

TEST(Documents, SayWhatTheyConformTo) {
    const std::string plain = Written{receipt()}.plain();
    for (const char* part :
         {"<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>",
          "<pdfuaid:part>1</pdfuaid:part>", "Récépissé &lt;MLN-2026-000123&gt; &amp; preuve",
          "/Lang (fr)", "/DisplayDocTitle true", "/OutputIntents", "/DestOutputProfile", "/Tabs /S",
          "/Marked true", "/S /GTS_PDFA1"}) {
        EXPECT_THAT(plain, HasSubstr(part));
    }
    EXPECT_THAT(plain, Not(HasSubstr("/Encrypt")));
}

TEST(Documents, EmbedTheirFonts) {
    const std::string fonts = run("pdffonts " + Written{receipt()}.path()).output;
    EXPECT_THAT(fonts, HasSubstr("DejaVuSans"));
    EXPECT_THAT(fonts, Not(ContainsRegex(" no +(yes|no) +(yes|no) ")));
}

TEST(Documents, GiveTheirWordsInOrder) {
    const std::string text = Written{receipt()}.text();
    std::size_t at = 0;
    for (const char* words :
         {"Récépissé de signalement", "Votre signalement est enregistré", "efficace à l’affiche",
          "Référence", "MLN-2026-000123", "Reçu le", "24 novembre 2026 à 16 h 12",
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          "Suivre votre signalement", "Ne communiquez votre code de suivi à personne.",
          "Fichiers transmis", "capture.png", "message.eml", "page 1 / 1"}) {
        const std::size_t found = text.find(words, at);
        ASSERT_NE(found, std::string::npos) << words << "\nin\n" << text;
        at = found;
    }
}

TEST(Documents, HaveAStructure) {
    const std::string tree = Written{receipt()}.structure();
    std::size_t at = 0;
    for (const char* part : {"Document",
                             "H1",
                             "\"Récépissé de signalement\"",
                             "P (block)",
                             "et permet d’en suivre",
                             "Table",
                             "TR",
                             "TH",
                             "/Scope /Row",
                             "\"Référence\"",
                             "TD",
                             "\"MLN-2026-000123\"",
                             "H2",
                             "Figure",
                             "/BBox",
                             "P (block)",
                             "H3",
                             "Table",
                             "TH",
                             "/Scope /Column",
                             "\"Fichier\"",
                             "TD",
                             "\"capture.png\""}) {
        const std::size_t found = tree.find(part, at);
        ASSERT_NE(found, std::string::npos) << part << "\nin\n" << tree;
        at = found;
    }
    EXPECT_EQ(count_of(tree, "/Scope /Row"), 3U);
    EXPECT_EQ(count_of(tree, "/Scope /Column"), 2U);
}

TEST(Documents, MarkDecorationAsArtifacts) {
    const Written written{receipt()};
    EXPECT_THAT(written.structure(), Not(HasSubstr("Plateforme nationale")));
    EXPECT_THAT(written.structure(), Not(HasSubstr("page 1")));
    const std::string plain = written.plain();
    EXPECT_GE(count_of(plain, "/Artifact BMC"), 5U); // header, rule, rule, footer, number
    EXPECT_EQ(count_of(plain, " BDC\n") + count_of(plain, " BMC\n"), count_of(plain, "EMC\n"));
}

TEST(Documents, HaveAQrCodeThatReads) {
    const Written written{receipt()};
    EXPECT_THAT(written.plain(), HasSubstr("/Alt "));
    ASSERT_EQ(
        run("pdftoppm -r 100 -singlefile -png " + written.path() + " " + written.picture()).code,
        0);
    if (run("command -v zbarimg").code != 0) GTEST_SKIP() << "zbar-tools is not installed";
    EXPECT_THAT(run("zbarimg -q --raw " + written.picture() + ".png").output,
                HasSubstr("https://signalement.example/suivi?r=MLN-2026-000123"));
}

TEST(LongTables, GoOverPagesWithEveryRow) {
    Document document = receipt();
    Table table{{"Numéro", "Libellé"}, {}};
    for (int i = 0; i < 300; ++i) {
        table.rows.push_back({"rang-" + std::to_string(i) + ".", "virement vers un inconnu"});
    }
    document.blocks.emplace_back(table);
    const Written written{document};
    const std::string text = written.text();
    std::size_t at = 0;
    for (int i = 0; i < 300; ++i) {
        const std::string row = "rang-" + std::to_string(i) + ".";
        at = text.find(row, at);
        ASSERT_NE(at, std::string::npos) << row;
    }
    const std::size_t pages = count_of(text, "\f");
    EXPECT_GE(pages, 7U);
    EXPECT_THAT(text, HasSubstr("page " + std::to_string(pages) + " / " + std::to_string(pages)));
    EXPECT_GE(count_of(text, "Libellé"), pages - 1) << "the header comes again on each page";
    const std::string plain = written.plain();
    EXPECT_EQ(count_of(plain, "/S /Table\n"), 3U) << "one table, beside the two of the receipt";
    EXPECT_EQ(count_of(plain, "/S /TR\n"), 3U + 3U + 301U);
    EXPECT_EQ(count_of(plain, "/S /TH\n"), 3U + 2U + 2U)
        << "a header that comes again is decoration";
    EXPECT_EQ(run("qpdf --check " + written.path()).code, 0);
}

std::string many_words(int count) {
    std::string words;
    for (int i = 0; i < count; ++i) words += "mot" + std::to_string(i) + ". ";
    return words;
}

TEST(LongTexts, GoOverPagesWithEveryWord) {
    for (const Block& block :
         {Block{Paragraph{many_words(2000)}}, Block{Note{many_words(2000)}},
          Block{Table{{"A", "B"}, {{many_words(2000), "court"}}}},
          Block{Facts{{{"terme", many_words(2000)}}}}, Block{Heading{2, many_words(500)}}}) {
        const Written written{{"Long", "fr", "Émetteur", "Pied", {block}}};
        const std::string text = written.text();
        const std::string tree = written.structure();
        std::size_t at = 0;
        for (int i = 0; i < (block.index() == 0 ? 500 : 2000); ++i) {
            const std::string word = "mot" + std::to_string(i) + ".";
            at = text.find(word, at);
            ASSERT_NE(at, std::string::npos) << word << " of block " << block.index();
            EXPECT_EQ(count_of(tree, word), 1U) << word;
        }
        EXPECT_GE(count_of(text, "\f"), 2U);
        EXPECT_THAT(tree, Not(HasSubstr("Émetteur")));
    }
}

TEST(HostileTexts, AreDrawnAsTheyCan) {
    const std::string hostile = std::string{"a\0b", 3} + "\xff\xfe\x01\x7f <b>&amp; " +
                                "\u202Egauche\u202C \u0627\u0644\u0639\u0631\u0628\u064a\u0629 " +
                                std::string(5000, 'w') + "\r\n\t";
    const Written written{{hostile.substr(0, 20),
                           "fr",
                           hostile,
                           hostile,
                           {Heading{1, hostile}, Paragraph{hostile}, Paragraph{""}, Note{hostile},
                            Note{""}, Facts{{{hostile, hostile}, {"", ""}}}, Facts{},
                            Table{{hostile, ""}, {{hostile, hostile}, {"", ""}}}}}};
    const Outcome check = run("qpdf --check " + written.path());
    EXPECT_EQ(check.code, 0) << check.output;
}

TEST(HostileTexts, TablesOfAnotherShapeAreOurMistake) {
    EXPECT_DEATH((void)render({"t", "fr", "", "", {Table{{"A", "B"}, {{"one cell"}}}}}),
                 "a cell for each column");
}

} // namespace
} // namespace platform::pdf

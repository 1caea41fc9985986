#include "platform/sandbox/decode/pdf_text.hpp"
#include "platform/sandbox/test_files.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace platform::sandbox {

namespace {

using namespace testing_support; // NOLINT(google-build-using-namespace): the files of this module
using ::testing::Optional;
using ::testing::StartsWith;

TEST(PdfText, IsUtf8InReadingOrder) {
    prepare_pdf();
    const std::string pdf =
        pdf_of("BT /F 12 Tf 50 700 Td (Ch\\350que re\\347u) Tj 0 -20 Td (IBAN FR76) Tj ET\n");
    EXPECT_THAT(decode_pdf_text(pdf), Optional(StartsWith("Chèque reçu\nIBAN FR76\n")));
}

TEST(PdfText, CompressedContentIsRead) {
    prepare_pdf();
    EXPECT_THAT(decode_pdf_text(pdf_of(deflated(shown_line("Bonjour")), "/Filter/FlateDecode")),
                Optional(StartsWith("Bonjour")));
}

TEST(PdfText, PagesAndBytesAreBounded) {
    prepare_pdf();
    const std::optional<std::string> many = decode_pdf_text(pdf_of(shown_line("mot"), {}, 250));
    ASSERT_TRUE(many);
    std::size_t words = 0;
    for (std::size_t at = 0; (at = many->find("mot", at)) != std::string::npos; ++at) ++words;
    EXPECT_EQ(words, 200U);
    std::string content = "BT /F 1 Tf 1 800 Td\n";
    for (int i = 0; i < 400; ++i) content += "(" + std::string(80, '\xE9') + ") Tj 0 -2 Td\n";
    const std::optional<std::string> much = decode_pdf_text(pdf_of(content + "ET\n", {}, 200));
    ASSERT_TRUE(much);
    EXPECT_LE(much->size(), 1U << 20U);
    EXPECT_TRUE(much->ends_with("é") || much->ends_with("\n"));
}

TEST(PdfText, OtherBytesAreNone) {
    prepare_pdf();
    for (const std::string& bytes : {std::string{}, std::string{"%PDF-1.7\n"},
                                     std::string{"plain words"}, std::string(10'000, '\0')}) {
        EXPECT_EQ(decode_pdf_text(bytes), std::nullopt);
    }
}

TEST(PdfText, EncryptedIsLeftAlone) {
    prepare_pdf();
    // Encrypted with an empty user password, which readers open without asking (RC4 of 40 bits).
    std::string pdf = pdf_of(shown_line("secret"));
    const std::string hex(64, 'A');
    pdf.replace(pdf.find("trailer"), std::string::npos,
                "6 0 obj <</Filter/Standard/V 1/R 2/P -4/O<" + hex + ">/U<" + hex +
                    ">>> endobj\ntrailer <</Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]>>\n%%EOF\n");
    EXPECT_EQ(decode_pdf_text(pdf), std::nullopt);
}

} // namespace

} // namespace platform::sandbox

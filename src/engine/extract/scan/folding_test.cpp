#include "engine/extract/scan/folding.hpp"

#include <gtest/gtest.h>

namespace engine::extract::scan {
namespace {

TEST(Folding, BringsSignsToAscii) {
    struct Row {
        std::string_view name;
        std::string_view original;
        std::string_view folded;
    };
    constexpr Row kRows[]{
        {"French stays", "L’été à l’œuvre : « 12 € »", "L’été à l’œuvre : « 12 € »"},
        {"spaces", "06\u00a039\u202f98\u200912", "06 39 98 12"},
        {"zero width", "ex\u200bem\u2060ple\ufeff.fr\u00ad", "exemple.fr"},
        {"full width", "０６＠．ａＺ：／", "06@.aZ:/"},
        {"Arabic", "٠٦۴", "064"},
        {"mathematical", "𝟎𝟔𝐀𝐳𝙰", "06AzA"},
        {"key caps", "0️⃣6️⃣", "06"},
        {"dashes and dots", "06–39−98·12。34", "06-39-98.12.34"},
        {"Cyrillic O by a digit", "О6 привет", "06 привет"},
        {"not a digit for people", "m² ½ №", "m² ½ №"},
        {"broken", "a\xE2\x80 \xF0", "a\xE2\x80 \xF0"},
    };
    for (const Row& row : kRows) {
        const FoldedText folded{row.original};
        EXPECT_EQ(folded.text(), row.folded) << row.name;
        EXPECT_EQ(folded.changed(), row.original != row.folded) << row.name;
        EXPECT_EQ(folded.original_begin(0), row.original.starts_with("\u200b") ? 3U : 0U);
    }
}

TEST(Folding, PlacesComeBack) {
    const FoldedText folded{"ab\u200bcd０\u200be"};
    ASSERT_EQ(folded.text(), "abcd0e");
    EXPECT_EQ(folded.original_begin(2), 5U);  // c, after the zero-width space
    EXPECT_EQ(folded.original_end(2), 2U);    // b, before it
    EXPECT_EQ(folded.original_begin(4), 7U);  // the full-width zero
    EXPECT_EQ(folded.original_end(5), 10U);   // all three bytes of it
    EXPECT_EQ(folded.original_begin(5), 13U); // e
    EXPECT_EQ(folded.original_end(6), 14U);
}

} // namespace
} // namespace engine::extract::scan

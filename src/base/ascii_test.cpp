#include "base/ascii.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Ascii, LowersLettersAndNothingElse) {
    EXPECT_EQ(lower_ascii("AZaz@[`{09 \u00c9\xFF"), "azaz@[`{09 \u00c9\xFF");
    EXPECT_EQ(lower_ascii(""), "");
}

TEST(Ascii, RaisesLettersAndNothingElse) {
    EXPECT_EQ(upper_ascii("AZaz@[`{09 \u00e9\xFF"), "AZAZ@[`{09 \u00e9\xFF");
}

TEST(Ascii, KnowsABeginningInAnyCase) {
    EXPECT_TRUE(starts_with_lower("HtTp:", "http"));
    EXPECT_TRUE(starts_with_lower("", ""));
    EXPECT_FALSE(starts_with_lower("htt", "http"));
    EXPECT_FALSE(starts_with_lower("xhttp", "http"));
}

TEST(Ascii, TellsOtherBytes) {
    EXPECT_TRUE(is_ascii("a\x7F"));
    EXPECT_FALSE(is_ascii("\u00e9"));
}

} // namespace

#include "engine/extract/scan/anchors.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace engine::extract::scan {
namespace {

using Blocks = std::array<BlockBits, kChunkBlocks>;

TEST(Anchors, SimdAndPlainAgreeOnEveryByteAndLength) {
    std::mt19937 random{3};
    std::string text(kChunkBytes, '\0');
    for (std::size_t i = 0; i < 256; ++i) text[i] = static_cast<char>(i);
    for (std::size_t i = 256; i < text.size(); ++i) text[i] = static_cast<char>(random());
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{63}, std::size_t{64},
          std::size_t{65}, std::size_t{255}, std::size_t{1000}, kChunkBytes}) {
        const std::string part = text.substr(0, size); // its own end, for ASan
        Blocks simd{};
        Blocks plain{};
        const std::size_t count = classify(part, simd);
        ASSERT_EQ(count, classify_plainly(part, plain));
        EXPECT_EQ(count, (size + kBlockBytes - 1) / kBlockBytes);
        for (std::size_t b = 0; b < count; ++b) EXPECT_EQ(simd[b], plain[b]) << size << " " << b;
    }
}

TEST(Anchors, BitsAreWhereTheBytesAre) {
    Blocks blocks{};
    ASSERT_EQ(classify("a1.@:(é", blocks), 1U);
    EXPECT_EQ(blocks[0].word, 0b11000011U);
    EXPECT_EQ(blocks[0].digit, 0b10U);
    EXPECT_EQ(blocks[0].dot, 0b100U);
    EXPECT_EQ(blocks[0].at, 0b1000U);
    EXPECT_EQ(blocks[0].colon, 0b10000U);
    EXPECT_EQ(blocks[0].open, 0b100000U);
    EXPECT_EQ(blocks[0].fold, 0U);
}

} // namespace
} // namespace engine::extract::scan

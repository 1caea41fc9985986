#include "engine/extract/scan/anchors.hpp"

#include "engine/extract/scan/characters.hpp"
#include "engine/extract/scan/folding.hpp"

namespace engine::extract::scan {

std::size_t classify_plainly(std::string_view text, std::span<BlockBits, kChunkBlocks> blocks) {
    const std::size_t count = (text.size() + kBlockBytes - 1) / kBlockBytes;
    for (std::size_t b = 0; b < count; ++b) blocks[b] = {};
    for (std::size_t i = 0; i < text.size(); ++i) {
        BlockBits& bits = blocks[i / kBlockBytes];
        const std::uint64_t bit = std::uint64_t{1} << (i % kBlockBytes);
        const char c = text[i];
        if (is(c, kWord)) bits.word |= bit;
        if (is(c, kDigit)) bits.digit |= bit;
        if (c == '.') bits.dot |= bit;
        if (c == ':') bits.colon |= bit;
        if (c == '@') bits.at |= bit;
        if (c == '(' || c == '[' || c == '{') bits.open |= bit;
        if (may_fold(static_cast<unsigned char>(c))) bits.fold |= bit;
    }
    return count;
}

} // namespace engine::extract::scan

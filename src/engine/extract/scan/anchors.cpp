// Compiled once for each instruction set that Highway knows; see its foreach_target.h.
#include "engine/extract/scan/anchors.hpp"

#include <bit>
#include <cstring>

// The name under which foreach_target.h includes this file again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/extract/scan/anchors.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace engine::extract::scan::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Bytes = hn::CappedTag<std::uint8_t, kBlockBytes>;
using Vector = hn::Vec<Bytes>;
using Mask = hn::Mask<Bytes>;

HWY_INLINE Mask between(Bytes bytes, Vector v, std::uint8_t first, std::uint8_t last) {
    const Vector from_first = hn::Sub(v, hn::Set(bytes, first));
    const Vector span = hn::Set(bytes, static_cast<std::uint8_t>(last - first));
    return hn::Eq(hn::Min(from_first, span), from_first);
}

// Bits of one vector into the word of its block: bit 0 of byte 0 is the first byte's.
static_assert(std::endian::native == std::endian::little);
HWY_INLINE void store(Bytes bytes, Mask mask, std::size_t shift, std::uint64_t& word) {
    hn::StoreMaskBits(bytes, mask, reinterpret_cast<std::uint8_t*>(&word) + shift / 8);
}

HWY_INLINE void classify_block(const std::uint8_t* begin, BlockBits& bits) {
    const Bytes bytes;
    for (std::size_t i = 0; i < kBlockBytes; i += hn::Lanes(bytes)) {
        const Vector v = hn::LoadU(bytes, begin + i);
        const Mask digit = between(bytes, v, '0', '9');
        const Mask letter = between(bytes, hn::Or(v, hn::Set(bytes, std::uint8_t{0x20})), 'a', 'z');
        const Mask high = between(bytes, v, 0x80, 0xFF);
        // Folded characters: see may_fold in folding.hpp.
        const Mask fold =
            hn::Or(hn::Eq(v, hn::Set(bytes, std::uint8_t{0xC2})),
                   hn::Or(between(bytes, v, 0xCC, 0xE3), between(bytes, v, 0xEF, 0xF4)));
        const Mask open = hn::Or(hn::Eq(v, hn::Set(bytes, std::uint8_t{'('})),
                                 hn::Or(hn::Eq(v, hn::Set(bytes, std::uint8_t{'['})),
                                        hn::Eq(v, hn::Set(bytes, std::uint8_t{'{'}))));
        store(bytes, hn::Or(hn::Or(digit, letter), high), i, bits.word);
        store(bytes, digit, i, bits.digit);
        store(bytes, hn::Eq(v, hn::Set(bytes, std::uint8_t{'.'})), i, bits.dot);
        store(bytes, hn::Eq(v, hn::Set(bytes, std::uint8_t{':'})), i, bits.colon);
        store(bytes, hn::Eq(v, hn::Set(bytes, std::uint8_t{'@'})), i, bits.at);
        store(bytes, open, i, bits.open);
        store(bytes, fold, i, bits.fold);
    }
}

std::size_t classify(std::string_view text, std::span<BlockBits, kChunkBlocks> blocks) {
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::size_t whole = text.size() / kBlockBytes;
    for (std::size_t b = 0; b < whole; ++b) classify_block(begin + b * kBlockBytes, blocks[b]);
    const std::size_t rest = text.size() - whole * kBlockBytes;
    if (rest == 0) return whole;
    std::uint8_t last[kBlockBytes] = {};
    std::memcpy(last, begin + whole * kBlockBytes, rest);
    classify_block(last, blocks[whole]);
    return whole + 1;
}

} // namespace engine::extract::scan::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::extract::scan {

HWY_EXPORT(classify);

std::size_t classify(std::string_view text, std::span<BlockBits, kChunkBlocks> blocks) {
    return HWY_DYNAMIC_DISPATCH(classify)(text, blocks);
}

} // namespace engine::extract::scan
#endif

// Stage A: one pass over the bytes that finds where an identifier can begin.
//
// The text is read in blocks of 64 bytes. For each, one bit a byte says whether the byte belongs to
// a class; the rest is arithmetic on those words. The SIMD pass (Highway, chosen for the machine at
// run time) and the plain one give the same bits: a test compares them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::extract::scan {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kChunkBlocks = 64; // blocks classified at once: their bits stay in L1
constexpr std::size_t kChunkBytes = kBlockBytes * kChunkBlocks;

/// One bit a byte, the first byte in bit 0.
struct BlockBits {
    std::uint64_t word = 0; // letters, digits, bytes outside ASCII
    std::uint64_t digit = 0;
    std::uint64_t dot = 0;
    std::uint64_t colon = 0;
    std::uint64_t at = 0;
    std::uint64_t open = 0; // ( [ {
    std::uint64_t fold = 0; // first bytes of characters that folding replaces (folding.hpp)
    friend bool operator==(const BlockBits&, const BlockBits&) = default;
};

/// Classifies `text`, at most kChunkBytes, into blocks; bits past its end are 0.
/// Gives the number of blocks.
std::size_t classify(std::string_view text, std::span<BlockBits, kChunkBlocks> blocks);

/// The same without SIMD.
std::size_t classify_plainly(std::string_view text, std::span<BlockBits, kChunkBlocks> blocks);

} // namespace engine::extract::scan

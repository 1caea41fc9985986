// The hashes inside addresses of crypto-assets.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace engine::normalise::digest {

using Digest = std::array<std::uint8_t, 32>;
using Bytes = std::span<const std::uint8_t>;

/// SHA-256 of SHA-256: Bitcoin and its descendants.
[[nodiscard]] Digest sha256_twice(Bytes bytes);

/// Keccak-256 with the padding of the competition (0x01), as Ethereum and Monero use it; SHA3-256
/// (FIPS 202) pads with 0x06 and gives other values.
[[nodiscard]] Digest keccak256(Bytes bytes);

/// CRC-16/XMODEM (polynomial 0x1021, start 0): TON.
[[nodiscard]] std::uint16_t crc16_xmodem(Bytes bytes);

} // namespace engine::normalise::digest

#include "engine/normalise/digest/digest.hpp"

#include <sodium.h>

namespace engine::normalise::digest {

Digest sha256_twice(Bytes bytes) {
    Digest once;
    crypto_hash_sha256(once.data(), bytes.data(), bytes.size());
    Digest twice;
    crypto_hash_sha256(twice.data(), once.data(), once.size());
    return twice;
}

std::uint16_t crc16_xmodem(Bytes bytes) {
    std::uint32_t remainder = 0;
    for (const std::uint8_t byte : bytes) {
        remainder ^= std::uint32_t{byte} << 8;
        for (int bit = 0; bit < 8; ++bit) {
            remainder <<= 1;
            if ((remainder & 0x10000U) != 0) remainder ^= 0x11021U;
        }
    }
    return static_cast<std::uint16_t>(remainder);
}

} // namespace engine::normalise::digest

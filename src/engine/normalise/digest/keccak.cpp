// The Keccak sponge (Bertoni, Daemen, Peeters, Van Assche: "The Keccak reference", version 3.0):
// permutation of 25 lanes of 64 bits in 24 rounds, rate 136 bytes for an output of 32. The lanes'
// rotations and the rounds' constants are computed, as section 1.2 defines them, rather than
// listed.
#include "engine/normalise/digest/digest.hpp"

#include <bit>
#include <cstddef>

namespace engine::normalise::digest {
namespace {

using Lanes = std::array<std::uint64_t, 25>; // lane (x, y) is at x + 5 y

constexpr int kRounds = 24;
constexpr std::size_t kRateBytes = 136;

// Bit j of round constants comes from a shift register over x^8 + x^6 + x^5 + x^4 + 1.
constexpr std::array<std::uint64_t, kRounds> kRoundConstants = [] {
    std::array<std::uint64_t, kRounds> constants{};
    unsigned state = 1;
    for (std::uint64_t& constant : constants) {
        for (unsigned j = 0; j < 7; ++j) {
            if ((state & 1U) != 0) constant |= std::uint64_t{1} << ((1U << j) - 1);
            state <<= 1;
            if ((state & 0x100U) != 0) state ^= 0x171U;
        }
    }
    return constants;
}();

struct Step {
    std::size_t from;
    std::size_t to;
    int rotation;
};

// Rho and pi together: where each lane goes and how far it turns.
constexpr std::array<Step, 25> kSteps = [] {
    std::array<Step, 25> steps{};
    std::size_t x = 1;
    std::size_t y = 0;
    for (int t = 0; t < 24; ++t) {
        const std::size_t next_y = (2 * x + 3 * y) % 5;
        steps[static_cast<std::size_t>(t)] = {x + 5 * y, y + 5 * next_y,
                                              (t + 1) * (t + 2) / 2 % 64};
        x = y;
        y = next_y;
    }
    steps[24] = {0, 0, 0};
    return steps;
}();

void permute(Lanes& lanes) {
    for (const std::uint64_t constant : kRoundConstants) {
        std::array<std::uint64_t, 5> columns{};
        for (std::size_t i = 0; i < 25; ++i) columns[i % 5] ^= lanes[i];
        for (std::size_t i = 0; i < 25; ++i) {
            lanes[i] ^= columns[(i + 4) % 5] ^ std::rotl(columns[(i + 1) % 5], 1);
        }
        Lanes moved;
        for (const Step& step : kSteps) moved[step.to] = std::rotl(lanes[step.from], step.rotation);
        for (std::size_t i = 0; i < 25; ++i) {
            const std::size_t row = i - i % 5;
            lanes[i] = moved[i] ^ (~moved[row + (i + 1) % 5] & moved[row + (i + 2) % 5]);
        }
        lanes[0] ^= constant;
    }
}

void absorb_byte(Lanes& lanes, std::size_t at, std::uint8_t byte) {
    lanes[at / 8] ^= std::uint64_t{byte} << (8 * (at % 8));
}

} // namespace

Digest keccak256(Bytes bytes) {
    Lanes lanes{};
    std::size_t at = 0;
    for (const std::uint8_t byte : bytes) {
        absorb_byte(lanes, at++, byte);
        if (at == kRateBytes) {
            permute(lanes);
            at = 0;
        }
    }
    absorb_byte(lanes, at, 0x01);
    absorb_byte(lanes, kRateBytes - 1, 0x80);
    permute(lanes);
    Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<std::uint8_t>(lanes[i / 8] >> (8 * (i % 8)));
    }
    return digest;
}

} // namespace engine::normalise::digest

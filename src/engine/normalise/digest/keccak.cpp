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

void theta(Lanes& lanes) {
    std::array<std::uint64_t, 5> column{};
    for (std::size_t row = 0; row < 25; row += 5) {
        for (std::size_t x = 0; x < 5; ++x) column[x] ^= lanes[row + x];
    }
    const std::array<std::uint64_t, 5> change{
        column[4] ^ std::rotl(column[1], 1), column[0] ^ std::rotl(column[2], 1),
        column[1] ^ std::rotl(column[3], 1), column[2] ^ std::rotl(column[4], 1),
        column[3] ^ std::rotl(column[0], 1)};
    for (std::size_t row = 0; row < 25; row += 5) {
        for (std::size_t x = 0; x < 5; ++x) lanes[row + x] ^= change[x];
    }
}

void chi(const Lanes& from, Lanes& to) {
    for (std::size_t row = 0; row < 25; row += 5) {
        const std::uint64_t* const in = from.data() + row;
        std::uint64_t* const out = to.data() + row;
        out[0] = in[0] ^ (~in[1] & in[2]);
        out[1] = in[1] ^ (~in[2] & in[3]);
        out[2] = in[2] ^ (~in[3] & in[4]);
        out[3] = in[3] ^ (~in[4] & in[0]);
        out[4] = in[4] ^ (~in[0] & in[1]);
    }
}

void permute(Lanes& lanes) {
    for (const std::uint64_t constant : kRoundConstants) {
        theta(lanes);
        Lanes moved;
        for (const Step& step : kSteps) moved[step.to] = std::rotl(lanes[step.from], step.rotation);
        chi(moved, lanes);
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

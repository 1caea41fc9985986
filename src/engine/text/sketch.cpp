#include "engine/text/sketch.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/text/sketch.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace engine::text {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// minima[k] = min over hashes of hash * factors[k] + terms[k], modulo 2^32.
void take_minima(const std::uint32_t* hashes, std::size_t count, const std::uint32_t* factors,
                 const std::uint32_t* terms, std::uint32_t* minima) {
    const hn::ScalableTag<std::uint32_t> lanes;
    const std::size_t step = hn::Lanes(lanes);
    // Every vector length that Highway has divides kMinima, so there is no remainder.
    for (std::size_t k = 0; k < kMinima; k += step) {
        const auto factor = hn::LoadU(lanes, factors + k);
        const auto term = hn::LoadU(lanes, terms + k);
        auto least = hn::LoadU(lanes, minima + k);
        for (std::size_t i = 0; i < count; ++i) {
            const auto hash = hn::Set(lanes, hashes[i]);
            least = hn::Min(least, hn::Add(hn::Mul(hash, factor), term));
        }
        hn::StoreU(least, lanes, minima + k);
    }
}

} // namespace HWY_NAMESPACE
} // namespace engine::text
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::text {
namespace {

HWY_EXPORT(take_minima);

struct Permutations {
    std::array<std::uint32_t, kMinima> factors{};
    std::array<std::uint32_t, kMinima> terms{};
};

constexpr std::uint64_t next_random(std::uint64_t& state) { // SplitMix64 (Steele et al. 2014)
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

constexpr Permutations make_permutations() {
    Permutations permutations;
    std::uint64_t state = 20190312; // the day of the answer to written question 12039
    for (std::size_t k = 0; k < kMinima; ++k) {
        permutations.factors[k] = static_cast<std::uint32_t>(next_random(state)) | 1U;
        permutations.terms[k] = static_cast<std::uint32_t>(next_random(state));
    }
    return permutations;
}

constexpr Permutations kPermutations = make_permutations();
constexpr std::size_t kBlock = 256;

std::uint32_t hash_shingle(const char* at, std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, bytes);
    word *= 0x9e3779b97f4a7c15ULL;
    word ^= word >> 29;
    word *= 0xbf58476d1ce4e5b9ULL;
    return static_cast<std::uint32_t>(word >> 32);
}

using TakeMinima = void (*)(const std::uint32_t*, std::size_t, const std::uint32_t*,
                            const std::uint32_t*, std::uint32_t*);

void take_minima_scalar(const std::uint32_t* hashes, std::size_t count,
                        const std::uint32_t* factors, const std::uint32_t* terms,
                        std::uint32_t* minima) {
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t k = 0; k < kMinima; ++k) {
            minima[k] = std::min(minima[k], hashes[i] * factors[k] + terms[k]);
        }
    }
}

Sketch sketch_with(std::string_view folded, TakeMinima take) {
    std::array<std::uint32_t, kMinima> minima{};
    minima.fill(0xffffffffU);
    std::array<std::uint32_t, kBlock> hashes{};
    const std::size_t width = std::min(folded.size(), kShingleBytes);
    const std::size_t shingles = folded.size() - width + 1;
    for (std::size_t begin = 0; begin < shingles; begin += kBlock) {
        const std::size_t count = std::min(kBlock, shingles - begin);
        for (std::size_t i = 0; i < count; ++i) {
            hashes[i] = hash_shingle(folded.data() + begin + i, width);
        }
        take(hashes.data(), count, kPermutations.factors.data(), kPermutations.terms.data(),
             minima.data());
    }
    Sketch result;
    for (std::size_t k = 0; k < kMinima; ++k) {
        result.minima[k] = static_cast<std::uint16_t>((minima[k] * 0x85ebca6bU) >> 16);
    }
    return result;
}

} // namespace

Sketch sketch(std::string_view folded) {
    return sketch_with(folded, HWY_DYNAMIC_DISPATCH(take_minima));
}

Sketch sketch_scalar(std::string_view folded) {
    return sketch_with(folded, take_minima_scalar);
}

double likeness(const Sketch& a, const Sketch& b) {
    std::size_t equal = 0;
    for (std::size_t k = 0; k < kMinima; ++k) equal += a.minima[k] == b.minima[k] ? 1U : 0U;
    return static_cast<double>(equal) / static_cast<double>(kMinima);
}

} // namespace engine::text
#endif

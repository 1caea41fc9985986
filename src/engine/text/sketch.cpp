#include "engine/text/sketch.hpp"

#include <algorithm>
#include <array>
#include <bit>
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
    // Four vectors at a time keep the multipliers busy, and their twelve fit in the registers.
    const hn::CappedTag<std::uint32_t, kMinima / 4> lanes;
    const std::size_t step = hn::Lanes(lanes);
    for (std::size_t k = 0; k < kMinima; k += 4 * step) {
        const auto factor_a = hn::LoadU(lanes, factors + k);
        const auto factor_b = hn::LoadU(lanes, factors + k + step);
        const auto factor_c = hn::LoadU(lanes, factors + k + 2 * step);
        const auto factor_d = hn::LoadU(lanes, factors + k + 3 * step);
        const auto term_a = hn::LoadU(lanes, terms + k);
        const auto term_b = hn::LoadU(lanes, terms + k + step);
        const auto term_c = hn::LoadU(lanes, terms + k + 2 * step);
        const auto term_d = hn::LoadU(lanes, terms + k + 3 * step);
        auto least_a = hn::LoadU(lanes, minima + k);
        auto least_b = hn::LoadU(lanes, minima + k + step);
        auto least_c = hn::LoadU(lanes, minima + k + 2 * step);
        auto least_d = hn::LoadU(lanes, minima + k + 3 * step);
        for (std::size_t i = 0; i < count; ++i) {
            const auto hash = hn::Set(lanes, hashes[i]);
            least_a = hn::Min(least_a, hn::Add(hn::Mul(hash, factor_a), term_a));
            least_b = hn::Min(least_b, hn::Add(hn::Mul(hash, factor_b), term_b));
            least_c = hn::Min(least_c, hn::Add(hn::Mul(hash, factor_c), term_c));
            least_d = hn::Min(least_d, hn::Add(hn::Mul(hash, factor_d), term_d));
        }
        hn::StoreU(least_a, lanes, minima + k);
        hn::StoreU(least_b, lanes, minima + k + step);
        hn::StoreU(least_c, lanes, minima + k + 2 * step);
        hn::StoreU(least_d, lanes, minima + k + 3 * step);
    }
}

std::size_t count_equal(const std::uint16_t* a, const std::uint16_t* b) {
    const hn::CappedTag<std::uint16_t, kMinima> lanes;
    std::size_t equal = 0;
    for (std::size_t k = 0; k < kMinima; k += hn::Lanes(lanes)) {
        equal += hn::CountTrue(lanes, hn::Eq(hn::LoadU(lanes, a + k), hn::LoadU(lanes, b + k)));
    }
    return equal;
}

} // namespace HWY_NAMESPACE
} // namespace engine::text
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::text {
namespace {

HWY_EXPORT(take_minima);
HWY_EXPORT(count_equal);

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

constexpr std::uint32_t hash_shingle(std::uint64_t word) {
    word *= 0x9e3779b97f4a7c15ULL;
    word ^= word >> 29;
    word *= 0xbf58476d1ce4e5b9ULL;
    return static_cast<std::uint32_t>(word >> 32);
}

static_assert(std::endian::native == std::endian::little);

/// Hashes of the shingles that begin at text[begin], text[begin + 1]…, `count` of them.
void hash_shingles(std::string_view text, std::size_t begin, std::size_t count,
                   std::uint32_t* hashes) {
    constexpr std::uint64_t kShingle = (std::uint64_t{1} << (8 * kShingleBytes)) - 1;
    const char* const bytes = text.data() + begin;
    std::size_t i = 0;
    for (; i < count && begin + i + sizeof(std::uint64_t) <= text.size(); ++i) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, sizeof word);
        hashes[i] = hash_shingle(word & kShingle);
    }
    for (; i < count; ++i) { // too near the end to read eight bytes
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, std::min(kShingleBytes, text.size() - begin - i));
        hashes[i] = hash_shingle(word);
    }
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
        hash_shingles(folded, begin, count, hashes.data());
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
    const std::size_t equal = HWY_DYNAMIC_DISPATCH(count_equal)(a.minima.data(), b.minima.data());
    return static_cast<double>(equal) / static_cast<double>(kMinima);
}

} // namespace engine::text
#endif

// How alike are two texts? MinHash (Broder 1997) over the five-byte shingles of folded text: the
// share of equal minima estimates the Jaccard similarity of the shingle sets.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace engine::text {

constexpr std::size_t kMinima = 64; // standard error of the estimate: 0.06 at worst
constexpr std::size_t kShingleBytes = 5;

struct alignas(64) Sketch { // two cache lines
    std::array<std::uint16_t, kMinima> minima{};
};

/// A text shorter than kShingleBytes has one shingle: itself.
[[nodiscard]] Sketch sketch(std::string_view folded);

/// The same in plain scalar code: what the vector code is checked against.
[[nodiscard]] Sketch sketch_scalar(std::string_view folded);

/// Estimated Jaccard similarity, 0 to 1.
[[nodiscard]] double likeness(const Sketch& a, const Sketch& b);

} // namespace engine::text

// Chance that gives the same world on every machine: our own generator and our own elementary
// functions, since those of the standard library differ between implementations.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace synth {

/// Scatters the bits of a number (finaliser of SplitMix64, Steele et al. 2014).
[[nodiscard]] std::uint64_t scatter(std::uint64_t number);

/// One number out of two, in that order.
[[nodiscard]] std::uint64_t scatter(std::uint64_t first, std::uint64_t second);

/// Natural logarithm and exponential from additions, multiplications and divisions alone, which
/// IEEE 754 fixes to the last bit (the module is compiled with -ffp-contract=off).
[[nodiscard]] double natural_log(double positive);
[[nodiscard]] double exponential(double exponent);

/// xoshiro256** 1.0 (Blackman and Vigna 2018).
class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    /// 0 … bound - 1; bound > 0.
    std::uint64_t below(std::uint64_t bound);
    std::size_t index(std::size_t size) { return static_cast<std::size_t>(below(size)); }
    /// 0 ≤ … < 1.
    double uniform();
    bool chance(double probability) { return uniform() < probability; }
    /// Mean 0, deviation 1: twelve uniform draws, so never beyond 6.
    double normal();
    /// `deviation` is that of the logarithm.
    double log_normal(double median, double deviation);
    /// 1, 2, 3…: number of uses until one ends it.
    std::uint32_t geometric(double mean);
    /// At least `least`; P(X > x) = (least / x)^alpha.
    double pareto(double least, double alpha);
    /// 0 … size - 1, the first by far the most frequent (logarithms uniformly spread).
    std::size_t zipf(std::size_t size);

private:
    std::array<std::uint64_t, 4> state_{};
};

} // namespace synth

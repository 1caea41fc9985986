#include "synth/draw/random.hpp"

#include "base/check.hpp"

#include <bit>

namespace synth {
namespace {

constexpr double kLogOfTwo = 0.6931471805599453094;

} // namespace

std::uint64_t scatter(std::uint64_t number) {
    number += 0x9E3779B97F4A7C15ULL;
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9ULL;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBULL;
    return number ^ (number >> 31);
}

std::uint64_t scatter(std::uint64_t first, std::uint64_t second) {
    return scatter(scatter(first) + second * 0xD1342543DE82EF95ULL);
}

double natural_log(double positive) {
    check(positive > 0, "logarithm of a positive number");
    int halvings = 0;
    while (positive > 1.5) {
        positive /= 2;
        ++halvings;
    }
    while (positive < 0.75) {
        positive *= 2;
        --halvings;
    }
    // ln x = 2 artanh((x - 1) / (x + 1)); |z| ≤ 1/5 here, so 12 terms leave less than 1e-17.
    const double z = (positive - 1) / (positive + 1);
    const double square = z * z;
    double power = z;
    double sum = 0;
    for (int term = 1; term <= 25; term += 2) {
        sum += power / term;
        power *= square;
    }
    return 2 * sum + halvings * kLogOfTwo;
}

double exponential(double exponent) {
    constexpr double kExponentMax = 700; // beyond it a double overflows
    if (exponent < -kExponentMax) return 0;
    if (exponent > kExponentMax) exponent = kExponentMax;
    int doublings = static_cast<int>(exponent / kLogOfTwo);
    const double rest = exponent - doublings * kLogOfTwo; // |rest| < ln 2
    double term = 1;
    double sum = 1;
    for (int i = 1; i <= 20; ++i) {
        term *= rest / i;
        sum += term;
    }
    for (; doublings > 0; --doublings) sum *= 2;
    for (; doublings < 0; ++doublings) sum /= 2;
    return sum;
}

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        word = scatter(seed);
        seed += 0x9E3779B97F4A7C15ULL;
    }
}

std::uint64_t Random::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
    check(bound > 0, "a bound above zero");
    // High half of the product (Lemire 2019, without rejection: the bias is below 2^-30 here).
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * bound) >> 64);
}

double Random::uniform() {
    constexpr double kStep = 1.0 / 9007199254740992.0; // 2^-53
    return static_cast<double>(next() >> 11) * kStep;
}

double Random::normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
}

double Random::log_normal(double median, double deviation) {
    return median * exponential(deviation * normal());
}

std::uint32_t Random::geometric(double mean) {
    constexpr std::uint32_t kUsesMax = 1'000'000;
    std::uint32_t uses = 1;
    while (uses < kUsesMax && !chance(1 / mean)) ++uses;
    return uses;
}

double Random::pareto(double least, double alpha) {
    return least * exponential(-natural_log(1 - uniform()) / alpha);
}

std::size_t Random::zipf(std::size_t size) {
    const double rank = exponential(uniform() * natural_log(static_cast<double>(size) + 1)) - 1;
    const std::size_t index = static_cast<std::size_t>(rank);
    return index < size ? index : size - 1;
}

} // namespace synth

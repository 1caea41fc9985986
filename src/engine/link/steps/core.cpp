#include "engine/link/steps/core.hpp"

#include "base/parallel.hpp"
#include "engine/link/steps/log_gamma.hpp"
#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace engine::link::steps {
namespace {

/// A pair of keys in one record.
struct PairAt {
    std::uint64_t keys = 0; // the smaller key in the high half
    std::uint32_t record = 0;
};

std::uint64_t mix(std::uint64_t value) {
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93ULL;
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93ULL;
    value ^= value >> 32;
    return value;
}

/// Remembers, with few mistakes and in little room, which pairs were met at least twice: a pair
/// met once cannot make a core, and most are.
class MetTwice {
public:
    explicit MetTwice(std::size_t expected)
        : mask_{std::bit_ceil(std::max<std::size_t>(expected * 8, 1024)) - 1},
          once_((mask_ + 1) / 64), twice_((mask_ + 1) / 64) {}
    void meet(std::uint64_t keys) {
        const std::uint64_t at = mix(keys) & mask_;
        const std::uint64_t bit = 1ULL << (at % 64);
        if ((once_[at / 64] & bit) != 0) twice_[at / 64] |= bit;
        once_[at / 64] |= bit;
    }
    [[nodiscard]] bool twice(std::uint64_t keys) const {
        const std::uint64_t at = mix(keys) & mask_;
        return (twice_[at / 64] >> (at % 64) & 1) != 0;
    }

private:
    std::uint64_t mask_;
    std::vector<std::uint64_t> once_;
    std::vector<std::uint64_t> twice_;
};

/// A strong key and a script that may be twins: held by about as many records.
bool may_be_twins(const Holdings& holdings, LinkKey a, LinkKey b) {
    const KeyKind kind_a = holdings.kinds[a];
    const KeyKind kind_b = holdings.kinds[b];
    const bool script_and_strong = (kind_a == KeyKind::Script && !weak(kind_b)) ||
                                   (kind_b == KeyKind::Script && !weak(kind_a));
    const std::uint32_t fewer = std::min(holdings.degree[a], holdings.degree[b]);
    const std::uint32_t more = std::max(holdings.degree[a], holdings.degree[b]);
    return script_and_strong && fewer >= kTwinsMin && 2 * std::uint64_t{fewer} >= more;
}

/// Weak kinds are too often shared to be one of a core's two reasons: a mule account and a bought
/// script say one thing.
bool may_pair(const Holdings& holdings, LinkKey a, LinkKey b) {
    const bool both_strong = !weak(holdings.kinds[a]) && !weak(holdings.kinds[b]);
    return both_strong || may_be_twins(holdings, a, b);
}

template <class Visit> void for_pairs(const Holdings& holdings, std::size_t record, Visit&& visit) {
    const std::span<const Held> held = holdings.of(record);
    for (std::size_t i = 0; i < held.size(); ++i) {
        for (std::size_t j = i + 1; j < held.size(); ++j) {
            if (held[i].anchor == held[j].anchor) continue;
            if (!may_pair(holdings, held[i].key, held[j].key)) continue;
            visit(std::uint64_t{held[i].key} << 32 | held[j].key);
        }
    }
}

bool significant(const Holdings& holdings, std::uint64_t keys, std::uint32_t count) {
    const auto records = static_cast<double>(holdings.records());
    const double expected = static_cast<double>(holdings.degree[keys >> 32]) *
                            static_cast<double>(holdings.degree[keys & 0xffffffffULL]) / records;
    const double bar = std::max(3.0, std::log10(records) - 2.0); // more pairs tested, higher bar
    return count >= kCoreCountMin && count >= kCoreLiftMin * expected &&
           log10_poisson_tail(expected, count) < -bar;
}

/// Whether the record holds a strong key beside the pair and what is part of it.
bool holds_another(const Holdings& holdings, const PairAt& pair) {
    const std::span<const Held> held = holdings.of(pair.record);
    const auto of_pair = [&](const Held& each) {
        return each.key == pair.keys >> 32 || each.key == (pair.keys & 0xffffffffULL);
    };
    return std::any_of(held.begin(), held.end(), [&](const Held& other) {
        return !weak(holdings.kinds[other.key]) &&
               std::none_of(held.begin(), held.end(), [&](const Held& each) {
                   return of_pair(each) && each.anchor == other.anchor;
               });
    });
}

/// One text with one link of its own, reported by many who say nothing else: who holds one holds
/// the other. A leaflet with its helpline is the same, but its holders go different ways otherwise.
bool twins(const Holdings& holdings, std::span<const PairAt> met) {
    const LinkKey a = static_cast<LinkKey>(met.front().keys >> 32);
    const LinkKey b = static_cast<LinkKey>(met.front().keys & 0xffffffffULL);
    const std::uint64_t either =
        std::uint64_t{holdings.degree[a]} + holdings.degree[b] - met.size();
    if (met.size() < kTwinsMin || 2 * met.size() < either) return false;
    const auto others = static_cast<std::size_t>(std::count_if(
        met.begin(), met.end(), [&](const PairAt& pair) { return holds_another(holdings, pair); }));
    return static_cast<double>(others) <= kTwinsOtherwiseMax * static_cast<double>(met.size());
}

bool makes_a_core(const Holdings& holdings, std::span<const PairAt> met) {
    const std::uint64_t keys = met.front().keys;
    const bool weak_pair =
        weak(holdings.kinds[keys >> 32]) || weak(holdings.kinds[keys & 0xffffffffULL]);
    return weak_pair ? twins(holdings, met)
                     : significant(holdings, keys, static_cast<std::uint32_t>(met.size()));
}

} // namespace

double log10_poisson_tail(double mean, std::uint32_t count) {
    if (count == 0 || count <= mean) return 0;
    if (mean <= 0) return -300;
    const double first =
        -mean + count * std::log(mean) - log_gamma(static_cast<double>(count) + 1.0);
    double sum = 1;
    double term = 1;
    for (std::uint32_t j = 1; j < 60 && term > 1e-9; ++j) {
        term *= mean / (count + j);
        sum += term;
    }
    return (first + std::log(sum)) / std::log(10.0);
}

void unite_cores(const Holdings& holdings, unsigned threads, DisjointSets& sets) {
    std::size_t pairs = 0;
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        const std::size_t held = holdings.of(record).size();
        pairs += held * (held - (held > 0 ? 1 : 0)) / 2;
    }
    MetTwice met{pairs};
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        for_pairs(holdings, record, [&](std::uint64_t keys) { met.meet(keys); });
    }
    std::vector<PairAt> kept;
    for (std::uint32_t record = 0; record < holdings.records(); ++record) {
        for_pairs(holdings, record, [&](std::uint64_t keys) {
            if (met.twice(keys)) kept.push_back({keys, record});
        });
    }
    // Buckets by the smaller key, each sorted on its own.
    std::vector<std::uint64_t> first(holdings.keys() + 1, 0);
    for (const PairAt& pair : kept) ++first[(pair.keys >> 32) + 1];
    for (std::size_t key = 0; key < holdings.keys(); ++key) first[key + 1] += first[key];
    std::vector<PairAt> sorted(kept.size());
    {
        std::vector<std::uint64_t> next(first.begin(), first.end() - 1);
        for (const PairAt& pair : kept) sorted[next[pair.keys >> 32]++] = pair;
    }
    kept = {};
    for_blocks(threads, holdings.keys(), 4096, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t key = begin; key < end; ++key) {
            std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(first[key]),
                      sorted.begin() + static_cast<std::ptrdiff_t>(first[key + 1]),
                      [](const PairAt& a, const PairAt& b) {
                          return a.keys != b.keys ? a.keys < b.keys : a.record < b.record;
                      });
        }
    });
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin + 1;
        while (end < sorted.size() && sorted[end].keys == sorted[begin].keys) ++end;
        if (makes_a_core(holdings, std::span{sorted}.subspan(begin, end - begin))) {
            for (std::size_t i = begin + 1; i < end; ++i) {
                sets.unite(sorted[begin].record, sorted[i].record);
            }
        }
        begin = end;
    }
}

} // namespace engine::link::steps

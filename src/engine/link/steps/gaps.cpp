#include "engine/link/steps/gaps.hpp"

#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace engine::link::steps {
namespace {

struct Use {
    std::uint32_t cluster = 0;
    Day day = 0;
};

/// The known days on which clusters of two or more use each key, key by key.
struct Uses {
    std::vector<std::uint64_t> first; // by key
    std::vector<Use> all;
};

Uses uses_of(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of) {
    std::vector<std::uint32_t> sizes(holdings.records(), 0);
    for (const std::uint32_t cluster : cluster_of) ++sizes[cluster];
    const auto visit_all = [&](auto&& visit) {
        for (std::size_t record = 0; record < holdings.records(); ++record) {
            const Use use{cluster_of[record], holdings.day[record]};
            if (use.day == kUnknownDay || sizes[use.cluster] < 2) continue;
            for (const Held& held : holdings.of(record)) visit(held.key, use);
        }
    };
    Uses uses;
    uses.first.assign(holdings.keys() + 1, 0);
    visit_all([&](LinkKey key, Use) { ++uses.first[key + std::size_t{1}]; });
    for (std::size_t key = 0; key < holdings.keys(); ++key) uses.first[key + 1] += uses.first[key];
    uses.all.resize(uses.first.back());
    std::vector<std::uint64_t> next(uses.first.begin(), uses.first.end() - 1);
    visit_all([&](LinkKey key, Use use) { uses.all[next[key]++] = use; });
    return uses;
}

} // namespace

void Days::widen(Days other) {
    if (!other.known()) return;
    if (!known()) {
        *this = other;
        return;
    }
    first = std::min(first, other.first);
    last = std::max(last, other.last);
}

std::size_t Gaps::bin_of(std::uint32_t days) {
    return std::min(kBins - 1, static_cast<std::size_t>(std::bit_width(days)));
}

Gaps::Gaps(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of) {
    learn_apart(holdings);
    learn_same(holdings, cluster_of);
}

void Gaps::learn_apart(const Holdings& holdings) {
    // The order of the records is that of a hash: neighbours are drawn at random.
    double pairs = 0;
    Day before = kUnknownDay;
    for (const Day day : holdings.day) {
        if (day == kUnknownDay) continue;
        if (before != kUnknownDay) {
            apart_[bin_of(static_cast<std::uint32_t>(std::abs(day - before)))] += 1;
            pairs += 1;
        }
        before = day;
    }
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        apart_[bin] = (apart_[bin] + 0.5) / (pairs + 0.5 * kBins);
        log2_apart_[bin] = static_cast<float>(std::log2(apart_[bin]));
    }
    for (std::size_t days = 1; days < log2_days_.size(); ++days) {
        log2_days_[days] = std::log2(static_cast<float>(days));
    }
}

/// A gap of three days is like one of four: a tenth of each bin goes to either side.
Gaps::Histogram Gaps::smooth(const Histogram& counts) {
    constexpr double kToEachSide = 0.1;
    Histogram result{};
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        result[bin] += (1 - 2 * kToEachSide) * counts[bin];
        result[bin == 0 ? 0 : bin - 1] += kToEachSide * counts[bin];
        result[std::min(bin + 1, kBins - 1)] += kToEachSide * counts[bin];
    }
    return result;
}

void Gaps::learn_same(const Holdings& holdings, const std::vector<std::uint32_t>& cluster_of) {
    Uses uses = uses_of(holdings, cluster_of);
    std::array<Histogram, kKeyKinds> same{};
    for (std::size_t key = 0; key < holdings.keys(); ++key) {
        const auto from = uses.all.begin() + static_cast<std::ptrdiff_t>(uses.first[key]);
        const auto to = uses.all.begin() + static_cast<std::ptrdiff_t>(uses.first[key + 1]);
        std::sort(from, to, [](const Use& a, const Use& b) {
            return a.cluster != b.cluster ? a.cluster < b.cluster : a.day < b.day;
        });
        Histogram& of_kind = same[static_cast<std::size_t>(holdings.kinds[key])];
        for (auto use = from; use != to; ++use) {
            if (use == from || use->cluster != (use - 1)->cluster) continue;
            of_kind[bin_of(static_cast<std::uint32_t>(use->day - (use - 1)->day))] += 1;
        }
    }
    for (std::size_t kind = 0; kind < kKeyKinds; ++kind) {
        same[kind] = smooth(same[kind]);
        double sum = kGapDoubt;
        for (const double count : same[kind]) sum += count;
        for (std::size_t bin = 0; bin < kBins; ++bin) {
            log2_same_[kind][bin] =
                static_cast<float>(std::log2((same[kind][bin] + kGapDoubt * apart_[bin]) / sum));
        }
    }
}

float Gaps::bits(KeyKind kind, Days a, Days b) const {
    if (!a.known() || !b.known()) return 0;
    const int gap = std::max({0, b.first - a.last, a.first - b.last});
    const std::size_t bin = bin_of(static_cast<std::uint32_t>(gap));
    float by_chance = log2_apart_[bin];
    if (gap == 0) { // longer uses meet more easily: on one day more for each day that they last
        const auto days = static_cast<std::size_t>(1 + a.last - a.first + b.last - b.first);
        by_chance += log2_days_[std::min(days, log2_days_.size() - 1)];
    }
    const auto of_kind = static_cast<std::size_t>(kind);
    return std::min(log2_same_[of_kind][bin] - std::min(by_chance, 0.0F), kGapBitsMax[of_kind]);
}

} // namespace engine::link::steps

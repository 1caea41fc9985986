#include "engine/text/scripts.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

namespace engine::text {
namespace {

constexpr std::size_t kRows = 4; // 16 bands of 4: half of the pairs at a likeness of 0.46 meet
constexpr std::size_t kBands = kMinima / kRows;
constexpr std::size_t kLeadersMax = 8; // texts of one bucket that others are compared with

std::uint64_t bucket_of(const Sketch& sketch, std::size_t band) {
    std::uint64_t bucket = 0;
    for (std::size_t row = 0; row < kRows; ++row) {
        bucket = bucket << 16 | sketch.minima[band * kRows + row];
    }
    return bucket;
}

std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t member) {
    while (parent[member] != member) {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    return member;
}

/// An entry, and a hash of its bucket.
struct InBand {
    std::uint32_t bucket_hash = 0;
    std::uint32_t entry = 0;
};

/// Brings equal hashes together, their entries in the order in which they were: least significant
/// digit first (Knuth, TAOCP 5.2.5).
void sort_by_bucket(std::vector<InBand>& rows) {
    constexpr unsigned kDigitBits = 11; // three passes
    constexpr std::uint32_t kDigit = (1U << kDigitBits) - 1;
    std::vector<InBand> sorted(rows.size());
    for (unsigned shift = 0; shift < 32; shift += kDigitBits) {
        std::array<std::uint32_t, kDigit + 1> place{};
        for (const InBand& row : rows) ++place[row.bucket_hash >> shift & kDigit];
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const InBand& row : rows) sorted[place[row.bucket_hash >> shift & kDigit]++] = row;
        rows.swap(sorted);
    }
}

} // namespace

/// By hash, each once: all that follows goes by the place in this order.
void Scripts::sort_entries() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) order[i] = {entries_[i].hash, i};
    std::sort(order.begin(), order.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    order.erase(std::unique(order.begin(), order.end(), same), order.end());
    std::vector<Entry> sorted;
    sorted.reserve(order.size());
    for (const auto& [hash, entry] : order) sorted.push_back(entries_[entry]);
    entries_ = std::move(sorted);
}

bool Scripts::alike(const Entry& a, const Entry& b) const {
    if (a.author != b.author) return false;
    const double enough = a.author == Author::Victim ? kSameWords : kSameScript;
    return likeness(a.sketch, b.sketch) >= enough;
}

std::vector<Scripts::Pair> Scripts::alike_in_band(std::size_t band) const {
    const auto bucket = [&](const InBand& row) {
        return bucket_of(entries_[row.entry].sketch, band);
    };
    std::vector<InBand> rows(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        const std::uint64_t mixed = bucket_of(entries_[i].sketch, band) * 0x9e3779b97f4a7c15ULL;
        rows[i] = {static_cast<std::uint32_t>(mixed >> 32), i};
    }
    sort_by_bucket(rows);
    std::vector<Pair> found;
    std::vector<std::uint32_t> leaders;
    for (auto begin = rows.begin(); begin != rows.end();) {
        const auto end = std::find_if(begin, rows.end(), [&](const InBand& row) {
            return row.bucket_hash != begin->bucket_hash;
        });
        if (end - begin == 1) { // nearly all texts are alone
            begin = end;
            continue;
        }
        const auto by_bucket = [&](const InBand& left, const InBand& right) {
            return bucket(left) < bucket(right);
        };
        // Two buckets with one hash are rare.
        if (!std::is_sorted(begin, end, by_bucket)) std::stable_sort(begin, end, by_bucket);
        leaders.clear();
        for (auto row = begin; row != end; ++row) {
            if (row != begin && bucket(*row) != bucket(*(row - 1))) leaders.clear();
            const Entry& entry = entries_[row->entry];
            const auto leader =
                std::find_if(leaders.begin(), leaders.end(),
                             [&](std::uint32_t each) { return alike(entries_[each], entry); });
            if (leader != leaders.end()) {
                found.emplace_back(*leader, row->entry);
            } else if (leaders.size() < kLeadersMax) {
                leaders.push_back(row->entry);
            }
        }
        begin = end;
    }
    return found;
}

void Scripts::unite(const std::vector<Pair>& pairs) {
    script_.resize(entries_.size());
    std::iota(script_.begin(), script_.end(), 0U);
    for (const auto& [a, b] : pairs) {
        std::uint32_t first = root(script_, a);
        std::uint32_t other = root(script_, b);
        if (first == other) continue;
        if (other < first) std::swap(first, other);
        if (likeness(entries_[first].sketch, entries_[other].sketch) < kSameAsFirst) continue;
        script_[other] = first;
    }
    for (std::uint32_t i = 0; i < script_.size(); ++i) script_[i] = root(script_, i);
}

void Scripts::index_hashes() {
    hashes_.resize(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) hashes_[i] = entries_[i].hash;
    // About one hash to each prefix.
    const auto prefix_bits = std::max<std::size_t>(2, std::bit_width(hashes_.size())) - 1;
    prefix_shift_ = static_cast<unsigned>(64 - prefix_bits);
    begins_.assign((std::size_t{1} << prefix_bits) + 1, 0);
    for (const std::uint64_t hash : hashes_) ++begins_[(hash >> prefix_shift_) + 1];
    std::inclusive_scan(begins_.begin(), begins_.end(), begins_.begin());
}

void Scripts::find(unsigned threads) {
    check(begins_.empty(), "scripts are found once");
    sort_entries();
    std::vector<Pair> pairs;
    std::mutex pairs_lock;
    for_blocks(threads, kBands, 1, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t band = begin; band < end; ++band) {
            const std::vector<Pair> found = alike_in_band(band);
            const std::lock_guard held{pairs_lock};
            pairs.insert(pairs.end(), found.begin(), found.end());
        }
    });
    std::sort(pairs.begin(), pairs.end());
    unite(pairs);
    index_hashes();
    entries_ = {};
}

std::uint64_t Scripts::script_of(std::uint64_t folded_hash) const {
    check(!begins_.empty(), "scripts are found before they are asked for");
    const std::size_t prefix = folded_hash >> prefix_shift_;
    std::uint32_t place = begins_[prefix];
    while (place < begins_[prefix + 1] && hashes_[place] != folded_hash) ++place;
    check(place < begins_[prefix + 1], "only texts that were added have a script");
    return hashes_[script_[place]];
}

} // namespace engine::text

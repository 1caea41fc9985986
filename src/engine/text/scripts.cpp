#include "engine/text/scripts.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"
#include "base/parallel_sort.hpp"
#include "base/prefetch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

namespace engine::text {
namespace {

constexpr std::size_t kRows = 4; // 16 bands of 4: half of the pairs at a likeness of 0.46 meet
constexpr std::size_t kBands = kMinima / kRows;
constexpr std::size_t kLeadersMax = 8;    // texts of one bucket that others are compared with
constexpr std::ptrdiff_t kRowsAhead = 16; // of which the sketches are asked for early
constexpr std::uint32_t kRepeated = std::numeric_limits<std::uint32_t>::max();

std::uint64_t bucket_of(const Sketch& sketch, std::size_t band) {
    std::uint64_t bucket = 0;
    for (std::size_t row = 0; row < kRows; ++row) {
        bucket = bucket << 16 | sketch.minima[band * kRows + row];
    }
    return bucket;
}

std::uint32_t root(LargeTable<std::uint32_t>& parent, std::uint32_t member) {
    while (parent[member] != member) {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    return member;
}

} // namespace

/// A text, and a hash of its bucket.
struct Scripts::InBand {
    std::uint32_t bucket_hash = 0;
    std::uint32_t place = 0; // where the text came
};

/// A text that is compared with others.
struct Scripts::Candidate {
    std::uint32_t place = 0; // where the text came
    Author author = Author::Suspect;
    const Sketch* sketch = nullptr; // of a table that stays while texts are compared
};

/// What a thread keeps from band to band.
struct Scripts::BandWork {
    LargeTable<InBand> rows;
    LargeTable<InBand> sorted;
    std::vector<Candidate> leaders;
};

/// Brings equal hashes together, their texts in the order in which they were: least significant
/// digit first (Knuth, TAOCP 5.2.5).
void Scripts::sort_by_bucket(BandWork& work) {
    constexpr unsigned kDigitBits = 11; // three passes
    constexpr std::uint32_t kDigit = (1U << kDigitBits) - 1;
    work.sorted.resize(work.rows.size());
    for (unsigned shift = 0; shift < 32; shift += kDigitBits) {
        std::array<std::uint32_t, kDigit + 1> place{};
        for (const InBand& row : work.rows) ++place[row.bucket_hash >> shift & kDigit];
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const InBand& row : work.rows) {
            work.sorted[place[row.bucket_hash >> shift & kDigit]++] = row;
        }
        work.rows.swap(work.sorted);
    }
}

/// Drops the texts that are alone with their hash: nearly all.
void Scripts::drop_lone(LargeTable<InBand>& rows) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t hash = rows[i].bucket_hash;
        const bool follows = i > 0 && rows[i - 1].bucket_hash == hash;
        const bool leads = i + 1 < rows.size() && rows[i + 1].bucket_hash == hash;
        if (follows || leads) rows[kept++] = rows[i];
    }
    rows.resize(kept);
}

/// By hash, each once. The sketches stay where they came: they are large.
void Scripts::order_texts(unsigned threads) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order(hashes_.size());
    for (std::uint32_t i = 0; i < hashes_.size(); ++i) order[i] = {hashes_[i], i};
    sort_in_parallel(threads, order, std::less{});
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    order.erase(std::unique(order.begin(), order.end(), same), order.end());
    text_of_.assign(hashes_.size(), kRepeated);
    place_of_.resize(order.size());
    hashes_.resize(order.size());
    for (Text text = 0; text < order.size(); ++text) {
        hashes_[text] = order[text].first;
        place_of_[text] = order[text].second;
        text_of_[place_of_[text]] = text;
    }
}

bool Scripts::alike(const Candidate& a, const Candidate& b) {
    if (a.author != b.author) return false;
    const double enough = a.author == Author::Victim ? kSameWords : kSameScript;
    return likeness(*a.sketch, *b.sketch) >= enough;
}

void Scripts::fill_rows(std::size_t band, LargeTable<InBand>& rows) const {
    rows.resize(place_of_.size());
    for (std::uint32_t i = 0; i < sketches_.size(); ++i) {
        if (text_of_[i] == kRepeated) continue;
        const std::uint64_t mixed = bucket_of(sketches_[i], band) * 0x9e3779b97f4a7c15ULL;
        rows[text_of_[i]] = {static_cast<std::uint32_t>(mixed >> 32), i};
    }
}

std::vector<Scripts::Pair> Scripts::alike_in_band(std::size_t band, BandWork& work) const {
    LargeTable<InBand>& rows = work.rows;
    fill_rows(band, rows);
    sort_by_bucket(work);
    drop_lone(rows);
    const auto bucket = [&](const InBand& row) { return bucket_of(sketches_[row.place], band); };
    const auto by_bucket = [&](const InBand& left, const InBand& right) {
        return bucket(left) < bucket(right);
    };
    std::vector<Pair> found;
    auto asked = rows.begin();
    for (auto begin = rows.begin(); begin != rows.end();) {
        const auto end = std::find_if(begin, rows.end(), [&](const InBand& row) {
            return row.bucket_hash != begin->bucket_hash;
        });
        for (; asked != rows.end() && asked - end < kRowsAhead; ++asked) {
            prefetch(&sketches_[asked->place], sizeof(Sketch));
            prefetch(&authors_[asked->place]);
        }
        // Two buckets with one hash are rare.
        if (!std::is_sorted(begin, end, by_bucket)) std::stable_sort(begin, end, by_bucket);
        work.leaders.clear();
        for (auto row = begin; row != end; ++row) {
            if (row != begin && bucket(*row) != bucket(*(row - 1))) work.leaders.clear();
            const Candidate candidate{row->place, authors_[row->place], &sketches_[row->place]};
            const auto leader =
                std::find_if(work.leaders.begin(), work.leaders.end(),
                             [&](const Candidate& each) { return alike(each, candidate); });
            if (leader != work.leaders.end()) {
                found.emplace_back(text_of_[leader->place], text_of_[row->place]);
            } else if (work.leaders.size() < kLeadersMax) {
                work.leaders.push_back(candidate);
            }
        }
        begin = end;
    }
    return found;
}

void Scripts::unite(const std::vector<Pair>& pairs) {
    script_.resize(place_of_.size());
    std::iota(script_.begin(), script_.end(), 0U);
    for (const auto& [a, b] : pairs) {
        std::uint32_t first = root(script_, a);
        std::uint32_t other = root(script_, b);
        if (first == other) continue;
        if (other < first) std::swap(first, other);
        if (likeness(sketch_of(first), sketch_of(other)) < kSameAsFirst) continue;
        script_[other] = first;
    }
    for (std::uint32_t i = 0; i < script_.size(); ++i) script_[i] = root(script_, i);
}

void Scripts::index_hashes() {
    // About one hash to each prefix.
    const auto prefix_bits = std::max<std::size_t>(2, std::bit_width(hashes_.size())) - 1;
    prefix_shift_ = static_cast<unsigned>(64 - prefix_bits);
    begins_.assign((std::size_t{1} << prefix_bits) + 1, 0);
    for (const std::uint64_t hash : hashes_) ++begins_[(hash >> prefix_shift_) + 1];
    std::inclusive_scan(begins_.begin(), begins_.end(), begins_.begin());
}

void Scripts::find(unsigned threads) {
    check(begins_.empty(), "scripts are found once");
    order_texts(threads);
    std::vector<BandWork> works(threads);
    std::vector<Pair> pairs;
    std::mutex pairs_lock;
    for_blocks(threads, kBands, 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
        for (std::size_t band = begin; band < end; ++band) {
            const std::vector<Pair> found = alike_in_band(band, works[worker]);
            const std::lock_guard held{pairs_lock};
            pairs.insert(pairs.end(), found.begin(), found.end());
        }
    });
    works = {};
    sort_in_parallel(threads, pairs, std::less{});
    unite(pairs);
    index_hashes();
    sketches_ = {};
    authors_ = {};
    text_of_ = {};
    place_of_ = {};
}

Scripts::Script Scripts::script_of(std::uint64_t folded_hash) const {
    check(!begins_.empty(), "scripts are found before they are asked for");
    const std::size_t prefix = folded_hash >> prefix_shift_;
    std::uint32_t place = begins_[prefix];
    while (place < begins_[prefix + 1] && hashes_[place] != folded_hash) ++place;
    check(place < begins_[prefix + 1], "only texts that were added have a script");
    return script_[place];
}

} // namespace engine::text

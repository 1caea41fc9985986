#include "engine/text/scripts.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

namespace engine::text {
namespace {

constexpr std::size_t kRows = 4; // 16 bands of 4: half of the pairs at a likeness of 0.46 meet
constexpr std::size_t kBands = kMinima / kRows;
constexpr std::size_t kLeadersMax = 8; // texts of one bucket that others are compared with

struct InBand {
    std::uint64_t bucket = 0;
    std::uint32_t entry = 0;
};

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

} // namespace

void Scripts::add(std::uint64_t folded_hash, const Sketch& sketch, Author author) {
    const auto [at, fresh] =
        index_.try_emplace(folded_hash, static_cast<std::uint32_t>(entries_.size()));
    if (fresh) entries_.push_back({folded_hash, sketch, author});
}

bool Scripts::alike(const Entry& a, const Entry& b) const {
    if (a.author != b.author) return false;
    const double enough = a.author == Author::Victim ? kSameWords : kSameScript;
    return likeness(a.sketch, b.sketch) >= enough;
}

std::vector<Scripts::Pair> Scripts::alike_in_band(std::size_t band) const {
    std::vector<InBand> rows(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        rows[i] = {bucket_of(entries_[i].sketch, band), i};
    }
    std::sort(rows.begin(), rows.end(), [this](const InBand& a, const InBand& b) {
        if (a.bucket != b.bucket) return a.bucket < b.bucket;
        return entries_[a.entry].hash < entries_[b.entry].hash;
    });
    std::vector<Pair> found;
    std::vector<std::uint32_t> leaders;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i == 0 || rows[i].bucket != rows[i - 1].bucket) leaders.clear();
        const Entry& entry = entries_[rows[i].entry];
        const auto leader = std::find_if(leaders.begin(), leaders.end(), [&](std::uint32_t each) {
            return alike(entries_[each], entry);
        });
        if (leader != leaders.end()) {
            found.emplace_back(*leader, rows[i].entry);
        } else if (leaders.size() < kLeadersMax) {
            leaders.push_back(rows[i].entry);
        }
    }
    return found;
}

void Scripts::find(unsigned threads) {
    check(script_.empty(), "scripts are found once");
    std::vector<Pair> pairs;
    std::mutex pairs_lock;
    for_blocks(threads, kBands, 1, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t band = begin; band < end; ++band) {
            const std::vector<Pair> found = alike_in_band(band);
            const std::lock_guard held{pairs_lock};
            pairs.insert(pairs.end(), found.begin(), found.end());
        }
    });
    const auto hash = [this](std::uint32_t entry) { return entries_[entry].hash; };
    std::sort(pairs.begin(), pairs.end(), [&](const Pair& x, const Pair& y) {
        return std::pair{hash(x.first), hash(x.second)} < std::pair{hash(y.first), hash(y.second)};
    });
    std::vector<std::uint32_t> parent(entries_.size());
    std::iota(parent.begin(), parent.end(), 0U);
    for (const auto& [a, b] : pairs) {
        std::uint32_t first = root(parent, a);
        std::uint32_t other = root(parent, b);
        if (first == other) continue;
        if (hash(other) < hash(first)) std::swap(first, other);
        if (likeness(entries_[first].sketch, entries_[other].sketch) < kSameAsFirst) continue;
        parent[other] = first;
    }
    script_.resize(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) script_[i] = hash(root(parent, i));
    entries_ = {};
}

std::uint64_t Scripts::script_of(std::uint64_t folded_hash) const {
    const auto at = index_.find(folded_hash);
    check(at != index_.end() && !script_.empty(), "only texts that were added have a script");
    return script_[at->second];
}

} // namespace engine::text

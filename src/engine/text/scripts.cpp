#include "engine/text/scripts.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"

#include <algorithm>
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

void Scripts::add(std::uint64_t folded_hash, const Sketch& sketch) {
    const auto [at, fresh] =
        index_.try_emplace(folded_hash, static_cast<std::uint32_t>(entries_.size()));
    if (fresh) entries_.push_back({folded_hash, sketch});
}

void Scripts::find(unsigned threads) {
    check(script_.empty(), "scripts are found once");
    std::vector<std::pair<std::uint32_t, std::uint32_t>> alike;
    std::mutex alike_lock;
    for_blocks(threads, kBands, 1, [&](std::size_t begin, std::size_t end, unsigned) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
        std::vector<InBand> rows(entries_.size());
        std::vector<std::uint32_t> leaders;
        for (std::size_t band = begin; band < end; ++band) {
            for (std::uint32_t i = 0; i < entries_.size(); ++i) {
                rows[i] = {bucket_of(entries_[i].sketch, band), i};
            }
            std::sort(rows.begin(), rows.end(), [this](const InBand& a, const InBand& b) {
                if (a.bucket != b.bucket) return a.bucket < b.bucket;
                return entries_[a.entry].hash < entries_[b.entry].hash;
            });
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (i == 0 || rows[i].bucket != rows[i - 1].bucket) leaders.clear();
                const Sketch& sketch = entries_[rows[i].entry].sketch;
                const auto leader =
                    std::find_if(leaders.begin(), leaders.end(), [&](std::uint32_t each) {
                        return likeness(entries_[each].sketch, sketch) >= kSameScript;
                    });
                if (leader != leaders.end()) {
                    found.emplace_back(*leader, rows[i].entry);
                } else if (leaders.size() < kLeadersMax) {
                    leaders.push_back(rows[i].entry);
                }
            }
        }
        const std::lock_guard held{alike_lock};
        alike.insert(alike.end(), found.begin(), found.end());
    });
    std::vector<std::uint32_t> parent(entries_.size());
    std::iota(parent.begin(), parent.end(), 0U);
    for (const auto& [a, b] : alike) parent[root(parent, b)] = root(parent, a);
    script_.resize(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        script_[i] = std::numeric_limits<std::uint64_t>::max();
    }
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        std::uint64_t& name = script_[root(parent, i)];
        name = std::min(name, entries_[i].hash);
    }
    for (std::uint32_t i = 0; i < entries_.size(); ++i) script_[i] = script_[root(parent, i)];
    entries_ = {};
}

std::uint64_t Scripts::script_of(std::uint64_t folded_hash) const {
    const auto at = index_.find(folded_hash);
    check(at != index_.end() && !script_.empty(), "only texts that were added have a script");
    return script_[at->second];
}

} // namespace engine::text

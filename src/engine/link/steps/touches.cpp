#include "engine/link/steps/touches.hpp"

#include "engine/link/steps/weights.hpp"

#include <algorithm>
#include <utility>

namespace engine::link::steps {
namespace {

/// Appends the keys in order, each once.
void append_gathered(std::vector<Touch>& gathered, std::vector<Touch>& keys) {
    std::sort(gathered.begin(), gathered.end(),
              [](const Touch& a, const Touch& b) { return a.key < b.key; });
    for (std::size_t i = 0; i < gathered.size(); ++i) {
        if (i > 0 && gathered[i].key == gathered[i - 1].key) {
            keys.back().repeated = true;
            keys.back().days.widen(gathered[i].days);
        } else {
            keys.push_back(gathered[i]);
        }
    }
}

} // namespace

Touches::Touches(const Holdings& holdings, std::vector<std::uint32_t> cluster_of,
                 std::uint32_t clusters, const std::vector<bool>& use)
    : cluster_of_{std::move(cluster_of)}, sizes_(clusters, 0), kinds_{holdings.kinds} {
    for (const std::uint32_t cluster : cluster_of_) ++sizes_[cluster];
    spans_.assign(clusters, {});
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        const Day day = holdings.day[record];
        if (day != kUnknownDay) spans_[cluster_of_[record]].widen({day, day});
    }
    std::vector<std::uint64_t> first(clusters + std::size_t{1}, 0);
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        for (const Held& held : holdings.of(record)) {
            if (use[held.key]) ++first[cluster_of_[record] + std::size_t{1}];
        }
    }
    for (std::size_t i = 0; i < clusters; ++i) first[i + 1] += first[i];
    std::vector<Touch> keys(first.back());
    {
        std::vector<std::uint64_t> next(first.begin(), first.end() - 1);
        for (std::size_t record = 0; record < holdings.records(); ++record) {
            for (const Held& held : holdings.of(record)) {
                if (!use[held.key]) continue;
                const Day day = holdings.day[record];
                keys[next[cluster_of_[record]]++] = {held.key, {day, day}};
            }
        }
    }
    first_key_.assign(1, 0);
    std::vector<Touch> gathered;
    for (std::size_t cluster = 0; cluster < clusters; ++cluster) {
        gathered.clear();
        for (std::uint64_t i = first[cluster]; i < first[cluster + 1]; ++i) {
            gathered.push_back(keys[i]);
        }
        append_gathered(gathered, keys_);
        first_key_.push_back(keys_.size());
    }
    turn();
}

void Touches::turn() {
    const std::size_t key_count = kinds_.size();
    counts_.assign(clusters(), KeyCounts{});
    established_.assign(key_count, 0);
    first_cluster_.assign(key_count + 1, 0);
    for (const Touch& touch : keys_) ++first_cluster_[touch.key + std::size_t{1}];
    for (std::size_t key = 0; key < key_count; ++key)
        first_cluster_[key + 1] += first_cluster_[key];
    clusters_of_key_.resize(keys_.size());
    std::vector<std::uint64_t> next(first_cluster_.begin(), first_cluster_.end() - 1);
    for (std::uint32_t cluster = 0; cluster < clusters(); ++cluster) {
        const bool established = sizes_[cluster] >= kEstablishedMin;
        for (std::uint64_t i = first_key_[cluster]; i < first_key_[cluster + 1]; ++i) {
            const LinkKey key = keys_[i].key;
            const bool firm = keys_[i].repeated || !large(cluster);
            keys_[i].firm = firm;
            clusters_of_key_[next[key]++] = {cluster, keys_[i].days, firm};
            if (firm) ++counts_[cluster][static_cast<std::size_t>(kinds_[key])];
            if (established) ++established_[key];
        }
    }
    for (std::size_t key = 0; key < key_count; ++key) {
        if (first_cluster_[key + 1] - first_cluster_[key] <= kWideKey) continue;
        const auto from =
            clusters_of_key_.begin() + static_cast<std::ptrdiff_t>(first_cluster_[key]);
        const auto to =
            clusters_of_key_.begin() + static_cast<std::ptrdiff_t>(first_cluster_[key + 1]);
        std::partial_sort(from, from + kWideKeyOffers, to, [this](const Offer& a, const Offer& b) {
            return sizes_[a.cluster] != sizes_[b.cluster] ? sizes_[a.cluster] > sizes_[b.cluster]
                                                          : a.cluster < b.cluster;
        });
    }
}

std::span<const Touches::Offer> Touches::offers(LinkKey key) const {
    const std::uint32_t held_by = width(key);
    return std::span{clusters_of_key_}.subspan(first_cluster_[key],
                                               held_by > kWideKey ? kWideKeyOffers : held_by);
}

std::vector<bool> Touches::rename(const std::vector<std::uint32_t>& names, std::uint32_t count) {
    std::vector<std::uint32_t> first(count + std::size_t{1}, 0);
    for (const std::uint32_t name : names) ++first[name + std::size_t{1}];
    for (std::size_t i = 0; i < count; ++i) first[i + 1] += first[i];
    std::vector<std::uint32_t> old_clusters(names.size());
    {
        std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
        for (std::uint32_t old = 0; old < names.size(); ++old)
            old_clusters[next[names[old]]++] = old;
    }
    std::vector<Touch> keys;
    keys.reserve(keys_.size());
    std::vector<std::uint64_t> first_key{0};
    first_key.reserve(count + std::size_t{1});
    std::vector<std::uint32_t> sizes(count, 0);
    std::vector<Days> spans(count);
    std::vector<bool> merged(count, false);
    std::vector<Touch> gathered;
    for (std::uint32_t name = 0; name < count; ++name) {
        merged[name] = first[name + 1] - first[name] > 1;
        gathered.clear();
        for (std::uint32_t i = first[name]; i < first[name + 1]; ++i) {
            const std::uint32_t old = old_clusters[i];
            sizes[name] += sizes_[old];
            spans[name].widen(spans_[old]);
            for (std::uint64_t at = first_key_[old]; at < first_key_[old + std::size_t{1}]; ++at) {
                if (merged[name]) {
                    gathered.push_back(keys_[at]);
                } else {
                    keys.push_back(keys_[at]);
                }
            }
        }
        append_gathered(gathered, keys);
        first_key.push_back(keys.size());
    }
    keys_ = std::move(keys);
    first_key_ = std::move(first_key);
    sizes_ = std::move(sizes);
    spans_ = std::move(spans);
    for (std::uint32_t& cluster : cluster_of_) cluster = names[cluster];
    turn();
    std::vector<bool> key_changed(kinds_.size(), false);
    std::vector<bool> changed = merged;
    for (std::uint32_t name = 0; name < count; ++name) {
        if (!merged[name]) continue;
        for (const Touch& touch : keys_of(name)) key_changed[touch.key] = true;
    }
    for (std::uint32_t name = 0; name < count; ++name) {
        if (changed[name]) continue;
        for (const Touch& touch : keys_of(name)) {
            if (!key_changed[touch.key]) continue;
            changed[name] = true;
            break;
        }
    }
    return changed;
}

void Touches::drop(const std::vector<bool>& use) {
    std::vector<Touch> keys;
    std::vector<std::uint64_t> first_key{0};
    for (std::uint32_t cluster = 0; cluster < clusters(); ++cluster) {
        for (std::uint64_t i = first_key_[cluster]; i < first_key_[cluster + 1]; ++i) {
            if (!use[keys_[i].key]) continue;
            keys.push_back(keys_[i]);
        }
        first_key.push_back(keys.size());
    }
    keys_ = std::move(keys);
    first_key_ = std::move(first_key);
    turn();
}

} // namespace engine::link::steps

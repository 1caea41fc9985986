#include "engine/link/steps/touches.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace engine::link::steps {
namespace {

constexpr std::size_t kClustersPerBlock = 8192;
constexpr std::size_t kKeysPerBlock = 8192;

/// A place of its own for each: from the counts to where each begins, and the end.
LargeTable<std::uint64_t> places(const std::vector<std::uint32_t>& counts) {
    LargeTable<std::uint64_t> first(counts.size() + 1, 0);
    for (std::size_t i = 0; i < counts.size(); ++i) first[i + 1] = first[i] + counts[i];
    return first;
}

/// Sorts what `id` names and makes one of those that it names alike; returns how many are left.
template <class T, class Id> std::uint32_t unite_alike(std::span<T> all, Id&& id) {
    std::sort(all.begin(), all.end(), [&](const T& a, const T& b) { return id(a) < id(b); });
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (count > 0 && id(all[count - 1]) == id(all[i])) {
            all[count - 1].repeated = true;
            all[count - 1].days.widen(all[i].days);
        } else {
            all[count++] = all[i];
        }
    }
    return count;
}

/// Sets a flag that other threads may set too.
void raise(std::uint8_t& flag) {
    std::atomic_ref{flag}.store(1, std::memory_order_relaxed);
}

} // namespace

Touches::Touches(const Holdings& holdings, std::vector<std::uint32_t> cluster_of,
                 std::uint32_t clusters, const std::vector<bool>& use, unsigned threads)
    : threads_{threads}, kinds_{holdings.kinds}, cluster_of_{std::move(cluster_of)} {
    by_cluster_ = ByCluster{clusters};
    std::vector<std::uint32_t> room(clusters, 0);
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        const std::uint32_t cluster = cluster_of_[record];
        const Day day = holdings.day[record];
        ++by_cluster_.sizes[cluster];
        by_cluster_.spans[cluster].widen({day, day});
        for (const Held& held : holdings.of(record)) {
            if (use[held.key]) ++room[cluster];
        }
    }
    by_cluster_.first = places(room);
    by_cluster_.touches.resize(by_cluster_.first.back());
    for (std::size_t record = 0; record < holdings.records(); ++record) {
        const std::uint32_t cluster = cluster_of_[record];
        const Day day = holdings.day[record];
        for (const Held& held : holdings.of(record)) {
            if (!use[held.key]) continue;
            by_cluster_.touches[by_cluster_.first[cluster] + by_cluster_.count[cluster]++] = {
                held.key, {day, day}};
        }
    }
    for_blocks(threads_, clusters, kClustersPerBlock,
               [&](std::size_t begin, std::size_t end, unsigned) {
                   for (std::size_t cluster = begin; cluster < end; ++cluster) {
                       by_cluster_.settle(cluster, kinds_);
                   }
               });
    merged_.assign(clusters, 0);
    build_offers();
}

Touches::ByCluster::ByCluster(std::size_t clusters)
    : sizes(clusters, 0), counts(clusters), spans(clusters), count(clusters, 0) {}

void Touches::ByCluster::settle(std::size_t cluster, const std::vector<KeyKind>& kinds) {
    const std::span<Touch> held = std::span{touches}.subspan(first[cluster], count[cluster]);
    count[cluster] = unite_alike(held, [](const Touch& touch) { return touch.key; });
    counts[cluster] = {};
    for (const Touch& touch : held.first(count[cluster])) {
        if (!touch.repeated && sizes[cluster] >= kLargeMin) continue;
        ++counts[cluster][static_cast<std::size_t>(kinds[touch.key])];
    }
}

void Touches::build_offers() {
    widths_.assign(kinds_.size(), 0);
    for (std::uint32_t cluster = 0; cluster < clusters(); ++cluster) {
        for (const Touch& touch : keys_of(cluster)) ++widths_[touch.key];
    }
    first_offer_ = places(widths_);
    offers_.resize(first_offer_.back());
    widths_.assign(kinds_.size(), 0);
    for (std::uint32_t cluster = 0; cluster < clusters(); ++cluster) {
        for (const Touch& touch : keys_of(cluster)) {
            offers_[first_offer_[touch.key] + widths_[touch.key]++] = {cluster, touch.days,
                                                                       touch.repeated};
        }
    }
    established_.assign(kinds_.size(), 0);
    key_changed_.assign(kinds_.size(), 0);
    for_blocks(threads_, kinds_.size(), kKeysPerBlock,
               [&](std::size_t begin, std::size_t end, unsigned) {
                   for (std::size_t key = begin; key < end; ++key) order_offers(key);
               });
}

void Touches::order_offers(std::size_t key) {
    const std::span<Offer> held = std::span{offers_}.subspan(first_offer_[key], widths_[key]);
    established_[key] =
        static_cast<std::uint32_t>(std::count_if(held.begin(), held.end(), [&](const Offer& each) {
            return size(each.cluster) >= kEstablishedMin;
        }));
    if (held.size() <= kWideKey) return;
    std::partial_sort(held.begin(), held.begin() + kWideKeyOffers, held.end(),
                      [&](const Offer& a, const Offer& b) {
                          return size(a.cluster) != size(b.cluster)
                                     ? size(a.cluster) > size(b.cluster)
                                     : a.cluster < b.cluster;
                      });
}

void Touches::rename(const std::vector<std::uint32_t>& names, std::uint32_t count) {
    std::vector<std::uint32_t> members_of(count, 0);
    std::vector<std::uint32_t> room(count, 0);
    for (std::uint32_t old = 0; old < names.size(); ++old) {
        ++members_of[names[old]];
        room[names[old]] += by_cluster_.count[old];
    }
    const LargeTable<std::uint64_t> first_member = places(members_of);
    std::vector<std::uint32_t> members(names.size());
    std::vector<std::uint64_t> at(first_member.begin(), first_member.end() - 1);
    for (std::uint32_t old = 0; old < names.size(); ++old) members[at[names[old]]++] = old;

    ByCluster next{count};
    next.first = places(room);
    next.touches.resize(next.first.back());
    std::vector<std::uint8_t> merged(count, 0);
    const auto fill = [&](std::uint32_t name) {
        const auto old_ones = std::span{members}.subspan(first_member[name], members_of[name]);
        for (const std::uint32_t old : old_ones) {
            next.sizes[name] += by_cluster_.sizes[old];
            next.spans[name].widen(by_cluster_.spans[old]);
            merged[name] |= merged_[old];
            const std::span<const Touch> held = keys_of(old);
            std::copy(held.begin(), held.end(),
                      next.touches.begin() +
                          static_cast<std::ptrdiff_t>(next.first[name] + next.count[name]));
            next.count[name] += static_cast<std::uint32_t>(held.size());
        }
        if (old_ones.size() == 1) {
            next.counts[name] = by_cluster_.counts[old_ones.front()];
            return;
        }
        next.settle(name, kinds_);
        merged[name] = 1;
        for (const Touch& touch :
             std::span{next.touches}.subspan(next.first[name], next.count[name])) {
            raise(key_changed_[touch.key]);
        }
    };
    for_blocks(threads_, count, kClustersPerBlock,
               [&](std::size_t begin, std::size_t end, unsigned) {
                   for (std::size_t name = begin; name < end; ++name) {
                       fill(static_cast<std::uint32_t>(name));
                   }
               });
    by_cluster_ = std::move(next);
    merged_ = std::move(merged);
    for (std::uint32_t& cluster : cluster_of_) cluster = names[cluster];
    for_blocks(threads_, kinds_.size(), kKeysPerBlock,
               [&](std::size_t begin, std::size_t end, unsigned) {
                   for (std::size_t key = begin; key < end; ++key) rename_offers(key, names);
               });
}

void Touches::rename_offers(std::size_t key, const std::vector<std::uint32_t>& names) {
    const std::span<Offer> held = std::span{offers_}.subspan(first_offer_[key], widths_[key]);
    for (Offer& offer : held) offer.cluster = names[offer.cluster];
    if (key_changed_[key] == 0) return;
    widths_[key] = unite_alike(held, [](const Offer& offer) { return offer.cluster; });
    order_offers(key);
}

std::vector<std::uint8_t> Touches::take_changed(Through through) {
    const auto told = [&](LinkKey key) {
        return key_changed_[key] != 0 && (through == Through::AllKeys || widths_[key] <= kWideKey);
    };
    std::vector<std::uint8_t> changed = merged_;
    for_blocks(
        threads_, clusters(), kClustersPerBlock, [&](std::size_t begin, std::size_t end, unsigned) {
            for (std::size_t cluster = begin; cluster < end; ++cluster) {
                if (changed[cluster] != 0) continue;
                const auto held = keys_of(static_cast<std::uint32_t>(cluster));
                changed[cluster] = std::any_of(held.begin(), held.end(),
                                               [&](const Touch& touch) { return told(touch.key); })
                                       ? 1
                                       : 0;
            }
        });
    std::fill(merged_.begin(), merged_.end(), std::uint8_t{0});
    for (LinkKey key = 0; key < key_changed_.size(); ++key) {
        if (told(key)) key_changed_[key] = 0;
    }
    return changed;
}

void Touches::drop(const std::vector<bool>& use) {
    for_blocks(
        threads_, clusters(), kClustersPerBlock, [&](std::size_t begin, std::size_t end, unsigned) {
            for (std::size_t cluster = begin; cluster < end; ++cluster) {
                const auto held = std::span{by_cluster_.touches}.subspan(
                    by_cluster_.first[cluster], by_cluster_.count[cluster]);
                const auto kept = std::remove_if(
                    held.begin(), held.end(), [&](const Touch& touch) { return !use[touch.key]; });
                by_cluster_.count[cluster] = static_cast<std::uint32_t>(kept - held.begin());
                by_cluster_.settle(cluster, kinds_);
            }
        });
    build_offers();
}

} // namespace engine::link::steps

// From a hash to a dense index: open addressing with linear probes. A slot keeps half of the hash,
// so that what it stands for is looked at only when it is very likely the one asked for, and the
// table grows by itself.
#pragma once

#include "base/large_table.hpp"
#include "base/prefetch.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace engine::link {

class HashIndex {
public:
    /// Room for `more` insertions: until then what was prefetched stays where it is.
    void reserve(std::size_t more) {
        while ((size_ + more) * 3 > slots_.size() * 2) grow();
    }
    /// Brings the hash's first slot nearer.
    void expect(std::uint64_t hash) const { prefetch(&slots_[start_of(half_of(hash))]); }

    /// The index likely to be found for the hash, if any: a guess that costs one memory access.
    [[nodiscard]] std::optional<std::uint32_t> guess(std::uint64_t hash) const {
        const Slot& slot = slots_[start_of(half_of(hash))];
        if (slot.place == 0 || slot.half != half_of(hash)) return std::nullopt;
        return slot.place - 1;
    }

    /// The index inserted under the hash for which `same(index)` holds.
    template <class Same>
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, Same&& same) const {
        if (slots_.empty()) return std::nullopt;
        const std::uint32_t half = half_of(hash);
        for (std::size_t at = start_of(half); slots_[at].place != 0; at = next(at)) {
            if (slots_[at].half == half && same(slots_[at].place - 1)) return slots_[at].place - 1;
        }
        return std::nullopt;
    }

    void insert(std::uint64_t hash, std::uint32_t index) {
        reserve(1);
        put({half_of(hash), index + 1});
        ++size_;
    }

private:
    struct Slot {
        std::uint32_t half = 0;
        std::uint32_t place = 0; // index + 1; 0 when empty
    };
    static constexpr std::size_t kFirstSlots = 1024; // a power of two

    [[nodiscard]] static std::uint32_t half_of(std::uint64_t hash) {
        return static_cast<std::uint32_t>(hash >> 32);
    }
    [[nodiscard]] std::size_t start_of(std::uint32_t half) const {
        return half & (slots_.size() - 1);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
    void put(Slot slot) {
        std::size_t at = start_of(slot.half);
        while (slots_[at].place != 0) at = next(at);
        slots_[at] = slot;
    }
    void grow() {
        const LargeTable<Slot> old = std::exchange(
            slots_, LargeTable<Slot>(slots_.empty() ? kFirstSlots : slots_.size() * 2));
        for (const Slot& slot : old) {
            if (slot.place != 0) put(slot);
        }
    }

    LargeTable<Slot> slots_;
    std::size_t size_ = 0;
};

} // namespace engine::link

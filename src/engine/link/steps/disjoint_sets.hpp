// Disjoint sets: union by smallest member, so that a set's name does not depend on the order of
// the unions. Path halving (Tarjan and van Leeuwen 1984).
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace engine::link::steps {

class DisjointSets {
public:
    explicit DisjointSets(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), 0U);
    }
    /// The smallest member of the set.
    std::uint32_t find(std::uint32_t member) {
        while (parent_[member] != member) {
            parent_[member] = parent_[parent_[member]];
            member = parent_[member];
        }
        return member;
    }
    /// False when both were in one set already.
    bool unite(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a == b) return false;
        if (a > b) std::swap(a, b);
        parent_[b] = a;
        return true;
    }
    [[nodiscard]] std::size_t size() const { return parent_.size(); }

private:
    std::vector<std::uint32_t> parent_;
};

} // namespace engine::link::steps

// The bipartite graph that linking works on: which record holds which key, for the keys that at
// least two records hold and that no prior takes out.
#pragma once

#include "engine/link/corpus.hpp"
#include "engine/link/link.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::link::steps {

/// Dense number of a key that can link.
using LinkKey = std::uint32_t;

/// Days since 1970; kUnknownDay before, and after 2149.
using Day = std::uint16_t;
constexpr Day kUnknownDay = 0xffff;

struct Held {
    LinkKey key = 0;
    std::uint32_t anchor = 0; // equal in one record: the texts overlap, one is part of the other
};

struct Holdings {
    std::vector<std::uint64_t> first;         // by record, into held
    std::vector<Held> held;                   // by record, ascending key
    std::vector<Day> day;                     // by record
    std::vector<KeyKind> kinds;               // by link key
    std::vector<std::uint32_t> degree;        // records that hold the link key
    std::vector<KeyIndex> corpus_key;         // by link key
    std::array<double, kKeyKinds> universe{}; // distinct values of each kind, however rare

    [[nodiscard]] std::size_t records() const { return first.size() - 1; }
    [[nodiscard]] std::size_t keys() const { return kinds.size(); }
    [[nodiscard]] std::span<const Held> of(std::size_t record) const {
        return std::span{held}.subspan(first[record], first[record + 1] - first[record]);
    }
};

[[nodiscard]] Holdings holdings(const Corpus& corpus, const Priors& priors);

} // namespace engine::link::steps

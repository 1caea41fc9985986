// What the tables of groups say.
#pragma once

#include "engine/link/grouping.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace linking::state {

/// Hashes texts, and looks them up without a copy.
struct TextHash {
    using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// Two declarations, the smaller reference first.
using Pair = std::pair<std::string, std::string>;
using PairView = std::pair<std::string_view, std::string_view>;

struct PairHash {
    using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
    std::size_t operator()(const auto& pair) const {
        constexpr TextHash kHash;
        return kHash(pair.first) * 0x9e3779b97f4a7c15ULL ^ kHash(pair.second);
    }
};
struct SamePair {
    using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
    bool operator()(const auto& a, const auto& b) const {
        return a.first == b.first && a.second == b.second;
    }
};

/// How many pieces of evidence of each kind a link has: four bits a kind, fifteen is "or more".
class Kinds {
public:
    void add(engine::link::KeyKind kind) {
        const unsigned shift = 4 * static_cast<unsigned>(kind);
        if ((counts_ >> shift & kCountMax) < kCountMax) counts_ += std::uint64_t{1} << shift;
    }
    friend bool operator==(Kinds, Kinds) = default;

private:
    static_assert(engine::link::kKeyKinds <= 16);
    static constexpr std::uint64_t kCountMax = 15;
    std::uint64_t counts_ = 0;
};

struct Edge {
    float probability = 0;
    engine::link::Tier tier = engine::link::Tier::Group;
    Kinds kinds;
    std::uint32_t met = 0; // in which comparison it was last found, see difference()
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

struct Standing {
    std::int64_t revision = 0;
    /// Each declaration that is in a group of two or more, or was once: then "".
    ByText<std::string> group_of;
    ByText<std::uint32_t> members; // by group
    std::unordered_map<Pair, Edge, PairHash, SamePair> edges;
    std::uint32_t comparisons = 0;

    /// The group that the tables have the declaration in; nothing when it never was in any.
    [[nodiscard]] const std::string* group_in_tables(std::string_view declaration) const {
        const auto known = group_of.find(declaration);
        return known == group_of.end() ? nullptr : &known->second;
    }
};

} // namespace linking::state

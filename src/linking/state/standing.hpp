// What the tables of groups say.
#pragma once

#include "engine/link/grouping.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

namespace linking::state {

/// Two declarations, the smaller reference first.
using Pair = std::pair<std::string, std::string>;

struct PairHash {
    std::size_t operator()(const Pair& pair) const {
        const std::hash<std::string> hash;
        return hash(pair.first) * 0x9e3779b97f4a7c15ULL ^ hash(pair.second);
    }
};

struct Edge {
    float probability = 0;
    engine::link::Tier tier = engine::link::Tier::Group;
    std::string kinds; // of its evidence, in alphabetical order, with commas between
};

struct Standing {
    std::int64_t revision = 0;
    /// Each declaration that is in a group of two or more, or was once: then "".
    std::unordered_map<std::string, std::string> group_of;
    std::unordered_map<std::string, std::uint32_t> members; // by group
    std::unordered_map<Pair, Edge, PairHash> edges;
};

} // namespace linking::state

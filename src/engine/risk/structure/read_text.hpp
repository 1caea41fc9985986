// Everything that was read of one text, for the checks of its identifiers.
#pragma once

#include "engine/record/mention.hpp"
#include "engine/risk/reading/tokens.hpp"
#include "engine/risk/script/phrases.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace engine::risk::structure {

struct ReadText {
    std::string_view text;
    std::vector<record::Mention> mentions; // in order of place, the widest first
    reading::Tokens tokens;
    std::vector<script::Hit> hits;
};

/// Texts are looked at in time that grows with their length: what stands at a place is found by
/// halving, never by walking over everything.
[[nodiscard]] inline std::span<const script::Hit> hits_between(const ReadText& read,
                                                               std::size_t begin, std::size_t end) {
    const auto start_of = [&](const script::Hit& hit) {
        return std::size_t{read.tokens.all()[hit.first].start};
    };
    const auto first = std::ranges::lower_bound(read.hits, begin, {}, start_of);
    const auto last = std::ranges::lower_bound(read.hits, end, {}, start_of);
    return {first, last};
}

/// The mentions that begin in [begin, end).
[[nodiscard]] inline std::span<const record::Mention>
mentions_between(const ReadText& read, std::size_t begin, std::size_t end) {
    const auto first = std::ranges::lower_bound(read.mentions, begin, {}, &record::Mention::start);
    const auto last = std::ranges::lower_bound(read.mentions, end, {}, &record::Mention::start);
    return {first, last};
}

[[nodiscard]] inline Span span_of(const record::Mention& mention) {
    return {mention.start, mention.end};
}

} // namespace engine::risk::structure

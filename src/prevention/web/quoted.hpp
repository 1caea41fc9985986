// A pasted text with the passages that were recognised in it.
#pragma once

#include "engine/risk/risk.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace prevention::web {

/// What was pasted, without control characters but line breaks.
[[nodiscard]] std::string pasted(std::string_view field);

/// Counted as people count: code points of UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text);

struct Segment {
    std::string_view text; // of the pasted one
    bool marked = false;
};

/// The whole text, cut where marks begin and end; quotes that touch or overlap are one mark. Facts
/// are not marked: they accuse nothing.
[[nodiscard]] std::vector<Segment> segments_of(std::string_view text,
                                               std::span<const engine::risk::Finding> findings);

} // namespace prevention::web

// Where the phrases of the tables stand in a text.
#pragma once

#include "engine/risk/reading/tokens.hpp"

#include <cstdint>
#include <vector>

namespace engine::risk::script {

struct Hit {
    std::uint16_t owner = 0; // a cue, or kCues + a brand
    std::uint32_t first = 0; // tokens
    std::uint32_t last = 0;  // the last one itself
};

/// In the order of their first tokens; the same owner at the same token once, with its longest.
[[nodiscard]] std::vector<Hit> find_phrases(const reading::Tokens& tokens);

} // namespace engine::risk::script

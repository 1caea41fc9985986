// Everything that was read of one text, for the checks of its identifiers.
#pragma once

#include "engine/record/mention.hpp"
#include "engine/risk/reading/tokens.hpp"
#include "engine/risk/script/phrases.hpp"

#include <string_view>
#include <vector>

namespace engine::risk::structure {

struct ReadText {
    std::string_view text;
    std::vector<record::Mention> mentions; // in order of place, the widest first
    reading::Tokens tokens;
    std::vector<script::Hit> hits;
};

[[nodiscard]] inline Span span_of(const record::Mention& mention) {
    return {mention.start, mention.end};
}

} // namespace engine::risk::structure

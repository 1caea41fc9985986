// Which signs of data/signs.toml the phrases of a text make: all their cues, close enough together.
#pragma once

#include "engine/risk/risk.hpp"
#include "engine/risk/script/phrases.hpp"

#include <span>
#include <vector>

namespace engine::risk::script {

/// Each sign once, at its first place.
[[nodiscard]] std::vector<Finding> find_signs(const reading::Tokens& tokens,
                                              std::span<const Hit> hits);

} // namespace engine::risk::script

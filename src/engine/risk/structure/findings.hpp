// What was seen in the identifiers, with the weights of data/signs.toml.
#pragma once

#include "engine/risk/risk.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engine::risk::structure {

/// Quotes of one finding: more of the same teach nothing.
constexpr std::size_t kQuotesMax = 8;
/// Findings of one sign, each about another name.
constexpr std::size_t kAboutsMax = 8;

class Findings {
public:
    /// `name` is a [[structure]] of data/signs.toml. The same about the same is one finding.
    void add(std::string_view name, Span quote, std::string_view about = {});
    void add(std::string_view name, std::vector<Span> quotes, std::string_view about = {});
    [[nodiscard]] std::vector<Finding> take() { return std::move(found_); }

private:
    std::vector<Finding> found_;
};

} // namespace engine::risk::structure

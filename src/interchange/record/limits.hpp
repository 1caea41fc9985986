// What a record may be at most, whatever file it comes from, each with its reason.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/reject_reason.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace interchange::record {

constexpr std::size_t kIdBytesMax = 1024;      // ids stand in every output; paths become ids too
constexpr std::size_t kListLengthMax = 10'000; // a place in a list has 16 bits (mention.hpp)
constexpr std::size_t kDepthMax = 32;          // the format nests three deep; ignored keys may more
constexpr int kAgeMax = 150;                   // years
constexpr std::size_t kShownBytesMax = 40;     // of a refused value, in its reject

/// Makes a statement empty and keeps the memory of its texts.
void clear(engine::record::Statement& statement);

/// Not empty, not too long, no control characters: ids become lines of tables.
std::optional<Fault> check_id(std::string_view id);

std::optional<Fault> check_counts(const engine::record::Statement& statement);

} // namespace interchange::record

namespace interchange {

/// The beginning of a refused value, fit for a sentence.
[[nodiscard]] std::string shown(std::string_view value);

} // namespace interchange

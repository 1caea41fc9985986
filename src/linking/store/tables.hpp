// The tables of groups: read whole once, then written by differences.
#pragma once

#include "linking/state/difference.hpp"
#include "linking/state/standing.hpp"
#include "platform/db/database.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace linking::store {

struct Mark {
    std::int64_t revision = 0;      // counts the writings
    std::int64_t change_number = 0; // of the last change that the groups take in
};

/// Nobody else writes the groups until the transaction ends.
[[nodiscard]] Mark lock(platform::db::Transaction& transaction);

[[nodiscard]] state::Standing read(platform::db::Transaction& transaction, std::int64_t revision);

struct Written {
    std::int64_t change_number = 0;
    std::size_t declarations = 0;
    std::chrono::milliseconds took{0};
};

/// Writes the difference and what it takes in. The lock is held.
void write(platform::db::Transaction& transaction, const state::Difference& difference,
           const Written& written);

} // namespace linking::store

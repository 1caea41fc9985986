// All known values in one perfect hash. The tables are generated at build from the .tsv files by
// tools/generate_priors.py; values of different types never look alike, so one table serves all.
#pragma once

#include "engine/priors/priors.hpp"

#include <cstdint>

namespace engine::priors::table {

struct Entry {
    std::uint32_t value; // where it stands in kText
    std::uint32_t body;
    std::uint8_t value_size; // 0 for a slot that is not used
    std::uint8_t body_size;
    Known kind;
    std::uint8_t flags;
};

constexpr std::uint8_t kHasMailboxes = 1;  // of the public
constexpr std::uint8_t kBelowIsOthers = 2; // names below belong to others
constexpr std::uint8_t kBelowIsOwn = 4;    // although the public suffix list names it

extern const unsigned kSlots;   // a power of two
extern const unsigned kBuckets; // a power of two
extern const std::uint16_t kDisplacements[];
extern const Entry kEntries[];
extern const char kText[];

/// Rows of known_domains.tsv, for the tests.
extern const unsigned kDomains;

} // namespace engine::priors::table

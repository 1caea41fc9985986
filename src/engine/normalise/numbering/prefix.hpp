// Prefixes that are dialled before a number: a backtracking matcher of small compiled patterns.
//
// Instructions, one 16-bit word each:
//   0x0000 | mask     reads one digit of the mask (bits 0 to 9)
//   0x4000            matches at the end of the number only
//   0x4001            the pattern has matched
//   0x5000 | 2 n + e  group n begins (e = 0) or ends (e = 1) here
//   0x8000 | target   tries what follows, then the target
//   0xC000 | target   goes on at the target
// There are no loops: a pattern ends after as many steps as it has words, on each branch.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace engine::normalise::numbering {

constexpr std::size_t kGroupsMax = 3;

struct PrefixMatch {
    std::size_t length = 0;                             // digits read from the start
    std::array<std::int8_t, 2 * (kGroupsMax + 1)> span; // begin and end of each group, -1: none

    [[nodiscard]] std::string_view group(std::size_t number, std::string_view digits) const;
};

/// The match at the start of `digits` that a Perl regular expression would find, if any.
[[nodiscard]] std::optional<PrefixMatch> match_prefix(std::uint16_t program,
                                                      std::string_view digits);

} // namespace engine::normalise::numbering

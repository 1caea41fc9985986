// The order of the sections of a chain file, and its ends.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace chain {

enum class Section : std::uint8_t {
    PathEnds,
    PathBytes,
    IdEnds,
    IdBytes,
    ReceivedAt,
    GroupOf,
    Sources,
    OccurrenceEnds,
    Occurrences,
    KeyKinds,
    KeyEnds,
    KeyBytes,
    PostingEnds,
    Postings,
    Verdicts,
    GroupNameEnds,
    GroupNameBytes,
    Links,
    Proposals,
    Evidence,
    MappingEnds,
    MappingBytes,
    Limits,
};
constexpr std::size_t kSections = 23;

constexpr std::array<char, 8> kChainMagic{'M', 'A', 'I', 'L', 'L', 'O', 'N', '\n'};

struct ChainHeader {
    std::array<char, 8> magic = kChainMagic;
    std::uint32_t version = 0;
    std::uint32_t sections = 0;
};

struct SectionPlace {
    std::uint64_t offset = 0; // from the start of the file, a multiple of eight
    std::uint64_t bytes = 0;
};

struct ChainFooter {
    std::uint64_t bytes = 0;    // of the whole file
    std::uint64_t checksum = 0; // XXH3-64 of all bytes before the footer
};

/// No date: earlier than any that RFC 3339 can write.
constexpr std::int64_t kNoDate = std::numeric_limits<std::int64_t>::min();

} // namespace chain

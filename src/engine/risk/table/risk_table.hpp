// The tables that tools/generate_risk.py makes of data/*.toml.
#pragma once

#include "engine/risk/risk.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::risk::table {

/// Classes of tokens: symbols before those of the words. In the order of generate_risk.py.
enum class Class : std::uint16_t { Link, Phone, Short, Money, Email, Iban, Premium };

/// A word, or the beginning of one. `parent`: the longest other row that this one begins with.
struct Word {
    std::string_view text;
    std::int16_t parent;
    std::int16_t whole;     // symbol of the whole word, -1 for none
    std::int16_t beginning; // symbol of every word that begins so, -1 for none
};

struct Phrase {
    std::uint16_t owner; // a cue, or kCues + a brand
    std::uint16_t first; // steps
    std::uint16_t last;  // one past
};

struct Step {
    std::uint8_t gap_max; // words that may stand before it
    std::uint16_t atom;
};

constexpr std::size_t kSlotsMax = 4;

struct CueMask {
    std::uint64_t low;
    std::uint64_t high;
    [[nodiscard]] constexpr bool holds(std::size_t cue) const {
        return ((cue < 64 ? low >> cue : high >> (cue - 64)) & 1) != 0;
    }
};

struct Sign {
    std::string_view name;
    std::string_view story;
    Group group;
    double bits;
    std::uint16_t within; // words
    std::uint8_t slot_count;
    std::uint8_t quoted; // of the first slots the words are shown
    std::array<CueMask, kSlotsMax> slots;
};

struct Structure {
    std::string_view name;
    Group group;
    double bits;
};

struct Brand {
    std::string_view name;
    std::string_view country;
    std::uint16_t first_token;
    std::uint16_t last_token;
    std::uint16_t first_home;
    std::uint16_t last_home;
};

struct DomainWord {
    std::string_view text;
    bool strong;
};

extern const std::size_t kCues;
extern const std::span<const std::string_view> kCueNames;
extern const std::span<const Word> kWords; // sorted
extern const std::span<const std::uint16_t> kSymbolAtomBegins;
extern const std::span<const std::uint16_t> kSymbolAtoms;
extern const std::span<const std::uint16_t> kAtomPhraseBegins;
extern const std::span<const std::uint16_t> kAtomPhrases;
extern const std::span<const Phrase> kPhrases;
extern const std::span<const Step> kSteps;
extern const std::span<const Sign> kSigns;
extern const std::span<const Structure> kStructures;
extern const std::span<const Brand> kBrands;
extern const std::span<const std::string_view> kBrandTokens;
extern const std::span<const std::string_view> kBrandHomes;
extern const std::span<const DomainWord> kDomainWords;   // sorted
extern const std::span<const std::string_view> kEndings; // sorted

} // namespace engine::risk::table

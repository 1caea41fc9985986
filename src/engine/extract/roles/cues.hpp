// Cues: sequences of word classes before or after an identifier that say whose it is.
#pragma once

#include "engine/extract/roles/vocabulary.hpp"
#include "engine/extract/roles/words.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::extract::roles {

/// Where the cue stands from the identifier.
enum class Side : std::uint8_t { Before, After };

/// Whose the identifier is, seen from the one who speaks; roles.cpp turns it into a role.
enum class Owner : std::uint8_t {
    Mine,       // of the one who speaks
    Yours,      // of the one spoken to
    Theirs,     // of the person or body last named: a person decides
    Subject,    // of the person named in the sentence, of the one who speaks when none is
    Asker,      // of the one who asks ("envoyez à"); in a story, the suspect's words are told
    Suspect,    // of the suspect, whoever speaks
    Victim,     // of the victim, whoever speaks
    ThirdParty, // of a bank, the police, a relative
};

constexpr std::uint8_t kAnywhere = 255;

struct CueText {
    std::string_view words; // classes, "|" between alternatives, "*" for up to three other words
    Side side;
    Owner owner;
    int weight; // tenths of a bit (log2 odds) when the cue touches the identifier
    std::string_view rule;
    TypeMask types = kAnyType;      // and those of the classes that matched
    std::uint8_t reach = kAnywhere; // most words between the cue and the identifier
};

/// Places of the classes in one set.
struct ClassSet {
    std::array<std::uint64_t, 2> bits{};
    [[nodiscard]] constexpr bool has(std::uint8_t word_class) const {
        return ((bits[word_class >> 6] >> (word_class & 63)) & 1) != 0;
    }
    constexpr void add(std::uint8_t word_class) {
        bits[word_class >> 6] |= std::uint64_t{1} << (word_class & 63);
    }
};

template <class... Names> [[nodiscard]] constexpr ClassSet class_set(Names... names) {
    ClassSet set;
    (set.add(word_class(names)), ...);
    return set;
}

struct FoundCue {
    const CueText* cue;
    std::uint8_t first; // words of the window
    std::uint8_t last;
    TypeMask types;
};

// Cues kept of one window; more than that in 110 bytes is noise.
constexpr std::size_t kFoundMax = 24;

struct FoundCues {
    std::array<FoundCue, kFoundMax> at; // set up to count
    std::size_t count = 0;
};

/// The cues of one side in a window that can speak of a `wanted` type, without those that stand
/// inside a longer one.
void find_cues(const Words& words, Side side, TypeMask wanted, FoundCues& out);

} // namespace engine::extract::roles

// A bounded stretch of text as words: classes of vocabulary.hpp and what separates them.
#pragma once

#include "engine/extract/roles/vocabulary.hpp"
#include "engine/record/mention.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::extract::roles {

/// What stands between a word and the word before it; several may.
enum Barrier : std::uint8_t {
    kNothing = 0,
    kComma = 1,      // , ; … / -
    kColon = 2,      // : =
    kQuoteOpen = 4,  // « “ "
    kLine = 8,       // one line end
    kSentence = 16,  // . ! ? or a blank line
    kMention = 32,   // another identifier
    kQuoteClose = 64 // » ”
};

struct Word {
    std::uint8_t word_class; // 0: a word in no class
    std::uint8_t before;     // barriers
};

// Words of one window at most; 110 bytes hold about 25.
constexpr std::size_t kWindowWordsMax = 64;

struct Words {
    std::array<Word, kWindowWordsMax> at; // set up to count
    std::size_t count = 0;
    std::uint8_t after = kNothing; // what follows the last word
};

/// The words of text[from, to), folded (case, accents, typographic signs), with the mentions in
/// that stretch as barriers. `mentions` are those that may stand there, in order of place. When
/// there are more words than fit, the last ones are kept: they are nearest to the mention.
void read_words(std::string_view text, std::size_t from, std::size_t to,
                std::span<const record::Mention> mentions, Words& out);

} // namespace engine::extract::roles

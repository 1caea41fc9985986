// Words around an identifier, read without their accents and capitals.
#pragma once

#include "engine/extract/scan/characters.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace engine::extract::scan {

constexpr std::size_t kWordLettersMax = 24; // longer words are no cue; the rest is skipped

struct FoldedWord {
    std::array<char, kWordLettersMax> bytes{};
    std::size_t size = 0; // letters kept
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::string_view letters() const { return {bytes.data(), size}; }
};

/// The word that begins at `at`: ASCII and Latin letters ("É" read as e, "œ" as oe) and digits.
/// Empty when there is none.
[[nodiscard]] FoldedWord word_at(std::string_view text, std::size_t at);

/// The word that ends at `end`.
[[nodiscard]] FoldedWord word_ending_at(std::string_view text, std::size_t end);

/// The last word before `at`, over at most `gap_max` bytes that are no part of a word.
[[nodiscard]] FoldedWord word_before(std::string_view text, std::size_t at,
                                     std::size_t gap_max = 4);

/// Cues are beginnings of words in lower case without accents; "cb." is the whole word "cb".
class Cues {
public:
    template <std::size_t N>
    constexpr explicit Cues(const std::string_view (&words)[N]) : Cues{std::span{words}} {}
    constexpr explicit Cues(std::span<const std::string_view> words) : words_{words} {
        for (const std::string_view word : words) first_letters_ |= bit_of(word[0]);
    }
    [[nodiscard]] constexpr std::span<const std::string_view> words() const { return words_; }
    /// Whether some cue begins with that letter: most words are told apart by it.
    [[nodiscard]] constexpr bool may_begin_with(char lower_letter) const {
        return (first_letters_ & bit_of(lower_letter)) != 0;
    }

private:
    static constexpr std::uint32_t bit_of(char letter) {
        return letter >= 'a' && letter <= 'z' ? std::uint32_t{1} << (letter - 'a') : 0;
    }
    std::span<const std::string_view> words_;
    std::uint32_t first_letters_ = 0;
};

[[nodiscard]] bool is_cue(std::string_view letters, const Cues& cues);

/// Whether a cue stands in the `window` bytes before `at`, or after it.
[[nodiscard]] bool cue_before(std::string_view text, std::size_t at, std::size_t window,
                              const Cues& cues);
[[nodiscard]] bool cue_after(std::string_view text, std::size_t at, std::size_t window,
                             const Cues& cues);

/// Past at most `count_max` spaces, to the right or to the left.
[[nodiscard]] std::size_t skip_spaces(std::string_view text, std::size_t at,
                                      std::size_t count_max = 3);
[[nodiscard]] std::size_t skip_spaces_back(std::string_view text, std::size_t at,
                                           std::size_t count_max = 3);

/// Whether the text at `at` reads `expected` (lower case), whatever its capitals.
[[nodiscard]] bool reads(std::string_view text, std::size_t at, std::string_view expected);

} // namespace engine::extract::scan

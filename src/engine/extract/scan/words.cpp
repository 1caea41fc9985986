#include "engine/extract/scan/words.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

// U+00C0..U+00DF without accents; U+00E0..U+00FF are the same letters in lower case.
constexpr std::string_view kLatin1Letters = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";

// Folds the character at `at` into `word`; gives the bytes read, 0 at the end of the word.
std::size_t take_character(std::string_view text, std::size_t at, FoldedWord& word) {
    const auto put = [&](char c) {
        if (word.size < word.bytes.size()) word.bytes[word.size++] = c;
    };
    const char c = byte_at(text, at);
    if (is(c, kAlnum)) {
        put(lower(c));
        return 1;
    }
    const auto second = static_cast<unsigned char>(byte_at(text, at + 1));
    if (static_cast<unsigned char>(c) == 0xC3 && second >= 0x80 && second <= 0xBF) {
        const char letter = kLatin1Letters[second & 0x1F];
        if (letter == '*') return 0;
        put(letter);
        return 2;
    }
    if (static_cast<unsigned char>(c) == 0xC5 && (second == 0x92 || second == 0x93)) {
        put('o');
        put('e');
        return 2;
    }
    return 0;
}

bool cue_between(std::string_view text, std::size_t begin, std::size_t end, const Cues& cues) {
    for (std::size_t at = begin; at < end;) {
        if (!is(text[at], kWord) || is(text[at], kDigit)) { // no cue begins with a digit
            ++at;
            continue;
        }
        if (is(text[at], kHigh) || cues.may_begin_with(lower(text[at]))) {
            const FoldedWord word = word_at(text, at);
            if (is_cue(word.letters(), cues)) return true;
        }
        while (at < end && is(text[at], kWord)) ++at;
    }
    return false;
}

} // namespace

FoldedWord word_at(std::string_view text, std::size_t at) {
    FoldedWord word{.begin = at, .end = at};
    while (const std::size_t size = take_character(text, word.end, word)) word.end += size;
    return word;
}

FoldedWord word_ending_at(std::string_view text, std::size_t end) {
    constexpr std::size_t kWordBytesMax = 2 * kWordLettersMax;
    std::size_t begin = end;
    while (end - begin < kWordBytesMax && is_before(text, begin, kWord)) --begin;
    FoldedWord word = word_at(text, begin);
    if (word.end != end) return {.begin = end, .end = end};
    return word;
}

FoldedWord word_before(std::string_view text, std::size_t at, std::size_t gap_max) {
    for (std::size_t gap = 0; gap < gap_max && at > 0 && !is(text[at - 1], kWord); ++gap) --at;
    return word_ending_at(text, at);
}

bool is_cue(std::string_view letters, const Cues& cues) {
    if (letters.empty() || !cues.may_begin_with(letters[0])) return false;
    return std::ranges::any_of(cues.words(), [&](std::string_view cue) {
        if (cue[0] != letters[0]) return false;
        return cue.ends_with('.') ? letters == cue.substr(0, cue.size() - 1)
                                  : letters.starts_with(cue);
    });
}

bool cue_before(std::string_view text, std::size_t at, std::size_t window, const Cues& cues) {
    std::size_t begin = at - std::min(at, window);
    // A word cut by the window's edge is no word.
    while (begin > 0 && begin < at && is(text[begin], kWord) && is(text[begin - 1], kWord)) ++begin;
    return cue_between(text, begin, at, cues);
}

bool cue_after(std::string_view text, std::size_t at, std::size_t window, const Cues& cues) {
    return cue_between(text, at, std::min(text.size(), at + window), cues);
}

std::size_t skip_spaces(std::string_view text, std::size_t at, std::size_t count_max) {
    while (count_max-- > 0 && is_at(text, at, kSpace)) ++at;
    return at;
}

std::size_t skip_spaces_back(std::string_view text, std::size_t at, std::size_t count_max) {
    while (count_max-- > 0 && is_before(text, at, kSpace)) --at;
    return at;
}

bool reads(std::string_view text, std::size_t at, std::string_view expected) {
    if (at > text.size() || text.size() - at < expected.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (lower(text[at + i]) != expected[i]) return false;
    }
    return true;
}

} // namespace engine::extract::scan

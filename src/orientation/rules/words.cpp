// Phrases in a text, as whole words: both are brought to small letters without accents, and all
// that is no letter or digit becomes one space.
#include "orientation/rules/rules.hpp"

#include <algorithm>

namespace orientation::rules {
namespace {

constexpr unsigned char kTwoBytesFrom = 0xC3; // U+00C0 to U+00FF: the accented letters of French
constexpr std::string_view kLetters =
    "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y";

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// " je n ai pas paye ": a space before and after each word.
std::string folded(std::string_view text) {
    std::string out = " ";
    const auto add = [&](char c) {
        if (is_plain(c)) {
            out += c;
        } else if (out.back() != ' ') {
            out += ' ';
        }
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= 'A' && c <= 'Z') {
            add(static_cast<char>(c - 'A' + 'a'));
        } else if (static_cast<unsigned char>(c) == kTwoBytesFrom && i + 1 < text.size()) {
            const auto next = static_cast<unsigned char>(text[++i]);
            constexpr unsigned char kContinues = 0x80;
            add(next < kContinues ? ' ' : kLetters[(next - kContinues) % kLetters.size()]);
        } else {
            add(c);
        }
    }
    if (out.back() != ' ') out += ' ';
    return out;
}

/// Does a word of the text begin with this one, or equal it?
bool follows(std::string_view text, std::size_t at, std::string_view phrase) {
    while (!phrase.empty()) {
        const std::size_t length = std::min(phrase.find(' '), phrase.size());
        std::string_view word = phrase.substr(0, length);
        phrase.remove_prefix(std::min(length + 1, phrase.size()));
        const std::size_t end = text.find(' ', at);
        if (end == std::string_view::npos) return false;
        const std::string_view there = text.substr(at, end - at);
        const bool any_ending = word.ends_with('*');
        if (any_ending) word.remove_suffix(1);
        if (any_ending ? !there.starts_with(word) : there != word) return false;
        at = end + 1;
    }
    return true;
}

bool has(std::string_view text, std::string_view phrase) {
    for (std::size_t at = text.find(' '); at + 1 < text.size(); at = text.find(' ', at + 1)) {
        if (follows(text, at + 1, phrase)) return true;
    }
    return false;
}

std::size_t count(std::string_view text, const std::vector<std::string>& phrases) {
    return static_cast<std::size_t>(std::ranges::count_if(
        phrases, [&](const std::string& phrase) { return has(text, phrase); }));
}

} // namespace

Heard listen(const Book& book, std::string_view text) {
    const std::string plain = folded(text);
    Heard out;
    for (std::size_t i = 0; i < book.signs.size(); ++i) {
        if (count(plain, book.signs[i].phrases) > 0) out.signs.push_back(i);
    }
    std::vector<std::pair<std::size_t, std::size_t>> found; // phrases, situation
    for (std::size_t i = 0; i < book.situations.size(); ++i) {
        const std::size_t phrases = count(plain, book.situations[i].phrases);
        if (phrases > 0) found.emplace_back(phrases, i);
    }
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [phrases, i] : found) {
        if (out.situations.size() < kOfferedMax) out.situations.push_back(i);
    }
    return out;
}

} // namespace orientation::rules

// Every word is looked up among the words of the tables (binary search, then the shorter words that
// it begins with); each atom that it fulfils may begin phrases, which are then followed step by
// step.
#include "engine/risk/script/phrases.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace engine::risk::script {
namespace {

using reading::Token;
using reading::Tokens;
using table::Step;

// Rows of the words that begin with a letter or digit: from `begins[c]` to `begins[c + 1]`.
using WordBegins = std::array<std::uint16_t, 129>;

WordBegins word_begins() {
    WordBegins begins{};
    for (const table::Word& word : table::kWords) {
        ++begins[static_cast<unsigned char>(word.text[0]) + std::size_t{1}];
    }
    for (std::size_t c = 1; c < begins.size(); ++c) {
        begins[c] = static_cast<std::uint16_t>(begins[c] + begins[c - 1]);
    }
    return begins;
}

// The atoms of each token, one list after the other.
class Atoms {
public:
    explicit Atoms(const Tokens& tokens) {
        begins_.reserve(tokens.all().size() + 1);
        begins_.push_back(0);
        for (const Token& token : tokens.all()) {
            if (token.kind) add_symbol(static_cast<std::size_t>(*token.kind));
            if (token.premium) add_symbol(static_cast<std::size_t>(table::Class::Premium));
            if (token.size > 0) add_word(tokens.letters_of(token));
            begins_.push_back(static_cast<std::uint32_t>(atoms_.size()));
        }
    }
    [[nodiscard]] std::size_t tokens() const { return begins_.size() - 1; }
    [[nodiscard]] std::span<const std::uint16_t> of(std::size_t token) const {
        return std::span{atoms_}.subspan(begins_[token], begins_[token + 1] - begins_[token]);
    }
    [[nodiscard]] bool has(std::size_t token, std::uint16_t atom) const {
        return std::ranges::find(of(token), atom) != of(token).end();
    }

private:
    void add_symbol(std::size_t symbol) {
        for (std::size_t i = table::kSymbolAtomBegins[symbol];
             i < table::kSymbolAtomBegins[symbol + 1]; ++i) {
            atoms_.push_back(table::kSymbolAtoms[i]);
        }
    }

    void add_word(std::string_view word) {
        static const WordBegins kBegins = word_begins();
        const auto first = static_cast<unsigned char>(word[0]); // ASCII: reading/characters.hpp
        const auto rows = table::kWords.subspan(
            kBegins[first], std::size_t{kBegins[first + std::size_t{1}]} - kBegins[first]);
        if (rows.empty()) return;
        const auto* const after = std::ranges::upper_bound(rows.data(), rows.data() + rows.size(),
                                                           word, {}, &table::Word::text);
        if (after == rows.data()) return;
        auto row = static_cast<int>(after - table::kWords.data()) - 1;
        while (row >= 0) {
            const table::Word& known = table::kWords[static_cast<std::size_t>(row)];
            if (word.starts_with(known.text)) {
                if (known.whole >= 0 && word.size() == known.text.size()) {
                    add_symbol(static_cast<std::size_t>(known.whole));
                }
                if (known.beginning >= 0) add_symbol(static_cast<std::size_t>(known.beginning));
            }
            row = known.parent;
        }
    }

    std::vector<std::uint16_t> atoms_;
    std::vector<std::uint32_t> begins_;
};

/// The last token of the steps when they can be followed after `token`; npos when not.
std::size_t follow(const Atoms& atoms, std::size_t token, std::span<const Step> steps) {
    if (steps.empty()) return token;
    const std::size_t last = std::min(token + 1 + steps[0].gap_max, atoms.tokens() - 1);
    for (std::size_t next = token + 1; next <= last; ++next) {
        if (!atoms.has(next, steps[0].atom)) continue;
        const std::size_t end = follow(atoms, next, steps.subspan(1));
        if (end != std::string_view::npos) return end;
    }
    return std::string_view::npos;
}

void add(Hit hit, std::size_t first_of_token, std::vector<Hit>& hits) {
    for (std::size_t i = first_of_token; i < hits.size(); ++i) {
        if (hits[i].owner != hit.owner) continue;
        hits[i].last = std::max(hits[i].last, hit.last);
        return;
    }
    hits.push_back(hit);
}

} // namespace

std::vector<Hit> find_phrases(const Tokens& tokens) {
    const Atoms atoms{tokens};
    std::vector<Hit> hits;
    for (std::size_t token = 0; token < atoms.tokens(); ++token) {
        const std::size_t first_of_token = hits.size();
        for (const std::uint16_t atom : atoms.of(token)) {
            for (std::size_t i = table::kAtomPhraseBegins[atom];
                 i < table::kAtomPhraseBegins[atom + std::size_t{1}]; ++i) {
                const table::Phrase& phrase = table::kPhrases[table::kAtomPhrases[i]];
                const auto steps = table::kSteps.subspan(phrase.first + std::size_t{1},
                                                         phrase.last - phrase.first - 1U);
                const std::size_t last = follow(atoms, token, steps);
                if (last == std::string_view::npos) continue;
                add({phrase.owner, static_cast<std::uint32_t>(token),
                     static_cast<std::uint32_t>(last)},
                    first_of_token, hits);
            }
        }
    }
    return hits;
}

} // namespace engine::risk::script

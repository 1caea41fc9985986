// A text as words without accents and capitals, each with its place. A link, an address, an account
// or a telephone number is one token, whatever is written in it.
#pragma once

#include "engine/record/mention.hpp"
#include "engine/risk/table/risk_table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::risk::reading {

struct Token {
    std::uint32_t start = 0; // in the text
    std::uint32_t end = 0;
    std::uint32_t letters = 0; // in Tokens::letters()
    std::uint16_t size = 0;
    std::optional<table::Class> kind{}; // no letters then, digits apart
    bool premium = false;               // a number that costs more than a call
};

class Tokens {
public:
    /// `mentions` are those of the text, in order of place.
    Tokens(std::string_view text, std::span<const record::Mention> mentions);

    [[nodiscard]] std::span<const Token> all() const { return tokens_; }
    [[nodiscard]] std::string_view letters_of(const Token& token) const {
        return std::string_view{letters_}.substr(token.letters, token.size);
    }
    /// Words that mix the letters of two alphabets, and words with invisible signs between letters.
    [[nodiscard]] std::span<const Span> mixed() const { return mixed_; }
    [[nodiscard]] std::span<const Span> hidden() const { return hidden_; }

private:
    void take_mention(const record::Mention& mention);
    std::size_t take_word(std::string_view text, std::size_t at);
    void finish_word(Token token, bool latin, bool other, bool hidden);
    void join_numbers(std::string_view text);

    std::string letters_;
    std::vector<Token> tokens_;
    std::vector<Span> mixed_;
    std::vector<Span> hidden_;
};

} // namespace engine::risk::reading

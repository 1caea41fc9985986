// The word lists of words/lexicon.txt, cut once.
#pragma once

#include "synth/draw/random.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace synth {

using Words = std::vector<std::string_view>;

struct Lexicon {
    Words first_names;
    Words surnames;
    Words cities;
    Words banks;
    Words objects;
    Words mail_providers;
    Words victim_mail_providers;
    // By trade: shop, phishing, finance, person.
    std::vector<Words> domain_words;
    std::vector<Words> tlds;
};

[[nodiscard]] Lexicon read_lexicon();

[[nodiscard]] inline std::string_view pick(const Words& words, std::uint64_t number) {
    return words[static_cast<std::size_t>(number % words.size())];
}

/// Lower case without accents nor anything but letters: how a name looks in an address.
[[nodiscard]] std::string plain_letters(std::string_view name);

} // namespace synth

#include "synth/draw/people.hpp"

#include "base/ascii.hpp"
#include "synth/draw/values.hpp"

#include "synth/words/embedded.hpp"
#include "synth/words/grammar.hpp"

namespace synth {
namespace {

Words cut(const Phrases& phrases, std::string_view title, char separator) {
    Words words;
    for (std::string_view line : phrases.of(title)) {
        while (!line.empty()) {
            const std::size_t end = std::min(line.find(separator), line.size());
            if (end > 0) words.push_back(line.substr(0, end));
            line.remove_prefix(std::min(end + 1, line.size()));
        }
    }
    return words;
}

struct Folding {
    std::string_view accented;
    char plain;
};

constexpr Folding kFoldings[]{{"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'}, {"É", 'e'},
                              {"à", 'a'}, {"â", 'a'}, {"ç", 'c'}, {"î", 'i'}, {"ï", 'i'},
                              {"ô", 'o'}, {"û", 'u'}, {"ù", 'u'}, {"ü", 'u'}};

} // namespace

Lexicon read_lexicon() {
    const Phrases phrases{lexicon_text()};
    Lexicon lexicon;
    lexicon.first_names = cut(phrases, "first_names", ' ');
    lexicon.surnames = cut(phrases, "surnames", ' ');
    lexicon.cities = cut(phrases, "cities", ' ');
    lexicon.banks = cut(phrases, "banks", '|');
    lexicon.objects = cut(phrases, "objects", '|');
    lexicon.mail_providers = cut(phrases, "mail_providers", ' ');
    lexicon.victim_mail_providers = cut(phrases, "victim_mail_providers", ' ');
    for (const char* trade : {"shop", "phishing", "finance", "person"}) {
        lexicon.domain_words.push_back(cut(phrases, std::string{"domains "} + trade, ' '));
        lexicon.tlds.push_back(cut(phrases, std::string{"tlds "} + trade, ' '));
    }
    return lexicon;
}

std::string plain_letters(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        std::size_t length = 1;
        char letter = name[0];
        for (const Folding& folding : kFoldings) {
            if (!name.starts_with(folding.accented)) continue;
            length = folding.accented.size();
            letter = folding.plain;
        }
        letter = to_lower(letter);
        if (letter >= 'a' && letter <= 'z') out += letter;
        name.remove_prefix(length);
    }
    return out;
}

Person person_of(std::uint64_t world_seed, std::uint32_t number, const Lexicon& lexicon) {
    const std::uint32_t pair = number / 2;
    const std::uint64_t own = scatter(world_seed ^ 0x7065727360ULL, number);
    const bool couple = pair % 3 == 0;
    const std::uint64_t home = couple ? scatter(world_seed ^ 0x686F6D65ULL, pair) : scatter(own);
    Person person;
    person.first_name = pick(lexicon.first_names, own);
    person.surname = pick(lexicon.surnames, home);
    person.city = pick(lexicon.cities, home >> 8);
    // A couple may give one line for two. The numbers that ARCEP keeps for fiction would be too
    // few: these are drawn in ranges of mobiles that no gang of this world uses.
    person.phone = victim_mobile(world_seed, couple && own % 2 == 0 ? pair * 2 : number);
    person.mail = plain_letters(person.first_name) + (own % 3 == 0 ? "." : "") +
                  plain_letters(person.surname) + std::to_string(own / 7 % 9973) + "@" +
                  std::string{pick(lexicon.victim_mail_providers, own >> 16)};
    person.iban = french_iban(scatter(home, 2));
    return person;
}

} // namespace synth

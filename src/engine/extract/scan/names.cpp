// Names of people, only after words that announce one: "au nom de", "titulaire", "bénéficiaire".
#include "engine/extract/scan/scan.hpp"
#include "engine/extract/scan/words.hpp"
#include "engine/normalise/codes.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kNameWordsMax = 4;
constexpr std::size_t kConnectorsMax = 6;

constexpr std::string_view kTitlesWords[]{
    "m.",  "mr.",       "mme.",    "mlle.",         "mrs.",    "ms.",  "dr.",
    "me.", "monsieur.", "madame.", "mademoiselle.", "maitre.", "miss."};
constexpr Cues kTitles{kTitlesWords};
constexpr std::string_view kParticlesWords[]{"de.",  "du.",  "da.",  "dos.", "van.",
                                             "von.", "der.", "le.",  "la.",  "el.",
                                             "al.",  "ben.", "bin.", "d.",   "ould."};
constexpr Cues kParticles{kParticlesWords};
constexpr std::string_view kConnectorsWords[]{
    "du.",      "de.",    "des.",  "d.",    "la.",      "le.",     "l.",    "compte",
    "bancaire", "est.",   "is.",   "of.",   "the.",     "account", "bank.", "nom.",
    "name.",    "prenom", "carte", "iban.", "virement", "rib."};
constexpr Cues kConnectors{kConnectorsWords};
// Capitalised words that are no person's name.
constexpr std::string_view kNotNamesWords[]{
    "banque", "bank",    "societe", "la.",     "le.",         "je.",    "il.",    "elle.",
    "iban.",  "bic.",    "rib.",    "paypal",  "amazon",      "police", "france", "montant",
    "compte", "account", "motif",   "adresse", "bonjour",     "merci",  "votre",  "mon.",
    "ma.",    "un.",     "une.",    "ce.",     "cette",       "the.",   "my.",    "please",
    "if.",    "i.",      "vous.",   "nous.",   "number",      "numero", "code",   "date",
    "etat",   "et.",     "and.",    "or.",     "cordialement"};
constexpr Cues kNotNames{kNotNamesWords};

bool begins_capital(std::string_view text, std::size_t at) {
    const char c = byte_at(text, at);
    if (is(c, kUpper)) return true;
    const auto second = static_cast<unsigned char>(byte_at(text, at + 1));
    return static_cast<unsigned char>(c) == 0xC3 && second >= 0x80 && second <= 0x9E;
}

// A word of a name with its hyphens and apostrophes: "Jean-Pierre", "O'Brien".
std::size_t name_word_end(std::string_view text, std::size_t at) {
    std::size_t end = word_at(text, at).end;
    while (byte_at(text, end) == '-' || byte_at(text, end) == '\'') {
        const FoldedWord next = word_at(text, end + 1);
        if (next.size == 0) break;
        end = next.end;
    }
    return end;
}

std::size_t skip_titles(std::string_view text, std::size_t at) {
    for (std::size_t titles = 0; titles < 2; ++titles) {
        const FoldedWord word = word_at(text, at);
        if (word.size == 0 || !is_cue(word.letters(), kTitles)) return at;
        at = word.end + (byte_at(text, word.end) == '.' ? 1 : 0);
        at = skip_spaces(text, at);
    }
    return at;
}

struct Name {
    Span span;
    std::size_t words = 0; // capitalised ones
};

Name name_at(std::string_view text, std::size_t begin) {
    Name name{.span = {begin, begin}};
    std::size_t at = begin;
    for (std::size_t words = 0; words < kNameWordsMax + 2 && name.words < kNameWordsMax; ++words) {
        const FoldedWord word = word_at(text, at);
        if (word.size == 0 || is_at(text, word.begin, kDigit)) break;
        const bool particle = is_cue(word.letters(), kParticles) && name.words > 0;
        if (!particle) {
            if (!begins_capital(text, at) || is_cue(word.letters(), kNotNames)) break;
            ++name.words;
            name.span.end = name_word_end(text, at);
            at = name.span.end;
            // An initial: "S. Martin".
            if (word.size == 1 && byte_at(text, at) == '.') ++at;
        } else {
            at = word.end;
        }
        if (byte_at(text, at) != ' ' && byte_at(text, at) != '\'') break;
        ++at;
    }
    return name;
}

// What must stand before "nom", "ordre", "appeler" for them to announce a name.
bool is_announcement(std::string_view text, const FoldedWord& word) {
    const FoldedWord before = word_before(text, word.begin, 2);
    const std::string_view letters = word.letters();
    if (letters == "nom") {
        return before.letters() == "au" &&
               word_at(text, skip_spaces(text, word.end)).letters().starts_with("d");
    }
    if (letters == "ordre") return before.letters() == "l";
    if (letters == "appeler") return before.letters() == "fait" || before.letters() == "faisait";
    if (letters == "account") {
        const FoldedWord after = word_at(text, skip_spaces(text, word.end));
        return after.letters() == "holder" || after.letters() == "name";
    }
    if (letters == "name")
        return before.letters() == "account" || before.letters() == "beneficiary";
    return true;
}

} // namespace

std::size_t read_name(Scan& scan, std::size_t word_begin) {
    const std::string_view text = scan.text;
    const FoldedWord cue = word_at(text, word_begin);
    const std::size_t resume = std::max(cue.end, word_begin + 1);
    if (!is_announcement(text, cue)) return resume;
    std::size_t at = cue.end;
    bool colon = false;
    for (std::size_t steps = 0; steps < kConnectorsMax; ++steps) {
        at = skip_spaces(text, at);
        const char c = byte_at(text, at);
        if (c == ':' || c == '\'' || c == '"' || c == '(') {
            colon |= c == ':';
            ++at;
            continue;
        }
        const FoldedWord word = word_at(text, at);
        const bool capital =
            begins_capital(text, at) && at > cue.end + 2 && !is_cue(word.letters(), kConnectors);
        if (capital || word.size == 0 ||
            !(is_cue(word.letters(), kConnectors) || word.letters() == "holder")) {
            break;
        }
        at = word.end;
    }
    at = skip_titles(text, skip_spaces(text, at));
    const Name name = name_at(text, at);
    const std::string_view letters = cue.letters();
    const bool alone_is_enough = letters == "appeler" || colon;
    if (name.words == 0 || (name.words == 1 && !alone_is_enough)) return resume;
    if (name.words == 1 && name.span.end - name.span.begin < 3) return resume;
    auto value =
        normalise::parse_name(text.substr(name.span.begin, name.span.end - name.span.begin));
    if (!value || !scan.finds.add(IdentifierType::Name, name.span, *std::move(value), "name.cue",
                                  name.words > 1 ? 70U : 50U)) {
        return resume;
    }
    return name.span.end;
}

} // namespace engine::extract::scan

// Folding and hashing go together, one byte at a time, and the hash finds the class in an open
// table built by the compiler. A word that is in no class may have the hash of one that is: once
// in 4 thousand million words, and the price is one wrong cue.
#include "engine/extract/roles/words.hpp"

#include <algorithm>

namespace engine::extract::roles {
namespace {

// Letters go in by turning and mixing, two cycles each; one multiplication ends the word.
constexpr std::uint64_t add_letter(std::uint64_t hash, unsigned char letter) {
    return ((hash << 5) | (hash >> 59)) ^ letter;
}

constexpr std::uint32_t end_hash(std::uint64_t hash) {
    return static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15U) >> 32);
}

constexpr std::size_t kSlots = 4096;

struct ClassTable {
    std::array<std::uint32_t, kSlots> hash{};
    std::array<std::uint8_t, kSlots> word_class{};
};

constexpr std::size_t slot_of(std::uint32_t hash) {
    return (hash ^ (hash >> 15)) % kSlots;
}

// Throwing in a constant expression is a compile error: the vocabulary is checked here.
constexpr void add_word(ClassTable& table, std::string_view word, std::uint8_t word_class) {
    std::uint64_t letters = 0;
    for (const char letter : word) {
        const bool folded = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (!folded) throw "a word of the vocabulary is not folded";
        letters = add_letter(letters, static_cast<unsigned char>(letter));
    }
    const std::uint32_t hash = end_hash(letters);
    std::size_t slot = slot_of(hash);
    while (table.word_class[slot] != 0) {
        if (table.hash[slot] == hash) throw "a word of the vocabulary stands in it twice";
        slot = (slot + 1) % kSlots;
    }
    table.hash[slot] = hash;
    table.word_class[slot] = word_class;
}

constexpr ClassTable build_class_table() {
    ClassTable table;
    for (std::size_t i = 1; i < kWordClassCount; ++i) {
        std::string_view rest = kWordClasses[i].words;
        while (!rest.empty()) {
            const std::size_t space = std::min(rest.find(' '), rest.size());
            add_word(table, rest.substr(0, space), static_cast<std::uint8_t>(i));
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
    }
    return table;
}

constexpr ClassTable kClassTable = build_class_table();

std::uint8_t class_of(std::uint32_t hash) {
    std::size_t slot = slot_of(hash);
    while (kClassTable.word_class[slot] != 0) {
        if (kClassTable.hash[slot] == hash) return kClassTable.word_class[slot];
        slot = (slot + 1) % kSlots;
    }
    return 0;
}

// ASCII: the folded letter or digit, 0 for what separates words.
constexpr std::array<unsigned char, 256> kAsciiFold = [] {
    std::array<unsigned char, 256> fold{};
    for (unsigned char c = 'a'; c <= 'z'; ++c) fold[c] = c;
    for (unsigned char c = 'A'; c <= 'Z'; ++c) fold[c] = static_cast<unsigned char>(c - 'A' + 'a');
    for (unsigned char c = '0'; c <= '9'; ++c) fold[c] = c;
    return fold;
}();

// U+00C0 to U+00FF without accents ('*': × and ÷, not letters).
constexpr std::string_view kLatinFold =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty";

class WordReader {
public:
    WordReader(std::string_view text, std::size_t to, Words& out)
        : text_{text}, to_{to}, out_{out} {}

    void read(std::size_t from, std::span<const record::Mention> mentions);

private:
    std::size_t read_one(std::size_t place, std::size_t stop);
    std::size_t read_wide(std::size_t place);
    std::size_t read_general_punctuation(std::size_t place);
    void separate(std::size_t place, unsigned char sign);
    void add(unsigned char letter) {
        hash_ = add_letter(hash_, letter);
        ++length_;
    }
    void barrier(std::uint8_t sign) {
        end_word();
        before_ |= sign;
    }
    void end_word();
    bool sentence_ends(std::size_t place) const;
    unsigned char byte(std::size_t place) const {
        return place < text_.size() ? static_cast<unsigned char>(text_[place]) : '\0';
    }

    std::string_view text_;
    std::size_t to_;
    Words& out_;
    std::uint64_t hash_ = 0;
    std::size_t length_ = 0;
    std::size_t last_length_ = 0;
    std::uint8_t last_class_ = 0;
    std::uint8_t before_ = kNothing;
};

void WordReader::end_word() {
    if (length_ == 0) return;
    if (out_.count == kWindowWordsMax) { // keep the nearest: drop the older half
        std::copy(out_.at.begin() + kWindowWordsMax / 2, out_.at.end(), out_.at.begin());
        out_.count = kWindowWordsMax / 2;
    }
    last_class_ = class_of(end_hash(hash_));
    last_length_ = length_;
    out_.at[out_.count++] = {last_class_, before_};
    before_ = kNothing;
    hash_ = 0;
    length_ = 0;
}

// "M. Dupont", "tél. 06", "n. 12" and "3.5" do not end a sentence.
bool WordReader::sentence_ends(std::size_t place) const {
    const unsigned char next = byte(place + 1);
    const bool spaced = next <= ' ';
    const bool letter_follows = next >= 0x80 || kAsciiFold[next] >= 'a';
    if (!spaced && !letter_follows) return false;
    if (before_ != kNothing || out_.count == 0) return true;
    constexpr std::uint8_t tel = word_class("tel");
    constexpr std::uint8_t numero = word_class("numero");
    if (last_class_ == tel || last_class_ == numero) return false;
    return last_length_ > 2;
}

void WordReader::separate(std::size_t place, unsigned char sign) {
    end_word();
    switch (sign) {
    case ',':
    case ';':
    case '/':
    case '|': before_ |= kComma; break;
    case ':':
    case '=': before_ |= kColon; break;
    case '"': before_ |= kQuoteOpen; break;
    case '?': // "ton numéro ? 06…" asks about what follows
        before_ |= text_.find_first_not_of(' ', place + 1) >= to_ ? kColon : kSentence;
        break;
    case '!': before_ |= kSentence; break;
    case '\n': before_ |= (before_ & kLine) != 0 ? kSentence : kLine; break;
    case '.':
        if (byte(place + 1) == '.' || (place > 0 && byte(place - 1) == '.')) {
            before_ |= kComma; // an ellipsis hesitates, it does not conclude
        } else if (sentence_ends(place)) {
            before_ |= kSentence;
        }
        break;
    default: break;
    }
}

// U+2000 to U+203F: spaces, dashes, quotes, the ellipsis.
std::size_t WordReader::read_general_punctuation(std::size_t place) {
    switch (byte(place + 2)) {
    case 0x9C:
    case 0x9E: barrier(kQuoteOpen); break;
    case 0x9D: barrier(kQuoteClose); break;
    case 0xA6: barrier(kComma); break;
    case 0x8B:
    case 0x8C:
    case 0x8D: break; // zero width: inside a word
    default: end_word(); break;
    }
    return place + 3;
}

std::size_t WordReader::read_wide(std::size_t place) {
    const unsigned char lead = byte(place);
    const unsigned char next = byte(place + 1);
    const bool pair = (next & 0xC0) == 0x80;
    if (lead == 0xC3 && pair) {
        const char letter = kLatinFold[next & 0x3F];
        if (letter == '*') {
            end_word();
            return place + 2;
        }
        add(static_cast<unsigned char>(letter));
        if (next == 0x86 || next == 0xA6) add('e'); // æ
        return place + 2;
    }
    if (lead == 0xC5 && (next == 0x92 || next == 0x93)) { // œ
        add('o');
        add('e');
        return place + 2;
    }
    if (lead == 0xC2 && pair) {
        if (next == 0xB0 || next == 0xBA) add('o'); // n°, nº
        if (next == 0xAB) barrier(kQuoteOpen);
        if (next == 0xBB) barrier(kQuoteClose);
        if (next == 0xA0) end_word();
        return place + 2;
    }
    if (lead == 0xE2 && next == 0x80) return read_general_punctuation(place);
    if ((lead == 0xCC || lead == 0xCD) && pair) return place + 2; // combining accents
    if (lead >= 0xC0 && !pair) {                                  // Latin-1 left undecoded
        add(static_cast<unsigned char>(kLatinFold[lead & 0x3F]));
        return place + 1;
    }
    if (lead >= 0xF0) { // emoji and other planes separate
        end_word();
        return place + 4;
    }
    if (lead >= 0xC0) {
        add(lead);
        return place + 2;
    }
    return place + 1;
}

// A run of ASCII letters, or one sign, or one wide letter.
std::size_t WordReader::read_one(std::size_t place, std::size_t stop) {
    const std::size_t first = place;
    std::uint64_t hash = hash_;
    while (place < stop) {
        const unsigned char letter = kAsciiFold[static_cast<unsigned char>(text_[place])];
        if (letter == 0) break;
        hash = add_letter(hash, letter);
        ++place;
    }
    hash_ = hash;
    length_ += place - first;
    if (place == stop) return place;
    const unsigned char sign = static_cast<unsigned char>(text_[place]);
    if (sign >= 0x80) return read_wide(place);
    if (sign == ' ') {
        end_word();
    } else {
        separate(place, sign);
    }
    return place + 1;
}

void WordReader::read(std::size_t from, std::span<const record::Mention> mentions) {
    auto next = mentions.begin();
    std::size_t place = from;
    while (place < to_) {
        while (next != mentions.end() && next->end <= place) ++next;
        const std::size_t stop =
            next == mentions.end() ? to_ : std::min<std::size_t>(next->start, to_);
        while (place < stop) place = read_one(place, stop);
        if (next == mentions.end() || place >= to_) break;
        barrier(kMention);
        place = std::max<std::size_t>(place, next->end);
        ++next;
    }
    end_word();
    out_.after = before_;
}

} // namespace

void read_words(std::string_view text, std::size_t from, std::size_t to,
                std::span<const record::Mention> mentions, Words& out) {
    out.count = 0;
    to = std::min(to, text.size());
    // Begin with a whole word.
    if (from > 0) {
        while (from < to && static_cast<unsigned char>(text[from]) > ' ' &&
               static_cast<unsigned char>(text[from - 1]) > ' ') {
            ++from;
        }
    }
    WordReader{text, to, out}.read(from, mentions);
}

} // namespace engine::extract::roles

// "zéro six douze trente-quatre…": telephone numbers in words, French and English.
#include "engine/extract/scan/numbers.hpp"
#include "engine/extract/scan/words.hpp"
#include "engine/normalise/phone.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

struct NumberWord {
    std::string_view letters;
    unsigned value;
};

constexpr NumberWord kNumberWords[]{
    {"zero", 0},      {"un", 1},        {"une", 1},        {"deux", 2},      {"trois", 3},
    {"quatre", 4},    {"cinq", 5},      {"six", 6},        {"sept", 7},      {"huit", 8},
    {"neuf", 9},      {"dix", 10},      {"onze", 11},      {"douze", 12},    {"treize", 13},
    {"quatorze", 14}, {"quinze", 15},   {"seize", 16},     {"vingt", 20},    {"vingts", 20},
    {"trente", 30},   {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70},
    {"huitante", 80}, {"octante", 80},  {"nonante", 90},   {"one", 1},       {"two", 2},
    {"three", 3},     {"four", 4},      {"five", 5},       {"seven", 7},     {"eight", 8},
    {"nine", 9},      {"oh", 0},
};

constexpr std::size_t kWordsMax = 40; // ten pairs in French are at most thirty words
constexpr std::size_t kSpokenDigitsMin = 10;
constexpr std::size_t kSpokenDigitsMax = 15;

const NumberWord* number_word(std::string_view letters) {
    const auto* const found = std::ranges::find(kNumberWords, letters, &NumberWord::letters);
    return found == std::end(kNumberWords) ? nullptr : found;
}

// Reads words one after the other and writes digits; pairs are completed as they are heard.
class Listener {
public:
    // False when the word cannot belong to the number.
    bool hear(const FoldedWord& word) {
        const std::string_view letters = word.letters();
        if (letters == "et" && pending_ >= 20) return true; // "vingt et un"
        if (is(letters[0], kDigit)) return hear_digits(letters);
        const NumberWord* const known = number_word(letters);
        if (known == nullptr) return false;
        const unsigned value = known->value;
        const bool completes =
            pending_ == 4 && value == 20 && last_was_four_
                ? true
                : pending_ >= 20 &&
                      ((value >= 1 && value <= 9 && pending_ % 10 == 0) ||
                       ((pending_ == 60 || pending_ == 80) && value >= 10 && value <= 16));
        if (pending_ == 4 && value == 20) {
            pending_ = 80; // "quatre-vingt"
        } else if (completes) {
            pending_ += static_cast<int>(value);
        } else if ((pending_ == 70 || pending_ == 90) && value >= 7 && value <= 9) {
            pending_ += static_cast<int>(value); // "soixante-dix-huit"
        } else if (pending_ == 10 && value >= 7 && value <= 9) {
            pending_ += static_cast<int>(value); // "dix-sept"
        } else {
            finish();
            pending_ = static_cast<int>(value);
        }
        last_was_four_ = value == 4;
        return size_ <= kSpokenDigitsMax;
    }
    void finish() {
        if (pending_ < 0) return;
        if (pending_ >= 10) put(pending_ / 10);
        put(pending_ % 10);
        pending_ = -1;
    }
    [[nodiscard]] std::string_view digits() const { return {bytes_.data(), size_}; }

private:
    bool hear_digits(std::string_view letters) {
        finish();
        for (const char c : letters) {
            if (!is(c, kDigit)) return false;
            put(c - '0');
        }
        return size_ <= kSpokenDigitsMax;
    }
    void put(int digit) {
        if (size_ < bytes_.size()) bytes_[size_++] = static_cast<char>('0' + digit);
    }

    std::array<char, 2 * kSpokenDigitsMax> bytes_{};
    std::size_t size_ = 0;
    int pending_ = -1;
    bool last_was_four_ = false;
};

} // namespace

std::size_t read_spoken_number(Scan& scan, std::size_t word) {
    const std::string_view text = scan.text;
    std::size_t begin = word;
    const FoldedWord first = word_at(text, word);
    const FoldedWord before = word_before(text, word, 2);
    const bool plus = before.letters() == "plus" || (word >= 1 && text[word - 1] == '+');
    if (first.letters() != "zero" && !plus) return word + 1;
    if (plus) begin = before.letters() == "plus" ? before.begin : word - 1;

    Listener listener;
    std::size_t at = word;
    std::size_t end = word;
    for (std::size_t words = 0; words < kWordsMax; ++words) {
        const FoldedWord heard = word_at(text, at);
        Listener ahead = listener;
        if (heard.size == 0 || !ahead.hear(heard)) break;
        Listener complete = ahead;
        complete.finish();
        if (!plus && complete.digits().size() > kSpokenDigitsMin && listener.digits().size() < 12) {
            Listener enough = listener;
            enough.finish();
            if (enough.digits().size() == kSpokenDigitsMin) break; // another number follows
        }
        listener = ahead;
        end = at = heard.end;
        for (std::size_t gap = 0; gap < 3; ++gap) { // ", ", "-", " "
            const char c = byte_at(text, at);
            if (c == ' ' || c == '-' || c == ',' || c == '.' || c == '\n') ++at;
        }
    }
    listener.finish();
    const std::string_view digits = listener.digits();
    if (digits.size() < kSpokenDigitsMin || digits.size() > kSpokenDigitsMax) return word + 1;
    const bool international = plus || digits.starts_with("00");
    auto number = international
                      ? normalise::parse_e164_digits(digits.substr(plus ? 0 : 2))
                      : normalise::parse_national_digits(digits, scan.policy.assumed_country);
    if (!number || !scan.finds.add(IdentifierType::Phone, {begin, end}, std::move(number->e164),
                                   "phone.spoken", 85)) {
        return word + 1;
    }
    return end;
}

} // namespace engine::extract::scan

#include "engine/normalise/numbering/written.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace engine::normalise::numbering {
namespace {

constexpr std::size_t kFieldBytesMax = 512; // a field that holds a number is shorter
constexpr std::size_t kRunsMax = 16;

enum class Sign : std::uint8_t { Digit, Plus, Separator, Open, Close, Slash, LetterO, Other };

struct Character {
    Sign sign = Sign::Other;
    char digit = '0';
};

bool is_letter_o(UChar32 c) {
    // Latin, and its doubles in Greek and Cyrillic.
    return c == 'o' || c == 'O' || c == 0x039F || c == 0x03BF || c == 0x041E || c == 0x043E;
}

bool is_separating_mark(UChar32 c) {
    constexpr std::u32string_view kMarks = U".-_~*\\'`·•․‧∙⋅−．。｡～";
    return kMarks.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

Sign sign_of_category(UChar32 c) {
    switch (u_charType(c)) {
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_DASH_PUNCTUATION:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK: return Sign::Separator;
    case U_START_PUNCTUATION: return Sign::Open;
    case U_END_PUNCTUATION: return Sign::Close;
    default: return Sign::Other;
    }
}

Character read(UChar32 c) {
    if (c < 0) return {};
    const int digit = u_charDigitValue(c);
    if (digit >= 0) return {Sign::Digit, static_cast<char>('0' + digit)};
    if (c == '+' || c == 0xFF0B || c == 0xFE62 || c == 0x207A) return {Sign::Plus};
    if (c == '/' || c == 0xFF0F || c == 0x2044 || c == '\n') return {Sign::Slash};
    if (is_letter_o(c)) return {Sign::LetterO};
    if (is_separating_mark(c)) return {Sign::Separator};
    return {sign_of_category(c)};
}

std::vector<Character> characters_of(std::string_view field) {
    field = field.substr(0, kFieldBytesMax);
    std::vector<Character> characters;
    characters.reserve(field.size());
    const auto size = static_cast<int32_t>(field.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(field.data());
    for (int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, at, size, c);
        characters.push_back(read(c));
    }
    return characters;
}

// An O is a zero when digits touch it ("O6", "1O"), or when a pair stands alone after digits
// ("06 12 OO"); never inside a word ("ou", "no").
void read_letter_o(std::vector<Character>& characters) {
    bool after_digit = false;
    for (std::size_t begin = 0; begin < characters.size();) {
        if (characters[begin].sign != Sign::LetterO) {
            after_digit |= characters[begin].sign == Sign::Digit;
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < characters.size() && characters[end].sign == Sign::LetterO) ++end;
        const Sign before = begin == 0 ? Sign::Separator : characters[begin - 1].sign;
        const Sign after = end == characters.size() ? Sign::Separator : characters[end].sign;
        const bool in_word = before == Sign::Other || after == Sign::Other;
        const bool touches = before == Sign::Digit || after == Sign::Digit;
        const bool zero = !in_word && (touches || (after_digit && end - begin >= 2));
        for (; begin < end; ++begin) characters[begin].sign = zero ? Sign::Digit : Sign::Other;
    }
}

// Gathers the characters of one run after the other.
class Runs {
public:
    explicit Runs(Slash slash) : slash_{slash} {}

    void take(Character character) {
        switch (character.sign) {
        case Sign::Digit: take_digit(character.digit); return;
        case Sign::Plus:
            end_run();
            run_.international = true;
            return;
        case Sign::Open: opened_at_ = run_.size; return;
        case Sign::Close: take_close(); return;
        case Sign::Separator: return;
        case Sign::Slash:
            if (slash_ == Slash::BetweenNumbers) end_run();
            return;
        case Sign::LetterO:
        case Sign::Other: end_run(); return;
        }
    }

    std::vector<WrittenNumber> finish() {
        end_run();
        return std::move(found_);
    }

private:
    void take_digit(char digit) {
        if (run_.size < kWrittenDigitsMax) run_.bytes[run_.size++] = digit;
    }
    void take_close() {
        if (opened_at_ && run_.size == *opened_at_ + 1 && run_.bytes[*opened_at_] == '0') {
            run_.trunk_zero = opened_at_;
        }
        opened_at_.reset();
    }
    void end_run() {
        if (run_.size > 0 && found_.size() < kRunsMax) found_.push_back(run_);
        run_ = {};
        opened_at_.reset();
    }

    Slash slash_;
    WrittenNumber run_;
    std::optional<std::size_t> opened_at_;
    std::vector<WrittenNumber> found_;
};

} // namespace

std::vector<WrittenNumber> written_numbers(std::string_view field, Slash slash) {
    std::vector<Character> characters = characters_of(field);
    read_letter_o(characters);
    Runs runs{slash};
    for (const Character character : characters) runs.take(character);
    return runs.finish();
}

} // namespace engine::normalise::numbering

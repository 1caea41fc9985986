// Sources: SWIFT IBAN Registry (columns "BBAN" and its notes), European Committee for Banking
// Standards TR 201 (Register of European Account Numbers), and the decree or central bank named
// at each rule. A country is here only when all its banks use the rule.
#include "engine/normalise/bank/national_keys.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace engine::normalise::bank {
namespace {

using Table = std::array<std::uint8_t, 256>;

template <class Of> constexpr Table table(Of of) {
    Table values{};
    for (unsigned c = '0'; c <= '9'; ++c) values[c] = static_cast<std::uint8_t>(of(c));
    for (unsigned c = 'A'; c <= 'Z'; ++c) values[c] = static_cast<std::uint8_t>(of(c));
    return values;
}

// ISO 13616-1: A is 10 … Z is 35, two digits.
constexpr Table kValues = table([](unsigned c) { return c >= 'A' ? c - 'A' + 10 : c - '0'; });
constexpr Table kScales = table([](unsigned c) { return c >= 'A' ? 100U : 10U; });
// Banque de France: A and J are 1, B, K and S are 2 … Z is 9.
constexpr Table kRibDigits = table([](unsigned c) {
    if (c >= 'S') return c - 'S' + 2;
    return c >= 'A' ? (c - 'A') % 9 + 1 : c - '0';
});

constexpr std::size_t kChunk = 8;
constexpr std::uint64_t kChunkScale = 100'000'000;

// The number that eight digits write, in three multiplications: pairs, fours, then all of them.
std::optional<std::uint64_t> eight_digits(const char* text) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, kChunk);
    bytes -= 0x3030303030303030;
    if (((bytes | (bytes + 0x7676767676767676)) & 0x8080808080808080) != 0) return std::nullopt;
    bytes = (bytes * 10 + (bytes >> 8U)) & 0x00FF00FF00FF00FF;
    bytes = (bytes * 100 + (bytes >> 16U)) & 0x0000FFFF0000FFFF;
    return (bytes * 10000 + (bytes >> 32U)) & 0xFFFFFFFF;
}

// No overflow below 97 × 100^8.
std::uint64_t with_character(std::uint64_t value, char c) {
    const auto byte = static_cast<unsigned char>(c);
    return kScales[byte] * value + kValues[byte];
}

unsigned digit(char c) {
    return static_cast<unsigned>(c - '0');
}

using Check = bool (*)(std::string_view bban, unsigned remainder);

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

// Of digits and upper-case letters: only these have the bit 0x40 in ASCII.
bool has_letters(std::string_view text) {
    unsigned bits = 0;
    for (const char c : text) bits |= static_cast<unsigned char>(c);
    return (bits & 0x40U) != 0;
}

unsigned weighted_sum(std::string_view digits, std::span<const std::uint8_t> weights) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += digit(digits[i]) * weights[i];
    return sum;
}

// ISO 7064 MOD 97-10 within the BBAN: check digits at the end make the remainder 1.
bool ends_in_mod_97(std::string_view bban, unsigned remainder) {
    // North Macedonia allows letters and gives them no value.
    return remainder == 1 || has_letters(bban);
}

// Belgium: the first ten digits modulo 97, where 0 is written 97 (Febelfin).
bool belgian(std::string_view bban, unsigned) {
    const unsigned remainder = remainder_97(bban.substr(0, 10));
    return 10 * digit(bban[10]) + digit(bban[11]) == (remainder == 0 ? 97 : remainder);
}

// Spain: one digit for bank and branch, one for the account (Código Cuenta Cliente).
bool spanish(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 10> kWeights{1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
    const auto check = [](unsigned sum) {
        const unsigned value = 11 - sum % 11;
        return value == 11 ? 0U : value == 10 ? 1U : value;
    };
    const std::span weights{kWeights};
    return digit(bban[8]) == check(weighted_sum(bban.substr(0, 8), weights.subspan(2))) &&
           digit(bban[9]) == check(weighted_sum(bban.substr(10), weights));
}

// Italy and San Marino: the control letter CIN (ABI, circular on bank co-ordinates).
bool italian(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 26> kOddPlaces{1,  0,  5,  7,  9,  13, 15, 17, 19,
                                                      21, 2,  4,  18, 20, 11, 3,  6,  8,
                                                      12, 14, 16, 10, 22, 25, 24, 23};
    unsigned sum = 0;
    for (std::size_t i = 1; i < bban.size(); ++i) {
        const char c = bban[i];
        const unsigned value = is_letter(c) ? static_cast<unsigned>(c - 'A') : digit(c);
        sum += i % 2 == 1 ? kOddPlaces[value] : value;
    }
    return static_cast<unsigned>(bban[0] - 'A') == sum % 26;
}

// Finland: Luhn over the fourteen digits (Finance Finland, account numbers in electronic form).
bool finnish(std::string_view bban, unsigned) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < bban.size(); ++i) {
        const unsigned value = digit(bban[i]) << (i % 2 == 0 ? 1U : 0U);
        sum += value / 10 + value % 10;
    }
    return sum % 10 == 0;
}

// Norway: modulo 11 with weights 5432765432 (Bits, kontonummer).
bool norwegian(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 11> kWeights{5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    return weighted_sum(bban, kWeights) % 11 == 0;
}

// Estonia: weights 7, 3, 1 from the right, bank code left out (Estonian Banking Association).
bool estonian(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 14> kWeights{7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1};
    return weighted_sum(bban.substr(2), kWeights) % 10 == 0;
}

// Poland: eighth digit of the bank number (Narodowy Bank Polski, numery rozliczeniowe).
bool polish(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 8> kWeights{3, 9, 7, 1, 3, 9, 7, 1};
    return weighted_sum(bban.substr(0, 8), kWeights) % 10 == 0;
}

// Albania: eighth digit of bank and branch (Bank of Albania, regulation on the IBAN).
bool albanian(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 8> kWeights{9, 7, 3, 1, 9, 7, 3, 1};
    return weighted_sum(bban.substr(0, 8), kWeights) % 10 == 0;
}

// Hungary: bank and branch end in a check digit, so does the account (MNB, GIRO numbers).
bool hungarian(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 16> kWeights{9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1};
    return weighted_sum(bban.substr(0, 8), kWeights) % 10 == 0 &&
           weighted_sum(bban.substr(8), kWeights) % 10 == 0;
}

// Czechia and Slovakia: modulo 11 of the prefix and of the account (decree 169/2011 Coll.).
bool czech(std::string_view bban, unsigned) {
    constexpr std::array<std::uint8_t, 10> kWeights{6, 3, 7, 9, 10, 5, 8, 4, 2, 1};
    const std::span weights{kWeights};
    return weighted_sum(bban.substr(4, 6), weights.subspan(4)) % 11 == 0 &&
           weighted_sum(bban.substr(10), weights) % 11 == 0;
}

// ISO 7064 MOD 11,10.
bool ends_in_mod_11_10(std::string_view digits) {
    unsigned product = 10;
    for (const char c : digits.substr(0, digits.size() - 1)) {
        const unsigned sum = (digit(c) + product) % 10;
        product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    return (product + digit(digits.back())) % 10 == 1;
}

// Croatia: bank (VBDI) and account each end in a check digit (HNB decision on account numbers).
bool croatian(std::string_view bban, unsigned) {
    return ends_in_mod_11_10(bban.substr(0, 7)) && ends_in_mod_11_10(bban.substr(7));
}

// Tunisia and Mauritania: key of two digits, the whole a multiple of 97, as in a French RIB.
bool multiple_of_97(std::string_view, unsigned remainder) {
    return remainder == 0;
}

// France and Monaco: without letters, a RIB is read as the mod 97 of the IBAN reads it.
bool french(std::string_view bban, unsigned remainder) {
    return has_letters(bban) ? has_right_rib_key(bban) : remainder == 0;
}

struct NationalRule {
    std::array<char, 2> country;
    Check holds;
};

constexpr NationalRule kRules[]{
    {{'F', 'R'}, french},         {{'M', 'C'}, french},         {{'B', 'E'}, belgian},
    {{'E', 'S'}, spanish},        {{'I', 'T'}, italian},        {{'S', 'M'}, italian},
    {{'P', 'T'}, ends_in_mod_97}, {{'S', 'I'}, ends_in_mod_97}, {{'B', 'A'}, ends_in_mod_97},
    {{'M', 'E'}, ends_in_mod_97}, {{'M', 'K'}, ends_in_mod_97}, {{'R', 'S'}, ends_in_mod_97},
    {{'T', 'L'}, ends_in_mod_97}, {{'X', 'K'}, ends_in_mod_97}, {{'F', 'I'}, finnish},
    {{'N', 'O'}, norwegian},      {{'E', 'E'}, estonian},       {{'P', 'L'}, polish},
    {{'A', 'L'}, albanian},       {{'H', 'U'}, hungarian},      {{'C', 'Z'}, czech},
    {{'S', 'K'}, czech},          {{'H', 'R'}, croatian},       {{'T', 'N'}, multiple_of_97},
    {{'M', 'R'}, multiple_of_97},
};

} // namespace

bool has_right_national_key(std::string_view iban, unsigned remainder) {
    for (const NationalRule& rule : kRules) {
        if (rule.country[0] == iban[0] && rule.country[1] == iban[1]) {
            return rule.holds(iban.substr(4), remainder);
        }
    }
    return true;
}

bool has_right_rib_key(std::string_view rib) {
    std::uint64_t value = 0;
    for (const char c : rib) {
        value = 10 * value + kRibDigits[static_cast<unsigned char>(c)];
        if (value > UINT64_MAX / 20) value %= 97;
    }
    return value % 97 == 0;
}

unsigned remainder_97(std::string_view text, unsigned before) {
    std::uint64_t value = before;
    for (; text.size() >= kChunk; text.remove_prefix(kChunk)) {
        if (const auto number = eight_digits(text.data())) {
            value = value * kChunkScale + *number;
        } else {
            for (const char c : text.substr(0, kChunk)) value = with_character(value, c);
        }
        value %= 97;
    }
    for (const char c : text) value = with_character(value, c);
    return static_cast<unsigned>(value % 97);
}

} // namespace engine::normalise::bank

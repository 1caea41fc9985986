// BIP 173, BIP 350 and the CashAddr specification share an alphabet and the idea of a BCH code; the
// generators are those of the documents.
#include "engine/normalise/digest/encoding.hpp"

#include <algorithm>
#include <array>

namespace engine::normalise::digest {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::uint8_t kNotADigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kDigits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNotADigit);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}();

constexpr std::size_t kChecksumQuintets = 6;
constexpr std::size_t kCashChecksumQuintets = 8;
constexpr std::size_t kCharactersMax = 1024;
constexpr std::uint32_t kBech32Residue = 1;
constexpr std::uint32_t kBech32mResidue = 0x2BC830A3;

constexpr std::array<std::uint32_t, 5> kGenerator{0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD,
                                                  0x2A1462B3};
constexpr std::array<std::uint64_t, 5> kCashGenerator{0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4,
                                                      0xAE2EABE2A8, 0x1E4F43E470};

void absorb(std::uint32_t& residue, std::uint32_t quintet) {
    const std::uint32_t top = residue >> 25;
    residue = (residue & 0x1FFFFFFU) << 5 ^ quintet;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
        if ((top >> i & 1U) != 0) residue ^= kGenerator[i];
    }
}

void absorb_cash(std::uint64_t& residue, std::uint64_t quintet) {
    const std::uint64_t top = residue >> 35;
    residue = (residue & 0x7FFFFFFFFU) << 5 ^ quintet;
    for (std::size_t i = 0; i < kCashGenerator.size(); ++i) {
        if ((top >> i & 1U) != 0) residue ^= kCashGenerator[i];
    }
}

// The text in lower case; nothing when both cases occur or a character cannot be printed.
std::optional<std::string> in_one_case(std::string_view text) {
    std::string lower{text};
    bool has_lower = false;
    bool has_upper = false;
    for (char& c : lower) {
        if (c < 33 || c > 126) return std::nullopt;
        has_lower = has_lower || (c >= 'a' && c <= 'z');
        if (c < 'A' || c > 'Z') continue;
        has_upper = true;
        c = static_cast<char>(c + ('a' - 'A'));
    }
    if (has_lower && has_upper) return std::nullopt;
    return lower;
}

std::optional<std::vector<std::uint8_t>> quintets_of(std::string_view text) {
    std::vector<std::uint8_t> quintets;
    quintets.reserve(text.size());
    for (const char c : text) {
        const std::uint8_t digit = kDigits[static_cast<unsigned char>(c)];
        if (digit == kNotADigit) return std::nullopt;
        quintets.push_back(digit);
    }
    return quintets;
}

} // namespace

std::optional<Bech32> bech32_decode(std::string_view text) {
    if (text.size() > kCharactersMax) return std::nullopt;
    const std::optional<std::string> lower = in_one_case(text);
    if (!lower) return std::nullopt;
    const std::size_t separator = lower->rfind('1');
    if (separator == std::string::npos || separator == 0) return std::nullopt;
    std::optional<std::vector<std::uint8_t>> quintets =
        quintets_of(std::string_view{*lower}.substr(separator + 1));
    if (!quintets || quintets->size() < kChecksumQuintets) return std::nullopt;

    std::uint32_t residue = 1;
    for (std::size_t i = 0; i < separator; ++i) {
        absorb(residue, static_cast<unsigned char>((*lower)[i]) >> 5);
    }
    absorb(residue, 0);
    for (std::size_t i = 0; i < separator; ++i) {
        absorb(residue, static_cast<unsigned char>((*lower)[i]) & 31U);
    }
    for (const std::uint8_t quintet : *quintets) absorb(residue, quintet);
    if (residue != kBech32Residue && residue != kBech32mResidue) return std::nullopt;

    quintets->resize(quintets->size() - kChecksumQuintets);
    return Bech32{residue == kBech32Residue ? Bech32Kind::Bech32 : Bech32Kind::Bech32m,
                  lower->substr(0, separator), *std::move(quintets)};
}

std::optional<std::vector<std::uint8_t>> cashaddr_decode(std::string_view prefix,
                                                         std::string_view text) {
    if (text.size() > kCharactersMax) return std::nullopt;
    const std::optional<std::string> lower = in_one_case(text);
    if (!lower) return std::nullopt;
    std::optional<std::vector<std::uint8_t>> quintets = quintets_of(*lower);
    if (!quintets || quintets->size() < kCashChecksumQuintets) return std::nullopt;
    std::uint64_t residue = 1;
    for (const char c : prefix) absorb_cash(residue, static_cast<unsigned char>(c) & 31U);
    absorb_cash(residue, 0);
    for (const std::uint8_t quintet : *quintets) absorb_cash(residue, quintet);
    if (residue != 1) return std::nullopt;
    quintets->resize(quintets->size() - kCashChecksumQuintets);
    return quintets;
}

std::optional<std::vector<std::uint8_t>> bytes_of_quintets(const std::uint8_t* first,
                                                           const std::uint8_t* last) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (; first != last; ++first) {
        bits = (bits << 5 | *first) & 0xFFFU;
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> count));
        }
    }
    if (count >= 5 || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
    return bytes;
}

} // namespace engine::normalise::digest

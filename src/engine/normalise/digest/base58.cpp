#include "engine/normalise/digest/encoding.hpp"

#include "engine/normalise/digest/digest.hpp"

#include <algorithm>
#include <array>

namespace engine::normalise::digest {
namespace {

constexpr std::string_view kBitcoinAlphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kRippleAlphabet =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

constexpr std::uint8_t kNotADigit = 0xFF;
using Digits = std::array<std::uint8_t, 256>;

constexpr Digits digits_of(std::string_view alphabet) {
    Digits digits{};
    digits.fill(kNotADigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr Digits kBitcoinDigits = digits_of(kBitcoinAlphabet);
constexpr Digits kRippleDigits = digits_of(kRippleAlphabet);

// Bytes that a block of so many characters stands for, -1 when no block has that size.
constexpr std::array<int, 12> kBlockBytes{0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8};

std::optional<std::uint64_t> block_value(std::string_view block, int bytes) {
    unsigned __int128 value = 0;
    for (const char c : block) {
        const std::uint8_t digit = kBitcoinDigits[static_cast<unsigned char>(c)];
        if (digit == kNotADigit) return std::nullopt;
        value = value * 58 + digit;
    }
    if (value >> (8 * bytes) != 0) return std::nullopt;
    return static_cast<std::uint64_t>(value);
}

} // namespace

bool is_base58(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return kBitcoinDigits[static_cast<unsigned char>(c)] != kNotADigit; });
}

std::optional<std::vector<std::uint8_t>> base58_decode(std::string_view text, Alphabet alphabet) {
    if (text.empty() || text.size() > kBase58CharactersMax) return std::nullopt;
    const Digits& digits = alphabet == Alphabet::Bitcoin ? kBitcoinDigits : kRippleDigits;
    std::array<std::uint32_t, kBase58CharactersMax / 5 + 1> limbs{}; // little end first
    std::size_t used = 0;
    for (const char c : text) {
        std::uint64_t carry = digits[static_cast<unsigned char>(c)];
        if (carry == kNotADigit) return std::nullopt;
        for (std::size_t i = 0; i < used; ++i) {
            carry += std::uint64_t{limbs[i]} * 58;
            limbs[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) limbs[used++] = static_cast<std::uint32_t>(carry);
    }
    std::vector<std::uint8_t> bytes(4 * used);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[bytes.size() - 1 - i] = static_cast<std::uint8_t>(limbs[i / 4] >> (8 * (i % 4)));
    }
    const auto first = std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte != 0; });
    bytes.erase(bytes.begin(), first);
    const char zero = alphabet == Alphabet::Bitcoin ? kBitcoinAlphabet[0] : kRippleAlphabet[0];
    const std::size_t zeros = std::min(text.find_first_not_of(zero), text.size());
    bytes.insert(bytes.begin(), zeros, 0);
    return bytes;
}

std::optional<std::vector<std::uint8_t>> base58_decode_blocks(std::string_view text) {
    if (text.empty() || text.size() > kBase58CharactersMax) return std::nullopt;
    std::vector<std::uint8_t> bytes;
    while (!text.empty()) {
        const std::string_view block = text.substr(0, 11);
        const int size = kBlockBytes[block.size()];
        if (size < 0) return std::nullopt;
        const std::optional<std::uint64_t> value = block_value(block, size);
        if (!value) return std::nullopt;
        for (int i = size - 1; i >= 0; --i) {
            bytes.push_back(static_cast<std::uint8_t>(*value >> (8 * i)));
        }
        text.remove_prefix(block.size());
    }
    return bytes;
}

std::optional<CheckedBytes> base58check_decode(std::string_view text, Alphabet alphabet) {
    std::optional<std::vector<std::uint8_t>> bytes = base58_decode(text, alphabet);
    constexpr std::size_t kChecksumBytes = 4;
    if (!bytes || bytes->size() <= kChecksumBytes) return std::nullopt;
    const std::size_t size = bytes->size() - kChecksumBytes;
    const Digest digest = sha256_twice({bytes->data(), size});
    const bool is_right = std::equal(bytes->begin() + static_cast<std::ptrdiff_t>(size),
                                     bytes->end(), digest.begin());
    bytes->resize(size);
    return CheckedBytes{*std::move(bytes), is_right};
}

} // namespace engine::normalise::digest

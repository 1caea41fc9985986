// Ethereum: EIP-55. TON: "Smart contract addresses", user-friendly form (TEP-2).
#include "engine/normalise/chains/chains.hpp"
#include "engine/normalise/digest/base64.hpp"
#include "engine/normalise/digest/digest.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/percent.hpp"

#include <algorithm>
#include <array>

namespace engine::normalise::chains {
namespace {

constexpr std::size_t kEthereumDigits = 40;
constexpr std::size_t kTonCharacters = 48;
constexpr std::size_t kTonBytes = 36; // tag, workchain, 32 of hash, CRC-16

// Upper-case letters stand where the Keccak hash of the lower-case digits has a nibble above 7.
bool is_eip55(std::string_view digits, const std::string& lower) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(lower.data());
    const digest::Digest hash = digest::keccak256({bytes, lower.size()});
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (lower[i] <= '9') continue;
        const unsigned nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15U;
        if ((nibble > 7) != (digits[i] != lower[i])) return false;
    }
    return true;
}

} // namespace

Parsed parse_ethereum(std::string_view text) {
    const std::string_view digits = text.substr(2);
    if (digits.size() != kEthereumDigits) return refuse(WalletRefusal::WrongLength);
    if (!std::ranges::all_of(digits, [](char c) { return hex_digit(c) >= 0; })) {
        return refuse(WalletRefusal::WrongCharacter);
    }
    const std::string lower = lower_ascii(digits);
    const bool is_lower = lower == digits;
    const bool is_upper = std::ranges::none_of(digits, [](char c) { return c >= 'a'; });
    if (!is_lower && !is_upper && !is_eip55(digits, lower)) {
        return refuse(WalletRefusal::WrongChecksum);
    }
    return WalletAddress{Chain::Ethereum, "0x" + lower};
}

Parsed parse_ton(std::string_view text) {
    if (text.size() != kTonCharacters) return refuse(WalletRefusal::WrongLength);
    std::array<std::uint8_t, kTonBytes> bytes{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int digit = digest::base64_digit(text[i]);
        if (digit < 0) return refuse(WalletRefusal::WrongCharacter);
        const std::size_t bit = 6 * i;
        const unsigned shifted = static_cast<unsigned>(digit) << (10 - bit % 8); // over two bytes
        bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | shifted >> 8);
        if (bit / 8 + 1 < kTonBytes) {
            bytes[bit / 8 + 1] = static_cast<std::uint8_t>(bytes[bit / 8 + 1] | (shifted & 255U));
        }
    }
    constexpr std::uint8_t kBounceable = 0x11;
    constexpr std::uint8_t kNotBounceable = 0x51;
    constexpr std::uint8_t kBasechain = 0;
    constexpr std::uint8_t kMasterchain = 0xFF;
    const bool has_tag = bytes[0] == kBounceable || bytes[0] == kNotBounceable;
    const bool has_chain = bytes[1] == kBasechain || bytes[1] == kMasterchain;
    if (!has_tag || !has_chain) return refuse(WalletRefusal::NotAnAddress);
    const std::uint16_t expected = digest::crc16_xmodem({bytes.data(), kTonBytes - 2});
    if (bytes[kTonBytes - 2] != expected >> 8 || bytes[kTonBytes - 1] != (expected & 255U)) {
        return refuse(WalletRefusal::WrongChecksum);
    }
    std::string address{text};
    std::ranges::replace(address, '+', '-');
    std::ranges::replace(address, '/', '_');
    return WalletAddress{Chain::Ton, std::move(address)};
}

} // namespace engine::normalise::chains

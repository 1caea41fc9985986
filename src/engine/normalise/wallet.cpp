// The first character and the length leave at most one way of writing for nearly every text, and
// none for words: those are refused before anything is decoded.
#include "engine/normalise/wallet.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/chains/chains.hpp"
#include "engine/normalise/digest/encoding.hpp"

#include <array>

namespace engine::normalise {
namespace {

using chains::Parsed;

constexpr std::size_t kAddressMin = 14;  // "bc1sw50qgdz25j", the shortest witness program
constexpr std::size_t kAddressMax = 512; // Zcash's unified addresses grow with their receivers

// Base58 of 25 bytes of hash: 26 to 35 characters (36 leaves room for the sentence's full stop).
constexpr std::size_t kHashCharactersMin = 25;
constexpr std::size_t kHashCharactersMax = 36;
constexpr std::size_t kCashAddrCharacters = 42;
constexpr std::size_t kSolanaCharactersMin = 42; // fewer happen once in 10,000 keys
constexpr std::size_t kSolanaCharactersMax = 44;
constexpr std::size_t kTonCharacters = 48;
constexpr std::size_t kByronCharactersMin = 57;
constexpr std::size_t kMoneroCharacters = 95;
constexpr std::size_t kMoneroIntegratedCharacters = 106;

// BIP 21 and its kin: "bitcoin:1…?amount=…". CashAddr's prefix is part of the address.
std::string_view without_scheme(std::string_view text) {
    constexpr auto kSchemes = std::to_array<std::string_view>(
        {"bitcoin:", "litecoin:", "ethereum:", "dogecoin:", "dash:", "monero:", "zcash:", "ripple:",
         "tron:", "solana:", "cardano:", "web+cardano:", "ton://transfer/"});
    if (text.substr(0, 15).find(':') == std::string_view::npos) return text;
    for (const std::string_view scheme : kSchemes) {
        if (!starts_with_lower(text, scheme)) continue;
        text.remove_prefix(scheme.size());
        return text.substr(0, text.find_first_of("?@"));
    }
    return text;
}

bool has_bech32_prefix(std::string_view text) {
    constexpr auto kPrefixes =
        std::to_array<std::string_view>({"bc1", "ltc1", "addr1", "stake1", "zs1", "u1"});
    for (const std::string_view prefix : kPrefixes) {
        if (starts_with_lower(text, prefix)) return true;
    }
    return false;
}

// What is left when the length names no other: keys of Solana start with any character.
Parsed parse_by_length(std::string_view text) {
    if (text.size() < kSolanaCharactersMin || text.size() > kSolanaCharactersMax) {
        return refuse(WalletRefusal::NotAnAddress);
    }
    return chains::parse_solana(text);
}

Parsed parse_hash_or_longer(std::string_view text) {
    if (text.size() < kHashCharactersMin) return refuse(WalletRefusal::NotAnAddress);
    if (text.size() <= kHashCharactersMax) return chains::parse_hash_in_base58(text);
    const bool may_be_byron = text.starts_with("Ae2") || text.starts_with("Ddz");
    if (may_be_byron && text.size() >= kByronCharactersMin) return chains::parse_byron(text);
    return parse_by_length(text);
}

Parsed parse_by_first_character(std::string_view text) {
    switch (text[0]) {
    case '0':
        if (text[1] == 'x' || text[1] == 'X') return chains::parse_ethereum(text);
        return refuse(WalletRefusal::NotAnAddress);
    case '1':
    case '3':
    case '7':
    case '9':
    case 'A':
    case 'D':
    case 'L':
    case 'M':
    case 'T':
    case 'X':
    case 't': return parse_hash_or_longer(text);
    case '4':
    case '8':
        if (text.size() == kMoneroCharacters || text.size() == kMoneroIntegratedCharacters) {
            return chains::parse_monero(text);
        }
        return parse_by_length(text);
    case 'r':
        if (text.size() >= kHashCharactersMin && text.size() < kHashCharactersMax) {
            return chains::parse_ripple(text);
        }
        return parse_by_length(text);
    case 'E':
    case 'U':
        if (text.size() == kTonCharacters) return chains::parse_ton(text);
        return parse_by_length(text);
    case 'p':
    case 'q':
    case 'P':
    case 'Q':
        if (text.size() == kCashAddrCharacters) {
            if (Parsed cash = chains::parse_cashaddr(text)) return cash;
        }
        return parse_by_length(text);
    default: return parse_by_length(text);
    }
}

} // namespace

Result<WalletAddress, WalletRefusal> parse_wallet(std::string_view as_written) {
    while (!as_written.empty() && as_written.front() == ' ') as_written.remove_prefix(1);
    while (!as_written.empty() && as_written.back() == ' ') as_written.remove_suffix(1);
    if (as_written.size() < kAddressMin) return refuse(WalletRefusal::WrongLength);
    if (as_written.size() > kAddressMax) return refuse(WalletRefusal::WrongLength);
    const std::string_view text = without_scheme(as_written);
    if (text.size() < kAddressMin) return refuse(WalletRefusal::WrongLength);
    if (has_bech32_prefix(text)) return chains::parse_bech32(text);
    if (starts_with_lower(text, "bitcoincash:")) return chains::parse_cashaddr(text);
    return parse_by_first_character(text);
}

} // namespace engine::normalise

// Addresses of crypto-assets, each with its own checksum.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine::normalise {

enum class Chain : std::uint8_t {
    Bitcoin,  // base58check (P2PKH, P2SH), bech32 (BIP 173), bech32m (BIP 350)
    Ethereum, // and its kin: 0x + 40 hex digits, EIP-55 when the case is mixed
    Tron,
    Litecoin,
    BitcoinCash, // CashAddr
    Dogecoin,
    Dash,
    Zcash,
    Ripple,
    Monero, // base58 by blocks, Keccak checksum
    Cardano,
    Solana, // 32 bytes of base58, no checksum: low confidence
    Ton,
};

struct WalletAddress {
    Chain chain = Chain::Bitcoin;
    std::string address; // canonical: lower case for bech32 and for Ethereum, as it is otherwise
};

enum class WalletRefusal : std::uint8_t {
    NotAnAddress,
    WrongLength,
    WrongCharacter,
    WrongChecksum
};

/// The address, when a chain's own check accepts it.
[[nodiscard]] Result<WalletAddress, WalletRefusal> parse_wallet(std::string_view as_written);

} // namespace engine::normalise

// One parser for each way of writing an address. Each is called only with a text of which the first
// character and the length are plausible; `text` is never empty.
#pragma once

#include "engine/normalise/wallet.hpp"

#include <string_view>

namespace engine::normalise::chains {

using Parsed = Result<WalletAddress, WalletRefusal>;

/// One version byte (two for Zcash) and 20 bytes of hash; the version names the chain.
[[nodiscard]] Parsed parse_hash_in_base58(std::string_view text);

[[nodiscard]] Parsed parse_ripple(std::string_view text);
[[nodiscard]] Parsed parse_monero(std::string_view text);
[[nodiscard]] Parsed parse_byron(std::string_view text); // Cardano before 2020
[[nodiscard]] Parsed parse_solana(std::string_view text);

/// Every address in bech32: its human-readable part names the chain.
[[nodiscard]] Parsed parse_bech32(std::string_view text);

/// With or without "bitcoincash:"; canonical with it.
[[nodiscard]] Parsed parse_cashaddr(std::string_view text);

[[nodiscard]] Parsed parse_ethereum(std::string_view text); // starts with "0x"
[[nodiscard]] Parsed parse_ton(std::string_view text);

} // namespace engine::normalise::chains

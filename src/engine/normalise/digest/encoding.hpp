// The alphabets in which addresses are written: base 58 (whole and by blocks), base 32 of BIP 173.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::normalise::digest {

enum class Alphabet : std::uint8_t { Bitcoin, Ripple };

/// Longer texts are no address and are refused: decoding takes quadratic time.
constexpr std::size_t kBase58CharactersMax = 128;

/// Base 58 as one number, leading zeros kept. Nothing when a character is not of the alphabet.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base58_decode(std::string_view text,
                                                                     Alphabet alphabet);

/// Monero's base 58: blocks of 11 characters for 8 bytes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base58_decode_blocks(std::string_view text);

/// True when every character is of Bitcoin's alphabet.
[[nodiscard]] bool is_base58(std::string_view text);

/// Base58check: version, payload, and four bytes of double SHA-256, which are checked and removed.
struct CheckedBytes {
    std::vector<std::uint8_t> bytes;
    bool is_checksum_right = false;
};
[[nodiscard]] std::optional<CheckedBytes> base58check_decode(std::string_view text,
                                                             Alphabet alphabet);

enum class Bech32Kind : std::uint8_t { Bech32, Bech32m };

struct Bech32 {
    Bech32Kind kind = Bech32Kind::Bech32;
    std::string prefix;                 // human-readable part, lower case
    std::vector<std::uint8_t> quintets; // without the checksum
};

/// BIP 173 and BIP 350. The length limit is the caller's: Cardano and Zcash go beyond 90.
/// Nothing when the case is mixed, a character is wrong or no checksum fits.
[[nodiscard]] std::optional<Bech32> bech32_decode(std::string_view text);

/// CashAddr: quintets after `prefix`, checksum of 40 bits checked and removed.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> cashaddr_decode(std::string_view prefix,
                                                                       std::string_view text);

/// Groups of five bits to bytes; nothing when the padding is not zero or a whole quintet too long.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_quintets(const std::uint8_t* first,
                                                                         const std::uint8_t* last);

} // namespace engine::normalise::digest

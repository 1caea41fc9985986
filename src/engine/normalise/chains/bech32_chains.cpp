// Bitcoin BIP 173 and BIP 350, Litecoin (the same with "ltc"), Cardano CIP-19, Zcash protocol
// specification 5.6.3 and ZIP 316, Bitcoin Cash CashAddr specification. Main networks only.
#include "engine/normalise/chains/chains.hpp"
#include "engine/normalise/digest/encoding.hpp"

#include "base/ascii.hpp"

#include <array>
#include <optional>
#include <vector>

namespace engine::normalise::chains {
namespace {

using digest::Bech32;
using digest::Bech32Kind;
using Bytes = std::vector<std::uint8_t>;

std::optional<Bytes> bytes_of(const std::vector<std::uint8_t>& quintets, std::size_t skipped) {
    return digest::bytes_of_quintets(quintets.data() + skipped, quintets.data() + quintets.size());
}

// BIP 141: version 0 to 16 and a program of 2 to 40 bytes, 20 or 32 for version 0; BIP 350: version
// 0 is written in bech32, the others in bech32m.
bool is_witness(const Bech32& decoded, std::size_t text_size) {
    constexpr std::size_t kTextMax = 90;
    if (text_size > kTextMax || decoded.quintets.empty()) return false;
    const std::uint8_t version = decoded.quintets[0];
    const Bech32Kind kind = version == 0 ? Bech32Kind::Bech32 : Bech32Kind::Bech32m;
    const std::optional<Bytes> program = bytes_of(decoded.quintets, 1);
    if (!program || version > 16 || decoded.kind != kind) return false;
    if (version == 0) return program->size() == 20 || program->size() == 32;
    return program->size() >= 2 && program->size() <= 40;
}

// CIP-19: the first byte holds the type and the network (1 is the main one).
bool is_shelley(const Bech32& decoded) {
    const std::optional<Bytes> bytes = bytes_of(decoded.quintets, 0);
    if (!bytes || bytes->empty() || decoded.kind != Bech32Kind::Bech32) return false;
    constexpr std::size_t kHashBytes = 28;
    const unsigned type = bytes->front() >> 4;
    if ((bytes->front() & 15U) != 1) return false;
    if (decoded.prefix == "stake") return type >= 14 && bytes->size() == 1 + kHashBytes;
    if (type <= 3) return bytes->size() == 1 + 2 * kHashBytes;
    if (type <= 5) return bytes->size() > 1 + kHashBytes; // a pointer of variable length
    return type <= 7 && bytes->size() == 1 + kHashBytes;
}

bool is_sapling(const Bech32& decoded) {
    constexpr std::size_t kDiversifierAndKeyBytes = 11 + 32;
    const std::optional<Bytes> bytes = bytes_of(decoded.quintets, 0);
    return bytes && decoded.kind == Bech32Kind::Bech32 && bytes->size() == kDiversifierAndKeyBytes;
}

// ZIP 316: 48 bytes at least, mixed by F4Jumble; its inner items are not opened here.
bool is_unified(const Bech32& decoded) {
    constexpr std::size_t kJumbledBytesMin = 48;
    const std::optional<Bytes> bytes = bytes_of(decoded.quintets, 0);
    return bytes && decoded.kind == Bech32Kind::Bech32m && bytes->size() >= kJumbledBytesMin;
}

} // namespace

Parsed parse_bech32(std::string_view text) {
    const std::optional<Bech32> decoded = digest::bech32_decode(text);
    if (!decoded) return refuse(WalletRefusal::WrongChecksum);
    const std::string& prefix = decoded->prefix;
    std::optional<Chain> chain;
    bool is_whole = false;
    if (prefix == "bc" || prefix == "ltc") {
        chain = prefix == "bc" ? Chain::Bitcoin : Chain::Litecoin;
        is_whole = is_witness(*decoded, text.size());
    } else if (prefix == "addr" || prefix == "stake") {
        chain = Chain::Cardano;
        is_whole = is_shelley(*decoded);
    } else if (prefix == "zs") {
        chain = Chain::Zcash;
        is_whole = is_sapling(*decoded);
    } else if (prefix == "u") {
        chain = Chain::Zcash;
        is_whole = is_unified(*decoded);
    }
    if (!chain || !is_whole) return refuse(WalletRefusal::NotAnAddress);
    return WalletAddress{*chain, lower_ascii(text)};
}

Parsed parse_cashaddr(std::string_view text) {
    constexpr std::string_view kPrefix = "bitcoincash";
    constexpr std::array<std::size_t, 8> kHashBytes{20, 24, 28, 32, 40, 48, 56, 64};
    if (text.size() > kPrefix.size() && text[kPrefix.size()] == ':') {
        text.remove_prefix(kPrefix.size() + 1);
    }
    const auto quintets = digest::cashaddr_decode(kPrefix, text);
    if (!quintets) return refuse(WalletRefusal::WrongChecksum);
    const std::optional<Bytes> bytes = bytes_of(*quintets, 0);
    if (!bytes || bytes->empty()) return refuse(WalletRefusal::WrongLength);
    const std::uint8_t version = bytes->front();
    constexpr unsigned kKindsMax = 3; // P2PKH, P2SH, and both for tokens (CHIP-2022-02)
    if ((version & 0x80U) != 0 || (version >> 3) > kKindsMax) {
        return refuse(WalletRefusal::NotAnAddress);
    }
    if (bytes->size() != 1 + kHashBytes[version & 7U]) return refuse(WalletRefusal::WrongLength);
    return WalletAddress{Chain::BitcoinCash, std::string{kPrefix} + ':' + lower_ascii(text)};
}

} // namespace engine::normalise::chains

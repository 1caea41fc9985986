// Version bytes: Bitcoin, Litecoin, Dogecoin and Dash, src/chainparams.cpp (kernel/chainparams.cpp)
// of each reference client; Zcash protocol specification 5.6.1.1; TRON developers' "Account";
// Monero src/cryptonote_config.h; XRP Ledger "Base58 encodings"; Cardano CIP-19. Main networks
// only.
#include "engine/normalise/chains/chains.hpp"
#include "engine/normalise/digest/digest.hpp"
#include "engine/normalise/digest/encoding.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace engine::normalise::chains {
namespace {

using digest::Alphabet;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kHashBytes = 20; // RIPEMD-160

Parsed accepted(Chain chain, std::string_view text) {
    return WalletAddress{chain, std::string{text}};
}

std::optional<Chain> chain_of_version(std::uint8_t version) {
    switch (version) {
    case 0x00:                         // 1…
    case 0x05: return Chain::Bitcoin;  // 3…
    case 0x30:                         // L…
    case 0x32: return Chain::Litecoin; // M…; its old script addresses are written as Bitcoin's
    case 0x1E:                         // D…
    case 0x16: return Chain::Dogecoin; // 9…, A…
    case 0x4C:                         // X…
    case 0x10: return Chain::Dash;     // 7…
    case 0x41: return Chain::Tron;     // T…
    default: return std::nullopt;
    }
}

std::optional<Chain> chain_of(const Bytes& bytes) {
    if (bytes.size() == kHashBytes + 1) return chain_of_version(bytes[0]);
    const bool is_zcash = bytes[0] == 0x1C && (bytes[1] == 0xB8 || bytes[1] == 0xBD); // t1…, t3…
    return is_zcash ? std::optional{Chain::Zcash} : std::nullopt;
}

// Byron: CBOR array of a tagged byte string and its CRC-32 (RFC 8949 heads).
class CborReader {
public:
    explicit CborReader(const Bytes& bytes) : bytes_{bytes} {}
    // The argument of the next head when its major type is that one.
    std::optional<std::uint32_t> head(unsigned major_type) {
        if (at_ == bytes_.size() || bytes_[at_] >> 5 != major_type) return std::nullopt;
        const unsigned low = bytes_[at_++] & 31U;
        if (low < 24) return low;
        if (low > 26) return std::nullopt;
        const std::size_t size = std::size_t{1} << (low - 24);
        if (bytes_.size() - at_ < size) return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes_[at_++];
        return value;
    }
    std::optional<digest::Bytes> take(std::size_t size) {
        if (bytes_.size() - at_ < size) return std::nullopt;
        at_ += size;
        return digest::Bytes{bytes_.data() + at_ - size, size};
    }
    [[nodiscard]] bool is_at_end() const { return at_ == bytes_.size(); }

private:
    const Bytes& bytes_;
    std::size_t at_ = 0;
};

constexpr unsigned kCborUnsigned = 0;
constexpr unsigned kCborBytes = 2;
constexpr unsigned kCborArray = 4;
constexpr unsigned kCborTag = 6;
constexpr std::uint32_t kCborTagEncodedCbor = 24;

std::optional<bool> is_byron_checksum_right(const Bytes& bytes) {
    CborReader reader{bytes};
    if (reader.head(kCborArray) != 2U || reader.head(kCborTag) != kCborTagEncodedCbor) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> size = reader.head(kCborBytes);
    const std::optional<digest::Bytes> payload =
        size ? reader.take(*size) : std::optional<digest::Bytes>{};
    const std::optional<std::uint32_t> checksum = reader.head(kCborUnsigned);
    if (!payload || !checksum || !reader.is_at_end()) return std::nullopt;
    return crc32(0, payload->data(), static_cast<uInt>(payload->size())) == *checksum;
}

} // namespace

Parsed parse_hash_in_base58(std::string_view text) {
    const auto decoded = digest::base58check_decode(text, Alphabet::Bitcoin);
    if (!decoded) return refuse(WalletRefusal::WrongCharacter);
    const std::size_t size = decoded->bytes.size();
    if (size != kHashBytes + 1 && size != kHashBytes + 2) return refuse(WalletRefusal::WrongLength);
    if (!decoded->is_checksum_right) return refuse(WalletRefusal::WrongChecksum);
    const std::optional<Chain> chain = chain_of(decoded->bytes);
    if (!chain) return refuse(WalletRefusal::NotAnAddress);
    return accepted(*chain, text);
}

Parsed parse_ripple(std::string_view text) {
    const auto decoded = digest::base58check_decode(text, Alphabet::Ripple);
    if (!decoded) return refuse(WalletRefusal::WrongCharacter);
    if (decoded->bytes.size() != kHashBytes + 1) return refuse(WalletRefusal::WrongLength);
    if (!decoded->is_checksum_right) return refuse(WalletRefusal::WrongChecksum);
    if (decoded->bytes[0] != 0) return refuse(WalletRefusal::NotAnAddress);
    return accepted(Chain::Ripple, text);
}

Parsed parse_monero(std::string_view text) {
    constexpr std::size_t kChecksumBytes = 4;
    constexpr std::size_t kStandardBytes = 1 + 32 + 32 + kChecksumBytes;
    constexpr std::size_t kPaymentIdBytes = 8;
    constexpr std::uint8_t kStandard = 18;
    constexpr std::uint8_t kIntegrated = 19;
    constexpr std::uint8_t kSubaddress = 42;
    const std::optional<Bytes> bytes = digest::base58_decode_blocks(text);
    if (!bytes) return refuse(WalletRefusal::WrongCharacter);
    const bool is_integrated = bytes->size() == kStandardBytes + kPaymentIdBytes;
    if (!is_integrated && bytes->size() != kStandardBytes) {
        return refuse(WalletRefusal::WrongLength);
    }
    const std::uint8_t network = bytes->front();
    const bool fits =
        is_integrated ? network == kIntegrated : network == kStandard || network == kSubaddress;
    if (!fits) return refuse(WalletRefusal::NotAnAddress);
    const std::size_t size = bytes->size() - kChecksumBytes;
    const digest::Digest expected = digest::keccak256({bytes->data(), size});
    if (!std::equal(bytes->begin() + static_cast<std::ptrdiff_t>(size), bytes->end(),
                    expected.begin())) {
        return refuse(WalletRefusal::WrongChecksum);
    }
    return accepted(Chain::Monero, text);
}

Parsed parse_byron(std::string_view text) {
    const std::optional<Bytes> bytes = digest::base58_decode(text, Alphabet::Bitcoin);
    if (!bytes) return refuse(WalletRefusal::WrongCharacter);
    const std::optional<bool> is_right = is_byron_checksum_right(*bytes);
    if (!is_right) return refuse(WalletRefusal::NotAnAddress);
    if (!*is_right) return refuse(WalletRefusal::WrongChecksum);
    return accepted(Chain::Cardano, text);
}

Parsed parse_solana(std::string_view text) {
    constexpr std::size_t kPublicKeyBytes = 32;
    bool has_digit = false;
    bool has_lower = false;
    bool has_upper = false;
    for (const char c : text) {
        has_digit = has_digit || (c >= '1' && c <= '9');
        has_lower = has_lower || (c >= 'a' && c <= 'z');
        has_upper = has_upper || (c >= 'A' && c <= 'Z');
    }
    // No checksum: at least it must not be a long word or a hexadecimal number.
    if (!has_digit || !has_lower || !has_upper) return refuse(WalletRefusal::NotAnAddress);
    const std::optional<Bytes> bytes = digest::base58_decode(text, Alphabet::Bitcoin);
    if (!bytes) return refuse(WalletRefusal::WrongCharacter);
    if (bytes->size() != kPublicKeyBytes) return refuse(WalletRefusal::WrongLength);
    return accepted(Chain::Solana, text);
}

} // namespace engine::normalise::chains

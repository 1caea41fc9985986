// Words after which an identifier may come without any sign of its own: "arobase", "zéro six",
// "insta :", "au nom de". A word costs one multiplication and one bit unless it may be one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace engine::extract::scan {

enum class Trigger : std::uint8_t {
    None,
    SpokenAt,
    SpokenDot,
    SpokenNumber,
    Platform,
    Name,
    Branch,
    Voucher, // a brand of prepaid codes: codes may follow
    Parcel,  // a carrier, "colis": numbers of parcels may follow
};

constexpr unsigned kTriggerHashBits = 12;
constexpr std::size_t kTriggerHashes = std::size_t{1} << kTriggerHashBits;

[[nodiscard]] constexpr std::uint32_t trigger_hash(std::uint32_t first_bytes) {
    return (first_bytes * 0x9E3779B1U) >> (32 - kTriggerHashBits); // Knuth, TAOCP 6.4
}

/// One bit for each hash with which a trigger begins.
extern const std::array<std::uint64_t, kTriggerHashes / 64> kTriggerBits;

/// Whether a trigger may begin with these four bytes (case and accents' case ignored).
[[nodiscard]] inline bool may_be_trigger(std::uint32_t first_bytes) {
    const std::uint32_t hash = trigger_hash(first_bytes);
    return (kTriggerBits[hash / 64] >> (hash % 64) & 1) != 0;
}

/// The trigger that begins at `at`, which begins a word.
[[nodiscard]] Trigger trigger_at(std::string_view text, std::size_t at);

[[nodiscard]] inline std::uint32_t first_bytes_of(const char* text) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes | 0x20202020U; // letters in lower case; the same is done to the triggers
}

} // namespace engine::extract::scan

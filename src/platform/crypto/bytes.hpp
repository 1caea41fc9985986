// Randomness, digests, keys: libsodium behind values that cannot be mixed up or printed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// Call once before anything else of this module; stops the program when there is no randomness.
void start();

using Digest = std::array<std::uint8_t, 32>; // SHA-256 (FIPS 180-4)

[[nodiscard]] Digest sha256(std::string_view bytes);

/// SHA-256 of what comes in pieces.
class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    [[nodiscard]] Digest finish(); // once
private:
    alignas(8) std::array<std::byte, 104> state_{}; // libsodium's, held to its size in bytes.cpp
    bool finished_ = false;
};

[[nodiscard]] std::string_view as_text(const Digest& digest); // its 32 bytes, as they lie

[[nodiscard]] std::string random_bytes(std::size_t count);
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Digest& digest);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);
/// RFC 4648 §5, without padding.
[[nodiscard]] std::string to_base64url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);
/// RFC 4648 §4, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// In a time that does not tell where they differ; their lengths are not secret.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

/// Crockford's base 32 (no I, L, O, U): what people copy by hand.
[[nodiscard]] std::string random_code(std::size_t characters);
/// As a person typed it: case, spaces, hyphens and look-alikes (O for 0, I and L for 1) put right.
/// Nothing when a character is none of the alphabet, or more than kTypedBytesMax were typed.
constexpr std::size_t kTypedBytesMax = 256;
[[nodiscard]] std::optional<std::string> read_code(std::string_view typed);

} // namespace platform::crypto

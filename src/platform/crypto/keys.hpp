// Keys and what is done with them. A key is wiped from memory when it goes and has no text form.
//
// The key ring is the folder `keys` beside the data, never in the database: the master key wraps
// the data keys, the pepper keys the digests by which secrets and identifiers are looked up, the
// signing key signs tree heads. Losing it loses the sealed content; backing it up is a task apart.
#pragma once

#include "base/result.hpp"
#include "platform/crypto/bytes.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

class SecretKey { // 256 bits
public:
    [[nodiscard]] static SecretKey random();
    [[nodiscard]] static std::optional<SecretKey> from_bytes(std::string_view bytes); // 32
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();
    [[nodiscard]] std::string_view bytes() const; // for the cipher's call alone

private:
    SecretKey() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

/// Authenticated encryption of a value that fits memory: XChaCha20-Poly1305, random nonce in front.
/// `context` is authenticated, not stored: it ties the content to its place ("declaration/17").
[[nodiscard]] std::string seal(const SecretKey& key, std::string_view plain,
                               std::string_view context);
/// Nothing when the key, the context or a byte is not the one that sealed it.
[[nodiscard]] std::optional<std::string> open(const SecretKey& key, std::string_view sealed,
                                              std::string_view context);

/// HMAC-SHA-256 (RFC 2104): a digest that only who has the key can try values against.
[[nodiscard]] Digest keyed_digest(const SecretKey& key, std::string_view message);

using PublicKey = std::array<std::uint8_t, 32>; // Ed25519 (RFC 8032)
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
public:
    [[nodiscard]] static SigningKey from_seed(const SecretKey& seed);
    [[nodiscard]] Signature sign(std::string_view message) const;
    [[nodiscard]] const PublicKey& public_key() const { return public_; }
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

private:
    SigningKey() = default;
    std::array<std::uint8_t, 64> secret_{};
    PublicKey public_{};
};

/// "ed25519:" and the key in base64: how a key is published. One newline at the end is allowed.
[[nodiscard]] std::string to_text(const PublicKey& key);
[[nodiscard]] std::optional<PublicKey> public_key_from_text(std::string_view text);

[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          const Signature& signature);

struct KeyRingRefusal {
    std::string what; // which file, what is wrong, what to do
};

class KeyRing {
public:
    /// Opens the ring in `folder` (files master.key, pepper.key, signing.key, mode 0600), making
    /// what is missing only when the folder is new or empty: a half-empty ring is refused. A kill
    /// at any moment of the making leaves a folder that the next call completes or makes anew.
    static Result<KeyRing, KeyRingRefusal> open(const std::filesystem::path& folder);

    [[nodiscard]] const SecretKey& pepper() const { return pepper_; }
    [[nodiscard]] const SigningKey& signing() const { return signing_; }
    /// A data key wrapped for storage, and back.
    [[nodiscard]] std::string wrap(const SecretKey& key, std::string_view context) const;
    [[nodiscard]] std::optional<SecretKey> unwrap(std::string_view wrapped,
                                                  std::string_view context) const;

private:
    KeyRing(SecretKey master, SecretKey pepper, SigningKey signing);
    SecretKey master_;
    SecretKey pepper_;
    SigningKey signing_;
};

/// Content that does not fit memory: libsodium's secretstream over blocks of 64 KiB. The bytes are
/// its header, then for each block its length (4 bytes, little-endian, authenticated with it) and
/// the sealed block. Only the last is marked last, and only it may be shorter, so that a cut file
/// is told from a whole one. Encrypter::add gives the encrypted bytes to write, finish the rest.
class StreamEncrypter {
public:
    explicit StreamEncrypter(const SecretKey& key);
    StreamEncrypter(StreamEncrypter&& other) noexcept;
    StreamEncrypter& operator=(StreamEncrypter&& other) noexcept;
    ~StreamEncrypter();
    [[nodiscard]] std::string add(std::string_view plain);
    [[nodiscard]] std::string finish(); // once, after the last add

private:
    struct State;
    std::unique_ptr<State> state_;
};

class StreamDecrypter {
public:
    explicit StreamDecrypter(const SecretKey& key);
    StreamDecrypter(StreamDecrypter&& other) noexcept;
    StreamDecrypter& operator=(StreamDecrypter&& other) noexcept;
    ~StreamDecrypter();
    /// Nothing when the bytes are not what was encrypted, and from then on. What was given before
    /// is genuine, but it is all of it only once whole() holds.
    [[nodiscard]] std::optional<std::string> add(std::string_view encrypted);
    /// Whether the last block was met.
    [[nodiscard]] bool whole() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace platform::crypto

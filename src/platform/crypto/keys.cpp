#include "platform/crypto/keys.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <sodium.h>
#include <utility>

namespace platform::crypto {
namespace {

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::string_view kPublicKeyPrefix = "ed25519:";

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
static_assert(crypto_auth_hmacsha256_KEYBYTES == 32 && crypto_auth_hmacsha256_BYTES == 32);
static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64);

} // namespace

SecretKey SecretKey::random() {
    SecretKey key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
}

std::optional<SecretKey> SecretKey::from_bytes(std::string_view bytes) {
    SecretKey key;
    if (bytes.size() != key.bytes_.size()) return std::nullopt;
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_{other.bytes_} {
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    std::swap(bytes_, other.bytes_); // the old one is wiped with `other`
    return *this;
}

SecretKey::~SecretKey() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

std::string_view SecretKey::bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

std::string seal(const SecretKey& key, std::string_view plain, std::string_view context) {
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    randombytes_buf(sealed.data(), kNonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonceBytes, nullptr, raw(plain),
                                               plain.size(), raw(context), context.size(), nullptr,
                                               raw(sealed), raw(key.bytes()));
    return sealed;
}

std::optional<std::string> open(const SecretKey& key, std::string_view sealed,
                                std::string_view context) {
    if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const std::string_view content = sealed.substr(kNonceBytes);
    std::string plain(content.size() - kTagBytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(content),
                                                   content.size(), raw(context), context.size(),
                                                   raw(sealed), raw(key.bytes())) != 0) {
        return std::nullopt;
    }
    return plain;
}

Digest keyed_digest(const SecretKey& key, std::string_view message) {
    Digest digest;
    crypto_auth_hmacsha256(digest.data(), raw(message), message.size(), raw(key.bytes()));
    return digest;
}

SigningKey SigningKey::from_seed(const SecretKey& seed) {
    SigningKey key;
    crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), raw(seed.bytes()));
    return key;
}

Signature SigningKey::sign(std::string_view message) const {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, raw(message), message.size(), secret_.data());
    return signature;
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : secret_{other.secret_}, public_{other.public_} {
    sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
    std::swap(secret_, other.secret_); // the old one is wiped with `other`
    std::swap(public_, other.public_);
    return *this;
}

SigningKey::~SigningKey() {
    sodium_memzero(secret_.data(), secret_.size());
}

std::string to_text(const PublicKey& key) {
    return std::string{kPublicKeyPrefix} + to_base64(as_text(key));
}

std::optional<PublicKey> public_key_from_text(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (!text.starts_with(kPublicKeyPrefix)) return std::nullopt;
    PublicKey key;
    const auto bytes = from_base64(text.substr(kPublicKeyPrefix.size()));
    if (!bytes || bytes->size() != key.size()) return std::nullopt;
    std::ranges::copy(*bytes, key.begin());
    return key;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), raw(message), message.size(),
                                       key.data()) == 0;
}

} // namespace platform::crypto

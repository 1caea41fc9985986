#include "platform/crypto/bytes.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <new>
#include <sodium.h>

namespace platform::crypto {
namespace {

static_assert(sizeof(crypto_hash_sha256_state) == 104 && alignof(crypto_hash_sha256_state) <= 8);

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// An array of bytes begins the life of whatever it is used as (implicit-lifetime types).
crypto_hash_sha256_state* sha256_state(std::array<std::byte, 104>& bytes) {
    return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes.data()));
}

std::string encode(std::string_view bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), variant);
    text.pop_back(); // the terminating zero
    return text;
}

std::optional<std::string> decode(std::string_view text, int variant) {
    // libsodium 1.0.18 takes some bytes from 128 upwards for letters of the alphabet.
    const auto is_ascii = [](char byte) { return static_cast<unsigned char>(byte) < 128; };
    if (!std::ranges::all_of(text, is_ascii)) return std::nullopt;
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                          nullptr, variant) != 0) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What stands between groups when a code is copied from a page, a PDF or a message: space, tab,
/// hyphen, no-break spaces, and the dashes that telephones put for a hyphen.
std::size_t separator_length(std::string_view text) {
    if (text[0] == ' ' || text[0] == '\t' || text[0] == '-') return 1;
    constexpr std::string_view marks[] = {"\u00A0", "\u202F", "\u2010", "\u2011",
                                          "\u2012", "\u2013", "\u2014"};
    for (const std::string_view mark : marks) {
        if (text.starts_with(mark)) return mark.size();
    }
    return 0;
}

/// The character of the alphabet that was meant, or 0.
char code_character(char typed) {
    char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
    if (upper == 'O') upper = '0';
    if (upper == 'I' || upper == 'L') upper = '1';
    return kCodeAlphabet.find(upper) == std::string_view::npos ? '\0' : upper;
}

} // namespace

void start() {
    check(sodium_init() >= 0, "the system gives randomness");
}

Digest sha256(std::string_view bytes) {
    Digest digest;
    crypto_hash_sha256(digest.data(), raw(bytes), bytes.size());
    return digest;
}

Sha256::Sha256() {
    crypto_hash_sha256_init(sha256_state(state_));
}

void Sha256::add(std::string_view bytes) {
    check(!finished_, "nothing is added to a finished digest");
    crypto_hash_sha256_update(sha256_state(state_), raw(bytes), bytes.size());
}

Digest Sha256::finish() {
    check(!finished_, "a digest is finished once");
    finished_ = true;
    Digest digest;
    crypto_hash_sha256_final(sha256_state(state_), digest.data());
    return digest;
}

std::string_view as_text(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), raw(bytes), bytes.size());
    hex.pop_back(); // the terminating zero
    return hex;
}

std::string to_hex(const Digest& digest) {
    return to_hex(as_text(digest));
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes(hex.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(raw(bytes), bytes.size(), hex.data(), hex.size(), nullptr, &size, nullptr) !=
            0 ||
        size != bytes.size()) {
        return std::nullopt;
    }
    return bytes;
}

std::string to_base64url(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::string> from_base64url(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string to_base64(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<std::string> from_base64(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_code(std::size_t characters) {
    std::string code = random_bytes(characters);
    // 32 divides 256: each character is as likely as the others.
    std::ranges::transform(code, code.begin(), [](char byte) {
        return kCodeAlphabet[static_cast<unsigned>(byte) % 32];
    });
    return code;
}

std::optional<std::string> read_code(std::string_view typed) {
    if (typed.size() > kTypedBytesMax) return std::nullopt;
    std::string code;
    while (!typed.empty()) {
        if (const std::size_t skip = separator_length(typed)) {
            typed.remove_prefix(skip);
            continue;
        }
        const char character = code_character(typed[0]);
        if (character == '\0') return std::nullopt;
        code += character;
        typed.remove_prefix(1);
    }
    return code;
}

} // namespace platform::crypto

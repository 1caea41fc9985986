// Hex, base 64, public keys and codes as somebody sent them: what is read has one form, or two for
// hex, and is written as it was read.
#include "base/check.hpp"
#include "platform/crypto/keys.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace crypto = platform::crypto;
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    if (const auto plain = crypto::from_hex(text)) {
        check(crypto::from_hex(crypto::to_hex(*plain)) == plain, "hex");
        check(plain->size() * 2 == size, "two digits a byte");
    }
    if (const auto plain = crypto::from_base64(text)) {
        check(crypto::to_base64(*plain) == text, "base 64 has one form");
    }
    if (const auto plain = crypto::from_base64url(text)) {
        check(crypto::to_base64url(*plain) == text, "base 64 for addresses has one form");
    }
    if (const auto key = crypto::public_key_from_text(text)) {
        const std::string written = crypto::to_text(*key);
        check(written == text || written + "\n" == text, "a key has one form");
    }
    if (const auto code = crypto::read_code(text)) {
        check(crypto::read_code(*code) == code, "a code that was read is read the same");
    }
    check(crypto::from_hex(crypto::to_hex(text)) == text, "hex there and back");
    check(crypto::from_base64(crypto::to_base64(text)) == text, "base 64 there and back");
    check(crypto::from_base64url(crypto::to_base64url(text)) == text, "and for addresses");
    return 0;
}

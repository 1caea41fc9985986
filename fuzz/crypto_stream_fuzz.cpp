// Bytes said to be an encrypted stream. The key is known and the header is the attacker's: nothing
// but what the key sealed opens, however it is cut into pieces; and what is sealed opens as it was.
#include "base/check.hpp"
#include "platform/crypto/keys.hpp"

#include <algorithm>

namespace {

using platform::crypto::SecretKey;
using platform::crypto::StreamDecrypter;
using platform::crypto::StreamEncrypter;

struct Opened {
    std::string plain;
    bool genuine = true;
    bool whole = false;
};

Opened open_in_pieces(const SecretKey& key, std::string_view bytes, std::size_t piece) {
    StreamDecrypter decrypter{key};
    Opened opened;
    while (!bytes.empty() && opened.genuine) {
        const auto plain = decrypter.add(bytes.substr(0, piece));
        opened.genuine = plain.has_value();
        if (plain) opened.plain += *plain;
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    opened.whole = decrypter.whole();
    return opened;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const std::size_t piece = static_cast<unsigned char>(input[0]) + 1UL;
    const auto key = SecretKey::from_bytes(std::string(32, 'k'));
    check(key.has_value(), "32 bytes are a key");

    const Opened once = open_in_pieces(*key, input, input.size());
    const Opened cut = open_in_pieces(*key, input, piece);
    check(once.genuine == cut.genuine && once.whole == cut.whole, "pieces change nothing");
    check(!once.genuine || once.plain == cut.plain, "nor the text");

    StreamEncrypter encrypter{*key};
    std::string sealed = encrypter.add(input.substr(0, piece));
    sealed += encrypter.add(input.substr(std::min(piece, input.size())));
    sealed += encrypter.finish();
    const Opened back = open_in_pieces(*key, sealed, piece);
    check(back.genuine && back.whole && back.plain == input, "what is sealed opens");
    // One changed byte, chosen by the input.
    sealed[(size * 131 + piece) % sealed.size()] ^= static_cast<char>(piece == 256 ? 1U : piece);
    check(!open_in_pieces(*key, sealed, piece).whole, "and not when it was changed");
    return 0;
}

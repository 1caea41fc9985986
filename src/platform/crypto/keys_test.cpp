#include "platform/crypto/keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>

namespace platform::crypto {
namespace {

std::string hex(std::string_view digits) {
    return from_hex(digits).value();
}

/// HMAC fills a key shorter than its block with zeros: a key of fewer bytes is this one.
SecretKey key_of(std::string bytes) {
    bytes.resize(32, '\0');
    return std::move(*SecretKey::from_bytes(bytes));
}

template <std::size_t Size> std::array<std::uint8_t, Size> array_of(std::string_view digits) {
    std::array<std::uint8_t, Size> array{};
    std::ranges::copy(hex(digits), array.begin());
    return array;
}

TEST(SecretKey, HasThirtyTwoBytes) {
    EXPECT_FALSE(SecretKey::from_bytes(""));
    EXPECT_FALSE(SecretKey::from_bytes(std::string(31, 'k')));
    EXPECT_FALSE(SecretKey::from_bytes(std::string(33, 'k')));
    EXPECT_EQ(SecretKey::from_bytes(std::string(32, 'k'))->bytes(), std::string(32, 'k'));
    EXPECT_NE(SecretKey::random().bytes(), SecretKey::random().bytes());
    static_assert(!std::is_copy_constructible_v<SecretKey> &&
                  !std::is_copy_assignable_v<SecretKey>);
    static_assert(!std::is_copy_constructible_v<SigningKey>);
}

TEST(SecretKey, IsWipedWhereItIsMovedFrom) {
    SecretKey from = key_of("secret");
    const std::string_view left = from.bytes(); // what lies there afterwards is what is tested
    const SecretKey to = std::move(from);
    EXPECT_EQ(left, std::string(32, '\0'));
    EXPECT_TRUE(to.bytes().starts_with("secret"));
}

TEST(KeyedDigest, PublishedVectors) {
    struct Case {
        std::string_view name;
        std::string key;
        std::string message;
        std::string_view digest;
    };
    const std::string large_key(131, '\xaa');
    const Digest large = sha256(large_key); // what RFC 2104 makes of a key larger than a block
    const Case cases[] = {
        {"RFC 4231 1", std::string(20, '\x0b'), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"RFC 4231 2", "Jefe", "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"RFC 4231 3", std::string(20, '\xaa'), std::string(50, '\xdd'),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {"RFC 4231 4", hex("0102030405060708090a0b0c0d0e0f10111213141516171819"),
         std::string(50, '\xcd'),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {"RFC 4231 6", std::string{as_text(large)},
         "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {"RFC 4231 7", std::string{as_text(large)},
         "This is a test using a larger than block-size key and a larger than block-size data. The "
         "key needs to be hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_hex(keyed_digest(key_of(c.key), c.message)), c.digest) << c.name;
    }
}

TEST(SigningKey, PublishedVectors) {
    struct Case {
        std::string_view name;
        std::string_view seed;
        std::string_view public_key;
        std::string_view message;
        std::string_view signature;
    };
    const Case cases[] = {
        {"RFC 8032 TEST 1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9"
         "b46bd25bf5f0595bbe24655141438e7a100b"},
        {"RFC 8032 TEST 2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f1"
         "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"RFC 8032 TEST 3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
         "84d"
         "c6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (const Case& c : cases) {
        const SigningKey key = SigningKey::from_seed(key_of(hex(c.seed)));
        const std::string message = hex(c.message);
        EXPECT_EQ(to_hex(key.public_key()), c.public_key) << c.name;
        const Signature signature = key.sign(message);
        EXPECT_EQ(signature, array_of<64>(c.signature)) << c.name;
        EXPECT_TRUE(verify(key.public_key(), message, signature)) << c.name;
        EXPECT_FALSE(verify(key.public_key(), message + "x", signature)) << c.name;
    }
}

TEST(SigningKey, NothingButItsOwnSignatureHolds) {
    const SigningKey key = SigningKey::from_seed(SecretKey::random());
    const Signature signature = key.sign("head");
    for (std::size_t i = 0; i < signature.size(); ++i) {
        Signature other = signature;
        other[i] ^= 1;
        EXPECT_FALSE(verify(key.public_key(), "head", other)) << i;
    }
    const SigningKey stranger = SigningKey::from_seed(SecretKey::random());
    EXPECT_FALSE(verify(stranger.public_key(), "head", signature));
    EXPECT_FALSE(verify(PublicKey{}, "head", Signature{})) << "a point of small order";
}

TEST(PublicKey, IsPublishedAsOneLine) {
    const SigningKey key = SigningKey::from_seed(
        key_of(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
    const std::string text = to_text(key.public_key());
    EXPECT_EQ(text, "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    EXPECT_EQ(public_key_from_text(text), key.public_key());
    EXPECT_EQ(public_key_from_text(text + "\n"), key.public_key());
    for (const std::string& wrong :
         {std::string{}, text + "\n\n", text + " ", " " + text, text.substr(8), text + "=",
          "ed25519:" + to_base64(std::string(31, 'x')),
          "ed25519:" + to_base64(std::string(33, 'x')), std::string{"ed25519:"},
          "ED25519:" + text.substr(8)}) {
        EXPECT_EQ(public_key_from_text(wrong), std::nullopt) << wrong;
    }
}

TEST(Seal, OpensWithTheSameKeyAndContext) {
    const SecretKey key = SecretKey::random();
    for (const std::string& plain : {std::string{}, std::string{"a"}, std::string(100'000, 'x')}) {
        const std::string sealed = seal(key, plain, "declaration/17");
        EXPECT_EQ(sealed.size(), plain.size() + 40); // nonce 24, tag 16
        EXPECT_EQ(open(key, sealed, "declaration/17"), plain);
        EXPECT_EQ(open(key, sealed, "declaration/18"), std::nullopt);
        EXPECT_EQ(open(key, sealed, ""), std::nullopt);
        EXPECT_EQ(open(SecretKey::random(), sealed, "declaration/17"), std::nullopt);
        EXPECT_NE(seal(key, plain, "declaration/17"), sealed) << "the nonce is new each time";
    }
}

TEST(Seal, FindsEveryChange) {
    const SecretKey key = SecretKey::random();
    const std::string sealed = seal(key, "une déclaration", "here");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string other = sealed;
            other[i] = static_cast<char>(other[i] ^ (1 << bit));
            EXPECT_EQ(open(key, other, "here"), std::nullopt) << i << ' ' << bit;
        }
        EXPECT_EQ(open(key, sealed.substr(0, i), "here"), std::nullopt) << i;
        EXPECT_EQ(open(key, sealed.substr(i + 1), "here"), std::nullopt) << i;
    }
    EXPECT_EQ(open(key, sealed + '\0', "here"), std::nullopt);
}

} // namespace
} // namespace platform::crypto

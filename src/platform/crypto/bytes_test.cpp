#include "platform/crypto/bytes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace platform::crypto {
namespace {

TEST(Sha256, PublishedVectors) {
    struct Case {
        std::string message;
        std::string_view digest;
    };
    const Case cases[] = {
        // FIPS 180-4 examples and the NIST short-message vectors.
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_hex(sha256(c.message)), c.digest);
        for (const std::size_t piece : {1UL, 63UL, 64UL, 1000UL}) {
            Sha256 pieces;
            for (std::size_t at = 0; at < c.message.size(); at += piece) {
                pieces.add(std::string_view{c.message}.substr(at, piece));
            }
            EXPECT_EQ(to_hex(pieces.finish()), c.digest) << piece;
        }
    }
}

TEST(Sha256, AStateIsACopyOfItsOwn) {
    Sha256 one;
    one.add("a");
    Sha256 other = one;
    one.add("bc");
    other.add("xyz");
    EXPECT_EQ(one.finish(), sha256("abc"));
    EXPECT_EQ(other.finish(), sha256("axyz"));
}

TEST(Sha256, IsFinishedOnce) {
    Sha256 digest;
    (void)digest.finish();
    EXPECT_DEATH((void)digest.finish(), "finished once");
    EXPECT_DEATH(digest.add("x"), "finished");
}

TEST(RandomBytes, AreOfTheLengthAskedAndNotTwiceTheSame) {
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_bytes(32).size(), 32U);
    EXPECT_NE(random_bytes(32), random_bytes(32));
}

std::string every_byte() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes;
}

TEST(Texts, GoThereAndBack) {
    const std::string bytes = every_byte();
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const std::string_view part = std::string_view{bytes}.substr(bytes.size() - size);
        EXPECT_EQ(from_hex(to_hex(part)), part);
        EXPECT_EQ(from_base64(to_base64(part)), part);
        EXPECT_EQ(from_base64url(to_base64url(part)), part);
    }
}

TEST(Hex, IsReadInBothCases) {
    EXPECT_EQ(to_hex(std::string_view{"\x00\xAB\xff", 3}), "00abff");
    EXPECT_EQ(from_hex("00ABff"), (std::string{"\x00\xab\xff", 3}));
}

TEST(Hex, RefusesWhatIsNot) {
    for (const std::string_view wrong : {"0", "000", "0g", "g0", " 00", "00 ", "0x00", "00:00"}) {
        EXPECT_EQ(from_hex(wrong), std::nullopt) << wrong;
    }
}

struct Base64Case {
    std::string_view plain;
    std::string_view padded;
    std::string_view url;
};

TEST(Base64, PublishedVectors) {
    const Base64Case cases[] = {
        // RFC 4648 §10, and two whose texts tell the alphabets apart.
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xfb\xff", "+/8=", "-_8"},
    };
    for (const Base64Case& c : cases) {
        EXPECT_EQ(to_base64(c.plain), c.padded);
        EXPECT_EQ(to_base64url(c.plain), c.url);
        EXPECT_EQ(from_base64(c.padded), c.plain);
        EXPECT_EQ(from_base64url(c.url), c.plain);
    }
}

TEST(Base64, RefusesEveryOtherByte) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (const char byte : every_byte()) {
        const std::string text{'Z', byte, byte, 'X'};
        const bool common = alphabet.find(byte) != std::string_view::npos;
        EXPECT_EQ(from_base64(text).has_value(), common || byte == '+' || byte == '/') << text;
        EXPECT_EQ(from_base64url(text).has_value(), common || byte == '-' || byte == '_') << text;
    }
}

TEST(Base64, RefusesWhatIsNotItsOnlyForm) {
    for (const std::string_view wrong :
         {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v",
          "-_8=", "Zg==Zg==", "====", "Zm9\xc3\xa9"}) {
        EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
    }
    for (const std::string_view wrong :
         {"Z", "Zg==", "Zm8=", "Zh", "Zm9", "+/8", "Zm9v\n", "Zm 9v"}) {
        EXPECT_EQ(from_base64url(wrong), std::nullopt) << wrong;
    }
}

TEST(SameSecret, ComparesEveryByte) {
    const std::string secret = every_byte();
    EXPECT_TRUE(same_secret(secret, secret));
    EXPECT_TRUE(same_secret("", ""));
    EXPECT_FALSE(same_secret(secret, secret.substr(1)));
    EXPECT_FALSE(same_secret("", "a"));
    for (std::size_t i = 0; i < secret.size(); ++i) {
        std::string other = secret;
        other[i] = static_cast<char>(other[i] ^ 1);
        EXPECT_FALSE(same_secret(secret, other)) << i;
    }
}

TEST(Codes, AreMadeOfTheWholeAlphabet) {
    const std::string code = random_code(10'000);
    EXPECT_EQ(code.size(), 10'000U);
    EXPECT_EQ(std::set<char>(code.begin(), code.end()).size(), 32U);
    EXPECT_EQ(code.find_first_of("ILOU"), std::string::npos);
    EXPECT_EQ(read_code(code.substr(0, kTypedBytesMax)), code.substr(0, kTypedBytesMax));
    EXPECT_NE(random_code(16), random_code(16));
}

TEST(Codes, AreReadAsTyped) {
    struct Case {
        std::string_view typed;
        std::optional<std::string> code;
    };
    const Case cases[] = {
        {"", ""},
        {"ABCD1234", "ABCD1234"},
        {"abcd1234", "ABCD1234"},
        {" abcd-1234\t", "ABCD1234"},
        {"ab cd\u00A012\u202F34", "ABCD1234"},
        {"abcd\u201112\u201334\u2014", "ABCD1234"},
        {"oOiIlL", "001111"},
        {"0123456789abcdefghjkmnpqrstvwxyz", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"},
        {"ABCU", std::nullopt},
        {"ABC!", std::nullopt},
        {"ABC\n", std::nullopt},
        {std::string_view{"A\0B", 3}, std::nullopt},
        {"\xC3\xA9", std::nullopt},
        {"\xE2\x80", std::nullopt},
        {"\xC2", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(read_code(c.typed), c.code) << c.typed;
    EXPECT_EQ(read_code(std::string(kTypedBytesMax, ' ')), "");
    EXPECT_EQ(read_code(std::string(kTypedBytesMax + 1, 'A')), std::nullopt);
}

} // namespace
} // namespace platform::crypto

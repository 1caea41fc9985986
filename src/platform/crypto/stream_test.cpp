#include "platform/crypto/keys.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace platform::crypto {
namespace {

constexpr std::size_t kBlock = 64UL * 1024;
constexpr std::size_t kFrame = kBlock + 4 + 17; // length, tag and authenticator of libsodium
constexpr std::size_t kHeader = 24;

std::string text_of(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 131 >> 3);
    return text;
}

std::string encrypt(const SecretKey& key, std::string_view plain, std::size_t piece) {
    StreamEncrypter encrypter{key};
    std::string out;
    for (std::size_t at = 0; at < plain.size(); at += piece) {
        out += encrypter.add(plain.substr(at, piece));
    }
    return out + encrypter.finish();
}

/// What came out when all was given in pieces, and nothing unless it was whole.
std::optional<std::string> decrypt(const SecretKey& key, std::string_view encrypted,
                                   std::size_t piece) {
    StreamDecrypter decrypter{key};
    std::string out;
    for (std::size_t at = 0; at < encrypted.size(); at += piece) {
        const auto plain = decrypter.add(encrypted.substr(at, piece));
        if (!plain) {
            EXPECT_FALSE(decrypter.whole());
            EXPECT_FALSE(decrypter.add("")) << "once wrong, always wrong";
            return std::nullopt;
        }
        out += *plain;
    }
    if (!decrypter.whole()) return std::nullopt;
    return out;
}

TEST(Streams, GoThereAndBackInAnyPieces) {
    const SecretKey key = SecretKey::random();
    for (const std::size_t size :
         {0UL, 1UL, kBlock - 1, kBlock, kBlock + 1, 2 * kBlock, 200'000UL}) {
        const std::string plain = text_of(size);
        for (const std::size_t piece : {1000UL, kBlock, kFrame, 1'000'000UL}) {
            const std::string encrypted = encrypt(key, plain, piece);
            EXPECT_EQ(encrypted.size(), kHeader + size + 21 * (size / kBlock + 1));
            EXPECT_TRUE(decrypt(key, encrypted, piece) == plain) << size << ' ' << piece;
            EXPECT_TRUE(decrypt(key, encrypted, 7) == plain) << size;
        }
    }
}

TEST(Streams, AreEncryptedAsTheyCome) {
    StreamEncrypter encrypter{SecretKey::random()};
    EXPECT_EQ(encrypter.add("").size(), kHeader);
    EXPECT_EQ(encrypter.add(text_of(kBlock - 1)), "");
    EXPECT_EQ(encrypter.add("x").size(), kFrame);
}

TEST(Streams, CanMove) {
    const SecretKey key = SecretKey::random();
    StreamEncrypter first{key};
    std::string encrypted = first.add("abc");
    StreamEncrypter second = std::move(first);
    encrypted += second.add("def");
    encrypted += second.finish();
    StreamDecrypter reader{key};
    std::optional<std::string> plain = reader.add(encrypted.substr(0, 30));
    StreamDecrypter other{std::move(reader)};
    plain = other.add(encrypted.substr(30));
    EXPECT_EQ(plain, "abcdef");
    EXPECT_TRUE(other.whole());
}

TEST(Streams, FindEveryChangedByteOfAShortOne) {
    const SecretKey key = SecretKey::random();
    const std::string encrypted = encrypt(key, "contenu", 3);
    for (std::size_t i = 0; i < encrypted.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string other = encrypted;
            other[i] = static_cast<char>(other[i] ^ (1 << bit));
            EXPECT_EQ(decrypt(key, other, 1000), std::nullopt) << i << ' ' << bit;
        }
        EXPECT_EQ(decrypt(key, encrypted.substr(0, i), 1000), std::nullopt) << "cut at " << i;
    }
    EXPECT_EQ(decrypt(SecretKey::random(), encrypted, 1000), std::nullopt);
    EXPECT_EQ(decrypt(key, encrypted + 'x', 1000), std::nullopt);
    EXPECT_EQ(decrypt(key, encrypted + encrypted, 1000), std::nullopt);
}

class ManyBlocks : public testing::Test {
protected:
    SecretKey key = SecretKey::random();
    std::string plain = text_of(3 * kBlock + 100);
    std::string encrypted = encrypt(key, plain, 5000);

    std::string frame(std::size_t index) const {
        return encrypted.substr(kHeader + index * kFrame, kFrame);
    }
    /// The stream made of these frames.
    std::string arranged(const std::vector<std::size_t>& frames) const {
        std::string out = encrypted.substr(0, kHeader);
        for (const std::size_t index : frames) out += frame(index);
        return out;
    }
};

TEST_F(ManyBlocks, AreOpenedOnlyWholeAndInOrder) {
    EXPECT_TRUE(decrypt(key, arranged({0, 1, 2, 3}), kFrame) == plain);
    const std::vector<std::size_t> wrong[] = {{},
                                              {0},
                                              {0, 1, 2},
                                              {1, 0, 2, 3},
                                              {0, 2, 1, 3},
                                              {0, 1, 3},
                                              {0, 1, 3, 2},
                                              {1, 2, 3},
                                              {3},
                                              {0, 0, 1, 2, 3},
                                              {0, 1, 1, 2, 3},
                                              {0, 1, 2, 2},
                                              {0, 1, 2, 3, 3},
                                              {0, 1, 2, 3, 0}};
    for (const auto& frames : wrong) {
        EXPECT_FALSE(decrypt(key, arranged(frames), kFrame)) << testing::PrintToString(frames);
    }
}

TEST_F(ManyBlocks, OfAnotherStreamOfTheSameKeyDoNotFit) {
    const std::string other = encrypt(key, plain, 5000);
    std::string mixed = encrypted;
    mixed.replace(kHeader + kFrame, kFrame, other, kHeader + kFrame, kFrame);
    EXPECT_FALSE(decrypt(key, mixed, kFrame));
}

TEST_F(ManyBlocks, GiveOnlyGenuineBytesBeforeAFault) {
    std::string broken = encrypted;
    broken[kHeader + 2 * kFrame + 50] ^= 1;
    StreamDecrypter decrypter{key};
    EXPECT_TRUE(decrypter.add(std::string_view{broken}.substr(0, kHeader + 2 * kFrame)) ==
                plain.substr(0, 2 * kBlock));
    EXPECT_FALSE(decrypter.add(std::string_view{broken}.substr(kHeader + 2 * kFrame)));
}

TEST(Streams, RefuseALengthAtOnce) {
    const SecretKey key = SecretKey::random();
    const std::string header = encrypt(key, "", 1).substr(0, kHeader);
    for (const std::string_view length : {std::string_view{"\xff\xff\xff\xff", 4},
                                          std::string_view{"\x12\x00\x01\x00", 4}, // one too many
                                          std::string_view{"\x10\x00\x00\x00", 4}, // one too few
                                          std::string_view{"\x00\x00\x00\x00", 4}}) {
        StreamDecrypter decrypter{key};
        EXPECT_TRUE(decrypter.add(header));
        EXPECT_TRUE(decrypter.add(length.substr(0, 3)));
        EXPECT_FALSE(decrypter.add(length.substr(3)));
    }
}

TEST(Streams, AreFinishedOnce) {
    StreamEncrypter encrypter{SecretKey::random()};
    (void)encrypter.finish();
    EXPECT_DEATH((void)encrypter.finish(), "finished once");
    EXPECT_DEATH((void)encrypter.add("x"), "finished");
}

} // namespace
} // namespace platform::crypto

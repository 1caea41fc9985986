#include "engine/normalise/wallet.hpp"

#include "engine/normalise/digest/digest.hpp"
#include "engine/normalise/digest/encoding.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace engine::normalise {
namespace {

struct Row {
    std::string_view written;
    Chain chain;
    std::string_view address = {}; // empty: the same as written
};

// Addresses whose source is not named are made of hashes of words, by an independent program.
const std::vector<Row> kValid{
    {"1HvJV1HRA4W53Mf3XLjkoK8op3JR4QYpBW", Chain::Bitcoin},
    {"3JcKQYmrhxpT8XMUeSQMDwVjxZb8XcbTTo", Chain::Bitcoin},
    {"bitcoin:1HvJV1HRA4W53Mf3XLjkoK8op3JR4QYpBW?amount=1", Chain::Bitcoin,
     "1HvJV1HRA4W53Mf3XLjkoK8op3JR4QYpBW"},
    {"bc1qhxt2wpmnex4yry7md3qx3rm4gyvg7fs3aglct0", Chain::Bitcoin},
    {"bc1qhxt2wpmnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jxw3hjvujqsqchg2", Chain::Bitcoin},
    // BIP 350, "Test vectors for v0-v16 native segregated witness addresses"
    {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Chain::Bitcoin,
     "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
    {"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", Chain::Bitcoin},
    {"BC1SW50QGDZ25J", Chain::Bitcoin, "bc1sw50qgdz25j"},
    {"bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", Chain::Bitcoin},
    {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", Chain::Bitcoin},
    // EIP-55, "Test Cases"
    {"0x52908400098527886E0F7030069857D2E4169EE7", Chain::Ethereum,
     "0x52908400098527886e0f7030069857d2e4169ee7"},
    {"0x8617E340B3D01FA5F11F306F4090FD50E238070D", Chain::Ethereum,
     "0x8617e340b3d01fa5f11f306f4090fd50e238070d"},
    {"0xde709f2102306220921060314715629080e2fb77", Chain::Ethereum},
    {"0x27b1fdb04752bbc536007a920d24acb045561c26", Chain::Ethereum},
    {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Chain::Ethereum,
     "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
    {"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", Chain::Ethereum,
     "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"},
    {"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", Chain::Ethereum,
     "0xdbf03b407c01e7cd3cbea99509d93f8dddc8c6fb"},
    {"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", Chain::Ethereum,
     "0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb"},
    {"TStWV4f9Jnd2CXig7cPUKTpwiq3jERzQuV", Chain::Tron},
    {"Lc9FkDbFEik8JAMChUj45LCa2Ffh9KvoFL", Chain::Litecoin},
    {"MQpTiSBpf5fsw2dNkKPh3ak9HGBacuP1R7", Chain::Litecoin},
    {"ltc1qhxt2wpmnex4yry7md3qx3rm4gyvg7fs3e59unl", Chain::Litecoin},
    {"bitcoincash:qzuedfc8w0y65svnmdkyq6y0w4q33rexzyqvfye4zf", Chain::BitcoinCash},
    {"pzuedfc8w0y65svnmdkyq6y0w4q33rexzyhf5t7ke5", Chain::BitcoinCash,
     "bitcoincash:pzuedfc8w0y65svnmdkyq6y0w4q33rexzyhf5t7ke5"},
    // CashAddr specification, "Examples of Address Translation"
    {"BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", Chain::BitcoinCash,
     "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"},
    {"bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", Chain::BitcoinCash},
    {"DN4Q2GE4TUQMaMqeFvjKM5JQhB2iJ4BvBP", Chain::Dogecoin},
    {"A9Ma9Pqkn2hM2tix4a4mU587f8yAdXBNyp", Chain::Dogecoin},
    {"Xsc9KFwK7mifCJFdPE3yeqpbeNt779rh15", Chain::Dash},
    {"7jKxEk42Wwv68HtRv44rZKVPt7RWR72evK", Chain::Dash},
    {"t1anuVLhZ8PHfdzhwTmYsw8Ej4hVVqm9ZyZ", Chain::Zcash},
    {"t3bUvQtBzgHc3jAQNasDUMkbfDDnDQopBZB", Chain::Zcash},
    {"zs1hxt2wpmnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jxw3hjvujtn948qaeun2jpj0dkcarws7z",
     Chain::Zcash},
    {"u1hxt2wpmnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jxw3hjvujtn948qaeun2jpj0dkcsrg3a65zxy0ycgsl4v6"
     "remjafr8gmexwf9ej6nswu7f4fqe8kmvgp5g7a2prz8jvyg06kdpuaew53n5dun8ysguh3lc",
     Chain::Zcash},
    {"rHvJVrHRwhWnsMCsXLjkoK3oFsJRhQYFBW", Chain::Ripple},
    {"48f2AjY9guwByBhorAMw1EBtWhipgTWG166Z8pvSxc9c73dEZc1VMtHLvcKB5mxyUz54K27MaAkygRdaDKxJkZG9MuRne"
     "8e",
     Chain::Monero},
    {"89VAW7BzHLMByBhorAMw1EBtWhipgTWG166Z8pvSxc9c73dEZc1VMtHLvcKB5mxyUz54K27MaAkygRdaDKxJkZG9MtSsv"
     "C7",
     Chain::Monero},
    {"4JMhBYMeJBTByBhorAMw1EBtWhipgTWG166Z8pvSxc9c73dEZc1VMtHLvcKB5mxyUz54K27MaAkygRdaDKxJkZG9Y4mMV"
     "YHXEbK8NcfxEq",
     Chain::Monero},
    {"addr1qxuedfc8w0y65svnmdkyq6y0w4q33rexzy8atxs7wuh2gemnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jxw3hj"
     "v"
     "ujqnge0ty",
     Chain::Cardano},
    {"addr1vxuedfc8w0y65svnmdkyq6y0w4q33rexzy8atxs7wuh2geccqp7du", Chain::Cardano},
    {"stake1uxuedfc8w0y65svnmdkyq6y0w4q33rexzy8atxs7wuh2gecy2pc3w", Chain::Cardano},
    {"Ae2tdPwUPEZFKoooY2Fff7Y5rv37MsqHxtoCFNZmRW3XW64RKPqhecWgssj", Chain::Cardano},
    {"DVTfPaJUwNWRCMtwpzHYiR9VStj8DucAia5x4rsapdtX", Chain::Solana},
    {"EQC5lqcHc8mqQZPbbEBoj3VBGI8mEQ_Vmh53LqRnRvJnJCw4", Chain::Ton},
    {"UQC5lqcHc8mqQZPbbEBoj3VBGI8mEQ/Vmh53LqRnRvJnJHH9", Chain::Ton,
     "UQC5lqcHc8mqQZPbbEBoj3VBGI8mEQ_Vmh53LqRnRvJnJHH9"},
};

TEST(Wallet, IsAcceptedByItsOwnCheck) {
    for (const Row& row : kValid) {
        const Result<WalletAddress, WalletRefusal> wallet = parse_wallet(row.written);
        ASSERT_TRUE(wallet) << row.written;
        EXPECT_EQ(wallet->chain, row.chain) << row.written;
        EXPECT_EQ(wallet->address, row.address.empty() ? row.written : row.address);
        const Result<WalletAddress, WalletRefusal> again = parse_wallet(wallet->address);
        ASSERT_TRUE(again) << wallet->address;
        EXPECT_EQ(again->address, wallet->address);
    }
}

TEST(Wallet, IsRefusedWithOneWrongCharacter) {
    for (const Row& row : kValid) {
        if (row.chain == Chain::Solana || row.written.starts_with("bitcoin:")) continue;
        for (std::size_t i = 0; i < row.written.size(); ++i) {
            std::string wrong{row.written};
            wrong[i] = wrong[i] == '7' ? '5' : '7';
            const Result<WalletAddress, WalletRefusal> wallet = parse_wallet(wrong);
            if (!wallet) continue;
            // A digit of an Ethereum address in one case is not covered by any checksum.
            const bool is_unchecked = row.chain == Chain::Ethereum;
            EXPECT_TRUE(is_unchecked) << wrong << " of " << row.written;
        }
    }
}

TEST(Wallet, IsRefusedForAReason) {
    const std::vector<std::pair<std::string_view, WalletRefusal>> rows{
        {"", WalletRefusal::WrongLength},
        {"bonjour", WalletRefusal::WrongLength},
        {"anticonstitutionnellement", WalletRefusal::NotAnAddress},
        {"Lamachinealaverestarrivee", WalletRefusal::WrongCharacter},
        {"1HvJV1HRA4W53Mf3XLjkoK8op3JR4QYpBX", WalletRefusal::WrongChecksum},
        {"1HvJV1HRA4W53Mf3XLjkoK8op3JR4QYpB0", WalletRefusal::WrongCharacter},
        {"mxSFn4NPy5wKpU8fEui8dEM8g2u7tjPBLK", WalletRefusal::NotAnAddress}, // test network
        {"tb1qhxt2wpmnex4yry7md3qx3rm4gyvg7fs3hwytsu", WalletRefusal::NotAnAddress},
        {"kQC5lqcHc8mqQZPbbEBoj3VBGI8mEQ_Vmh53LqRnRvJnJJey", WalletRefusal::NotAnAddress},
        {"addr1qzuedfc8w0y65svnmdkyq6y0w4q33rexzy8atxs7wuh2gemnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jx"
         "w"
         "3hjvujqz7sgee",
         WalletRefusal::NotAnAddress},
        {"0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", WalletRefusal::WrongChecksum},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", WalletRefusal::WrongLength},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", WalletRefusal::WrongCharacter},
        {"da39a3ee5e6b4b0d3255bfef95601890afd80709aa", WalletRefusal::NotAnAddress},
        // bech32 where BIP 350 asks for bech32m, and the reverse
        {"bc1phxt2wpmnex4yry7md3qx3rm4gyvg7fs3pl2e58nh96jxw3hjvujq0tgj45",
         WalletRefusal::NotAnAddress},
        {"bc1qhxt2wpmnex4yry7md3qx3rm4gyvg7fs3g505wd", WalletRefusal::NotAnAddress},
        // BIP 350, invalid addresses of the main network
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
         WalletRefusal::NotAnAddress},
        {"BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
         WalletRefusal::NotAnAddress},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", WalletRefusal::NotAnAddress},
        {"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
         WalletRefusal::WrongChecksum},
        {"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
         WalletRefusal::NotAnAddress},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
         WalletRefusal::NotAnAddress},
        {"BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", WalletRefusal::NotAnAddress},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
         WalletRefusal::NotAnAddress},
        {"bc1pw5dgrnzv", WalletRefusal::WrongLength},
        {"bc1gmk9yu", WalletRefusal::WrongLength},
        {"bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", WalletRefusal::WrongChecksum},
    };
    for (const auto& [written, refusal] : rows) {
        const Result<WalletAddress, WalletRefusal> wallet = parse_wallet(written);
        ASSERT_FALSE(wallet) << written;
        EXPECT_EQ(wallet.error(), refusal) << written;
    }
}

TEST(Wallet, SurvivesAnyBytes) {
    std::mt19937 random{7};
    constexpr std::string_view kStarts = "013479ADLMTXtr48EUpqBbaulz";
    int accepted = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string text(random() % 130, '\0');
        for (char& c : text)
            c = static_cast<char>(random() % 4 == 0 ? random() : '1' + random() % 74);
        if (!text.empty()) text[0] = kStarts[random() % kStarts.size()];
        accepted += parse_wallet(text) ? 1 : 0;
    }
    EXPECT_EQ(accepted, 0);
}

std::string hex(const digest::Digest& digest) {
    std::string text;
    for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
    return text;
}

TEST(Keccak, HasTheDigestsOfTheReference) {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
        {"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"},
        {std::string(135, 'a'), "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446"},
        {std::string(136, 'a'), "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e"},
    };
    for (const auto& [text, expected] : rows) {
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
        EXPECT_EQ(hex(digest::keccak256({bytes, text.size()})), expected);
    }
}

TEST(Bech32, ReadsTheStringsOfTheBips) {
    using digest::Bech32Kind;
    const std::vector<std::pair<std::string_view, Bech32Kind>> rows{
        {"A12UEL5L", Bech32Kind::Bech32},
        {"a12uel5l", Bech32Kind::Bech32},
        {"an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tg"
         "s",
         Bech32Kind::Bech32},
        {"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", Bech32Kind::Bech32},
        {"split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", Bech32Kind::Bech32},
        {"?1ezyfcl", Bech32Kind::Bech32},
        {"A1LQFN3A", Bech32Kind::Bech32m},
        {"a1lqfn3a", Bech32Kind::Bech32m},
        {"abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", Bech32Kind::Bech32m},
        {"split1checkupstagehandshakeupstreamerranterredcaperredlc445v", Bech32Kind::Bech32m},
        {"?1v759aa", Bech32Kind::Bech32m},
    };
    for (const auto& [text, kind] : rows) {
        const std::optional<digest::Bech32> decoded = digest::bech32_decode(text);
        ASSERT_TRUE(decoded) << text;
        EXPECT_EQ(decoded->kind, kind) << text;
    }
    for (const std::string_view text : {"\x20"
                                        "1nwldj5",
                                        "\x7F"
                                        "1axkwrx",
                                        "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3",
                                        "A1G7SGD8", "10a06t8", "1qzzfhee", "de1lg7wt\xFF"}) {
        EXPECT_FALSE(digest::bech32_decode(text)) << text;
    }
}

// Null when there are no shared vectors.
nlohmann::json shared_json(const std::string& name) {
    const char* const folder = std::getenv("MAILLON_SHARED_DATA");
    if (folder == nullptr) return {};
    std::ifstream file{std::string{folder} + "/identifiers/crypto/" + name};
    return nlohmann::json::parse(file);
}

TEST(WalletVectors, OfBitcoinjsAddresses) {
    const nlohmann::json vectors = shared_json("bitcoinjs_address.json");
    if (vectors.is_null()) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    int accepted = 0;
    int cases = 0;
    for (const auto& entry : vectors["standard"]) {
        const std::string address =
            entry.contains("base58check") ? entry["base58check"] : entry["bech32"];
        const Result<WalletAddress, WalletRefusal> wallet = parse_wallet(address);
        const std::string network = entry["network"];
        ++cases;
        if (network == "bitcoin" || network == "litecoin") {
            const Chain chain = network == "bitcoin" ? Chain::Bitcoin : Chain::Litecoin;
            EXPECT_TRUE(wallet && wallet->chain == chain) << address;
            ++accepted;
        } else {
            EXPECT_FALSE(wallet) << address << " of " << network;
        }
    }
    EXPECT_GT(accepted, 5);
    for (const auto& [group, entries] : vectors["invalid"].items()) {
        for (const auto& entry : entries) {
            // A made-up network, or a key off the curve: not what the address's own check covers.
            const bool is_ours = entry.contains("address") && !entry.contains("network") &&
                                 !entry.contains("paymentException");
            if (!is_ours) continue;
            const std::string address = entry["address"];
            ++cases;
            EXPECT_FALSE(parse_wallet(address)) << group << ": " << address;
        }
    }
    RecordProperty("set", "bitcoinjs, addresses");
    RecordProperty("cases", cases);
}

TEST(WalletVectors, OfBitcoinjsBase58) {
    const nlohmann::json encoded = shared_json("bitcoinjs_base58_encode_decode.json");
    if (encoded.is_null()) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    int cases = 0;
    for (const auto& pair : encoded) {
        const std::string expected = pair[0];
        const std::string text = pair[1];
        if (text.empty()) continue;
        ++cases;
        const auto bytes = digest::base58_decode(text, digest::Alphabet::Bitcoin);
        EXPECT_EQ(bytes ? fmt::format("{:02x}", fmt::join(*bytes, "")) : "refused", expected);
    }
    const nlohmann::json invalid = shared_json("bitcoinjs_base58_keys_invalid.json");
    for (const auto& entry : invalid) {
        ++cases;
        EXPECT_FALSE(parse_wallet(entry[0].get<std::string>())) << entry[0];
    }
    int addresses = 0;
    const nlohmann::json valid = shared_json("bitcoinjs_base58_keys_valid.json");
    for (const auto& entry : valid) {
        const std::string text = entry[0];
        const auto& about = entry[2];
        const bool is_ours = !about["isPrivkey"].get<bool>() && !about.value("isTestnet", false);
        ++cases;
        EXPECT_EQ(parse_wallet(text).has_value(), is_ours) << text;
        addresses += is_ours ? 1 : 0;
    }
    RecordProperty("set", "bitcoinjs, Base58 and its keys");
    RecordProperty("cases", cases);
    EXPECT_GT(addresses, 5);
}

} // namespace
} // namespace engine::normalise

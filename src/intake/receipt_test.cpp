#include "intake/receipt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake {
namespace {

namespace crypto = platform::crypto;
namespace ledger = platform::ledger;
using testing::HasSubstr;
using testing::IsEmpty;

std::string_view entry_of(const ledger::Commitment& commitment) {
    return crypto::as_text(commitment.digest);
}

class ReceiptTest : public testing::Test {
protected:
    ReceiptTest() { crypto::start(); }

    /// A receipt for entry `index` of a log of `size` entries.
    Receipt receipt_at(std::uint64_t index, std::uint64_t size) const {
        const StatementFacts facts{.act = "received",
                                   .at = "2026-11-24T10:00:00Z",
                                   .reference = "S-7K3M-92QD",
                                   .text = crypto::to_hex(crypto::sha256("récit")),
                                   .record = crypto::to_hex(crypto::sha256("{}")),
                                   .files = {crypto::to_hex(crypto::sha256("image"))}};
        Receipt out;
        out.statement = canonical(facts);
        const ledger::Commitment mine = ledger::commit_to(out.statement);
        out.salt = mine.salt;
        std::vector<crypto::Digest> leaves;
        for (std::uint64_t i = 0; i < size; ++i) {
            const ledger::Commitment other = ledger::commit_to("another " + std::to_string(i));
            leaves.push_back(ledger::leaf_hash(entry_of(i == index ? mine : other)));
        }
        out.place = {.index = index,
                     .size = size,
                     .root = ledger::root_of(leaves),
                     .proof = ledger::inclusion_proof(leaves, index)};
        out.head = ledger::sign_head(size, out.place.root, 1'795'000'000, key_);
        out.key = key_.public_key();
        return out;
    }

    crypto::SigningKey key_ = crypto::SigningKey::from_seed(crypto::SecretKey::random());
};

TEST_F(ReceiptTest, HoldsAtEveryPlaceOfLogsOfEverySize) {
    for (std::uint64_t size = 1; size <= 17; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const Receipt receipt = receipt_at(index, size);
            EXPECT_THAT(faults_of(receipt, key_.public_key()), IsEmpty()) << index << '/' << size;
        }
    }
}

TEST_F(ReceiptTest, SurvivesItsJson) {
    const Receipt receipt = receipt_at(5, 9);
    const auto again = receipt_from_json(to_json(receipt));
    ASSERT_TRUE(again.has_value()) << again.error();
    EXPECT_EQ(to_json(*again), to_json(receipt));
    EXPECT_THAT(faults_of(*again, key_.public_key()), IsEmpty());
}

TEST_F(ReceiptTest, NoOtherByteHolds) {
    const std::string json = to_json(receipt_at(5, 9));
    for (std::size_t i = 0; i < json.size(); ++i) {
        for (const char other : {'0', '1', 'f', ' ', '"'}) {
            if (json[i] == other) continue;
            std::string bent = json;
            bent[i] = other;
            const auto read = receipt_from_json(bent);
            // What still holds says the same: only the layout or the key's name was touched.
            if (read && faults_of(*read, key_.public_key()).empty()) {
                EXPECT_EQ(to_json(*read), json) << "byte " << i << " as " << other;
            }
        }
    }
}

TEST_F(ReceiptTest, AnotherKeyIsNotTheService) {
    const crypto::SigningKey other = crypto::SigningKey::from_seed(crypto::SecretKey::random());
    EXPECT_THAT(faults_of(receipt_at(0, 1), other.public_key()),
                testing::Contains(HasSubstr("another key")));
}

TEST_F(ReceiptTest, WhatIsNoReceiptIsToldInWords) {
    const std::string good = to_json(receipt_at(0, 1));
    const auto without = [&](const std::string& field) {
        std::string bent = good;
        const std::size_t at = bent.find('"' + field + '"');
        bent.replace(at, field.size() + 2, "\"other\"");
        return bent;
    };
    EXPECT_THAT(receipt_from_json("").error(), HasSubstr("no JSON object"));
    EXPECT_THAT(receipt_from_json("[]").error(), HasSubstr("no JSON object"));
    EXPECT_THAT(receipt_from_json("{}").error(), HasSubstr("version 1"));
    for (const char* field :
         {"statement", "salt", "leaf_index", "inclusion_proof", "tree_head", "public_key"}) {
        EXPECT_THAT(receipt_from_json(without(field)).error(), HasSubstr(field));
    }
    for (const char* field : {"size", "root", "time", "signature"}) {
        EXPECT_THAT(receipt_from_json(without(field)).error(), HasSubstr("tree_head"));
    }
}

TEST(Statements, AreWrittenInOneForm) {
    const StatementFacts facts{
        .act = "read", .at = "2026-01-02T03:04:05Z", .reference = "S-0000-0000"};
    EXPECT_EQ(canonical(facts), R"({"act":"read","at":"2026-01-02T03:04:05Z","files":[],)"
                                R"("record":"","reference":"S-0000-0000","text":""})");
    const auto read = read_facts(canonical(facts));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(canonical(*read), canonical(facts));
    EXPECT_FALSE(read_facts("{\"act\":1}").has_value());
}

} // namespace
} // namespace intake

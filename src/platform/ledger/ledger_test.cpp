#include "platform/db_testing/test_database.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/ledger/queries.hpp"
#include "platform/ledger/testing/written_log.hpp"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <fstream>
#include <thread>

namespace platform::ledger {
namespace {

using WrittenLog = LogIn<db_testing::TestDatabase>;
using testing::IsEmpty;

bool proves(const Place& place, const Commitment& entry) {
    return verify_inclusion(leaf_hash(crypto::as_text(entry.digest)), place.index, place.size,
                            place.proof, place.root);
}

TEST(LedgerQueries, FitTheTables) {
    for (const std::string_view role : {"", "maillon_door", "maillon_engine", "maillon_operator"}) {
        EXPECT_THAT(db_testing::prepare_all(sql::kAll, role), IsEmpty()) << role;
    }
}

TEST(Commitments, OpenWithTheirStatementAlone) {
    const Commitment one = commit_to(R"({"act":"received"})");
    EXPECT_TRUE(opens(one, R"({"act":"received"})"));
    EXPECT_FALSE(opens(one, R"({"act":"closed"})"));
    EXPECT_EQ(one.salt.size(), kSaltBytes);
    EXPECT_NE(commit_to("same").digest, commit_to("same").digest);
    const std::string salt(32, 's');
    EXPECT_TRUE(opens({crypto::sha256("maillon commitment v1\n" + salt + "act"), salt}, "act"))
        << "the form of the document";
    // A part of the salt is no part of the statement.
    EXPECT_FALSE(
        opens({one.digest, one.salt.substr(0, 31)}, one.salt.substr(31) + R"({"act":"received"})"));
    EXPECT_FALSE(opens({one.digest, ""}, one.salt + R"({"act":"received"})"));
}

TEST(Heads, AreSignedAsDocumented) {
    const auto seed = crypto::SecretKey::from_bytes(std::string(32, 's'));
    const auto key = crypto::SigningKey::from_seed(*seed);
    const TreeHead head = sign_head(17, crypto::sha256("root"), 1'700'000'000, key);
    EXPECT_EQ(signed_text(head, key.public_key()),
              "maillon tree head v1\n" +
                  crypto::to_hex(crypto::sha256(crypto::as_text(key.public_key()))) +
                  "\n17\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n2023-11-14T22:13:20Z\n");
    EXPECT_TRUE(verify_head(head, key.public_key()));
    EXPECT_TRUE(
        crypto::verify(key.public_key(), signed_text(head, key.public_key()), head.signature));
}

TEST(Heads, HoldOnlyAsSigned) {
    const auto key = crypto::SigningKey::from_seed(crypto::SecretKey::random());
    const auto stranger = crypto::SigningKey::from_seed(crypto::SecretKey::random());
    const TreeHead head = sign_head(17, crypto::sha256("root"), 1'700'000'000, key);
    TreeHead other = head;
    ++other.size;
    EXPECT_FALSE(verify_head(other, key.public_key()));
    other = head;
    ++other.at;
    EXPECT_FALSE(verify_head(other, key.public_key()));
    other = head;
    other.root[31] ^= 1;
    EXPECT_FALSE(verify_head(other, key.public_key()));
    EXPECT_FALSE(verify_head(head, stranger.public_key()));
    for (const UnixSeconds at : {INT64_MIN, INT64_MAX, UnixSeconds{-1}}) {
        other = head;
        other.at = at;
        EXPECT_FALSE(verify_head(other, key.public_key())) << "and is refused without a crash";
    }
}

TEST(Ledger, BeginsEmpty) {
    WrittenLog log;
    EXPECT_EQ(standing(log.connection).size, 0U);
    EXPECT_EQ(standing(log.connection).root, empty_root());
    EXPECT_EQ(place_of(log.connection, 0), std::nullopt);
    EXPECT_EQ(publish_head(log.connection, log.key, 1), std::nullopt);
}

TEST(Ledger, GrowsAsTheTreeOfTheDefinition) {
    WrittenLog log;
    const std::vector<Commitment> entries = commitments_of(0, 70);
    const std::vector<Digest> leaves = leaves_of(entries);
    std::size_t size = 0;
    for (const std::size_t count : {1UL, 1UL, 1UL, 2UL, 1UL, 7UL, 1UL, 20UL, 3UL, 1UL, 1UL, 31UL}) {
        const auto batch = std::span{entries}.subspan(size, count);
        const std::vector<Place> places = log.append(batch);
        ASSERT_EQ(places.size(), count);
        size += count;
        const auto tree = std::span{leaves}.first(size);
        for (std::size_t i = 0; i < count; ++i) {
            EXPECT_EQ(places[i].index, size - count + i);
            EXPECT_EQ(places[i].size, size);
            EXPECT_EQ(places[i].root, root_of(tree));
            EXPECT_EQ(places[i].proof, inclusion_proof(tree, places[i].index));
            EXPECT_TRUE(proves(places[i], batch[i]));
        }
        for (std::size_t index = 0; index < size; ++index) {
            const std::optional<Place> place = place_of(log.connection, index);
            ASSERT_TRUE(place);
            EXPECT_EQ(place->size, size);
            EXPECT_EQ(place->root, root_of(tree));
            EXPECT_EQ(place->proof, inclusion_proof(tree, index)) << index << " of " << size;
        }
        EXPECT_EQ(standing(log.connection).size, size);
        EXPECT_EQ(standing(log.connection).root, root_of(tree));
    }
    EXPECT_EQ(size, entries.size());
    EXPECT_EQ(place_of(log.connection, size), std::nullopt);
    EXPECT_EQ(place_of(log.connection, UINT64_MAX), std::nullopt);
}

TEST(Ledger, WithoutEntriesOnlyCommits) {
    WrittenLog log;
    EXPECT_THAT(log.append({}), IsEmpty());
    EXPECT_TRUE(log.connection.usable());
    EXPECT_EQ(standing(log.connection).size, 0U);
}

TEST(Ledger, RefusesAnUnboundedBatch) {
    WrittenLog log;
    EXPECT_DEATH(log.append(std::vector<Commitment>(kAppendMax + 1)), "has its limit");
}

TEST(Ledger, IsOneWhenManyAppendAtOnce) {
    WrittenLog log;
    constexpr std::size_t kThreads = 8;
    constexpr std::size_t kEach = 25;
    const std::vector<Commitment> entries = commitments_of(0, kThreads * kEach * 2);
    std::vector<std::optional<std::size_t>> entry_at(entries.size());
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                db::Connection connection = log.database.connect("maillon_door");
                for (std::size_t i = 0; i < kEach; ++i) {
                    const std::size_t first = 2 * (t * kEach + i);
                    const auto batch = std::span{entries}.subspan(first, 2);
                    db::Transaction transaction{connection};
                    const std::vector<Place> places = append_and_commit(transaction, batch);
                    for (std::size_t k = 0; k < 2; ++k) {
                        if (!proves(places[k], batch[k])) ++wrong;
                        entry_at[places[k].index] = first + k; // an index of nobody else
                    }
                }
            });
        }
    }
    EXPECT_EQ(wrong, 0);
    std::vector<Digest> leaves;
    for (const auto& entry : entry_at) {
        ASSERT_TRUE(entry) << "each index once";
        leaves.push_back(leaf_hash(crypto::as_text(entries[*entry].digest)));
    }
    EXPECT_EQ(standing(log.connection).root, root_of(leaves));
    EXPECT_THAT(verify_log(log.connection, log.key.public_key(), [](auto) {}), IsEmpty());
}

TEST(Ledger, ForgetsWhatWasNotCommitted) {
    WrittenLog log;
    log.append(commitments_of(0, 5));
    {
        db::Transaction transaction{log.connection};
        const std::string bytes(32, 'c');
        EXPECT_EQ(transaction.run(sql::kAppend, {db::Value::bytes(bytes)}).size(), 1);
    }
    EXPECT_EQ(standing(log.connection).size, 5U);
    EXPECT_EQ(log.append(commitments_of(5, 1))[0].index, 5U);
    EXPECT_THAT(verify_log(log.connection, log.key.public_key(), [](auto) {}), IsEmpty());
}

TEST(Ledger, RefusesWhatIsNoCommitment) {
    WrittenLog log;
    for (const std::size_t size : {0UL, 31UL, 33UL}) {
        const std::string bytes(size, 'c');
        EXPECT_THROW((void)log.connection.run(sql::kAppend, {db::Value::bytes(bytes)}),
                     db::Refused);
    }
}

TEST(PublishedHeads, ComeWhenTheLogGrew) {
    WrittenLog log;
    log.append(commitments_of(0, 5));
    const auto first = publish_head(log.connection, log.key, 1'700'000'000);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->size, 5U);
    EXPECT_EQ(first->root, standing(log.connection).root);
    EXPECT_TRUE(verify_head(*first, log.key.public_key()));
    EXPECT_EQ(publish_head(log.connection, log.key, 1'700'000'060), std::nullopt);
    log.append(commitments_of(5, 1));
    db::Connection engine = log.database.connect("maillon_engine");
    EXPECT_TRUE(publish_head(engine, log.key, 1'700'000'120));
    EXPECT_EQ(publish_head(engine, log.key, 1'700'000'180), std::nullopt);
    EXPECT_THAT(verify_log(engine, log.key.public_key(), [](auto) {}), IsEmpty());
}

TEST(PublishedHeads, AreThoseOfThisLog) {
    WrittenLog log;
    log.append(commitments_of(0, 5));
    const std::string signature(64, 's');
    const std::string root{crypto::as_text(standing(log.connection).root)};
    const std::string other(32, 'r');
    struct Case {
        std::int64_t size;
        std::string root;
    };
    for (const Case& c :
         {Case{5, other}, Case{4, root}, Case{6, root}, Case{0, root}, Case{-1, root}}) {
        EXPECT_THROW((void)log.connection.run(sql::kPublish, {c.size, db::Value::bytes(c.root), 1,
                                                              db::Value::bytes(signature)}),
                     db::Refused)
            << c.size;
    }
}

std::vector<std::string> statements_of(const std::string& file) {
    std::ifstream in{MAILLON_SOURCE_DIR "/src/platform/ledger/testing/" + file};
    std::vector<std::string> statements;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("--")) statements.push_back(line);
    }
    EXPECT_GE(statements.size(), 8U) << file;
    return statements;
}

/// Whether the database said no, by its five characters; empty when it did not.
std::string refusal_of(db::Connection& connection, std::string_view statement) {
    const auto refused = connection.try_script(statement);
    return refused ? refused->sqlstate() : "";
}

TEST(LedgerRights, RolesOnlyAppendAndRead) {
    WrittenLog log;
    log.append(commitments_of(0, 5));
    ASSERT_TRUE(publish_head(log.connection, log.key, 1));
    const std::vector<std::string> attempts = statements_of("refused_to_roles.sql");
    for (const std::string_view role : {"maillon_door", "maillon_engine", "maillon_operator"}) {
        db::Connection connection = log.database.connect(role);
        EXPECT_EQ(refusal_of(connection, "SET maillon.ledger_restore = on"), "");
        for (const std::string& attempt : attempts) {
            EXPECT_EQ(refusal_of(connection, attempt), "42501") << role << ": " << attempt;
        }
        EXPECT_EQ(standing(connection).size, 5U);
        EXPECT_TRUE(place_of(connection, 3));
    }
    db::Connection door = log.database.connect("maillon_door");
    log.append(commitments_of(5, 1));
    EXPECT_THROW((void)publish_head(door, log.key, 2), db::Refused);
    db::Connection follower = log.database.connect("maillon_follower"); // completes, withdraws
    EXPECT_EQ(standing(follower).size, 6U);
    EXPECT_THROW((void)publish_head(follower, log.key, 2), db::Refused);
}

TEST(LedgerRights, TheOwnerCannotChangeThePastByAccident) {
    WrittenLog log;
    log.append(commitments_of(0, 5));
    ASSERT_TRUE(publish_head(log.connection, log.key, 1));
    const std::vector<std::string> attempts = statements_of("refused_to_owner.sql");
    for (const std::string& attempt : attempts) {
        EXPECT_THAT(refusal_of(log.connection, attempt), testing::AnyOf("23001", "23505"))
            << attempt;
    }
    EXPECT_THAT(verify_log(log.connection, log.key.public_key(), [](auto) {}), IsEmpty());
    EXPECT_EQ(refusal_of(log.connection, "SET maillon.ledger_restore = on"), "");
    EXPECT_EQ(refusal_of(log.connection, "TRUNCATE ledger.entry, ledger.node, ledger.head"), "");
}

} // namespace
} // namespace platform::ledger

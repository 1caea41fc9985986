#include "platform/db/database.hpp"

#include "platform/db/queries.hpp"
#include "platform/db/test_queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

namespace db = platform::db;
namespace sql = platform::db::test::sql;
using db::Value;
using platform::db_testing::prepare_all;
using platform::db_testing::TestDatabase;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kTables = "CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY, "
                                "name text NOT NULL CONSTRAINT person_name_once UNIQUE);"
                                "CREATE TABLE late (name text CONSTRAINT late_name_once UNIQUE "
                                "DEFERRABLE INITIALLY DEFERRED);";

class Database : public testing::Test {
protected:
    Database() { connection_.script(kTables); }
    [[nodiscard]] std::int64_t people() { return connection_.run(sql::kCountPeople)[0].integer(0); }
    void end(db::Connection& other) {
        const std::int64_t process = other.run(sql::kBackendNumber)[0].integer(0);
        connection_.run(sql::kEndBackend, {process});
    }

    TestDatabase database_{TestDatabase::Content::Empty};
    db::Connection connection_{database_.connect()};
};

/// The SQLSTATE of what an action is refused with; empty when it is not.
template <class Action> std::string refusal_of(Action action) {
    try {
        action();
    } catch (const db::Refused& refused) {
        return refused.sqlstate();
    }
    return {};
}

TEST(Queries, FitTheTables) {
    EXPECT_THAT(prepare_all(db::sql::kAll), IsEmpty());
}

TEST(Queries, ThatDoNotFitAreTold) {
    const std::vector<db::Query> queries{sql::kBackendNumber, sql::kMissingTable};
    EXPECT_THAT(prepare_all(queries),
                ElementsAre(HasSubstr("relation \"nowhere\" does not exist")));
}

TEST_F(Database, SessionIsPrepared) {
    const db::Rows rows = connection_.run(sql::kSessionSettings);
    EXPECT_EQ(rows[0].text(0), "UTC");
    EXPECT_EQ(rows[0].text(1), "UTF8");
    EXPECT_EQ(rows[0].text(2), "30s");
    EXPECT_EQ(rows[0].text(3), "10s");
    EXPECT_EQ(rows[0].text(4), "1min");
}

TEST(Roles, SpeakForThemselvesOnly) {
    const TestDatabase database;
    for (const char* role :
         {"maillon_door", "maillon_follower", "maillon_engine", "maillon_operator"}) {
        db::Connection connection = database.connect(role);
        EXPECT_EQ(connection.run(sql::kSessionSettings)[0].text(5), role);
        EXPECT_EQ(refusal_of([&] { connection.script("CREATE TABLE mine ()"); }), "42501") << role;
        EXPECT_EQ(refusal_of([&] { connection.script("CREATE TABLE keys.mine ()"); }), "42501");
    }
    EXPECT_THROW((void)database.connect("maillon_nobody"), db::Refused);
}

TEST_F(Database, ValuesGoAndComeBack) {
    using std::string_literals::operator""s;
    const std::string bytes = "\0\x01\xff'\\x\n"s;
    struct Row {
        std::string text;
        std::int64_t number;
        bool truth;
        std::string bytes;
        UnixSeconds at;
    };
    const Row cases[] = {
        {"", 0, false, "", 0},
        {"it's \"quoted\" \\ € \U0001F600", INT64_MIN, true, bytes, 1'772'353'800},
        {"'; DROP TABLE person; --", INT64_MAX, false, std::string(100'000, '\xfe'), -1},
    };
    for (const Row& row : cases) {
        const db::Rows rows = connection_.run(
            sql::kEchoValues, {row.text, row.number, row.truth, Value::bytes(row.bytes),
                               Value::time(row.at), std::nullopt});
        ASSERT_EQ(rows.size(), 1);
        EXPECT_EQ(rows[0].text(0), row.text);
        EXPECT_EQ(rows[0].integer(1), row.number);
        EXPECT_EQ(rows[0].boolean(2), row.truth);
        EXPECT_EQ(rows[0].bytes(3), row.bytes);
        EXPECT_EQ(rows[0].time(4), row.at);
        EXPECT_TRUE(rows[0].is_null(5));
        EXPECT_EQ(rows[0].text_or_null(5), std::nullopt);
        EXPECT_EQ(rows[0].text_or_null(0), row.text);
    }
    const std::optional<std::string> none;
    const db::Rows nulls =
        connection_.run(sql::kEchoValues, {none, std::nullopt, std::nullopt, std::nullopt,
                                           std::nullopt, std::optional<std::string>{"some"}});
    EXPECT_EQ(nulls[0].time_or_null(4), std::nullopt);
    EXPECT_EQ(nulls[0].text(5), "some");
    EXPECT_DEATH((void)nulls[0].text(0), "not null");
    EXPECT_DEATH((void)nulls[0].text(6), "returns this column");
}

TEST_F(Database, TextsThatNoTextCanBeAreRefused) {
    using std::string_literals::operator""s;
    for (const std::string& text : {"a\0b"s, "\xff"s, "\xed\xa0\x80"s}) {
        EXPECT_EQ(refusal_of([&] { connection_.run(sql::kAddPerson, {text}); }), "22021");
    }
    EXPECT_EQ(people(), 0);
}

TEST_F(Database, TouchedRowsAreCounted) {
    connection_.run(sql::kAddPerson, {"a"});
    connection_.run(sql::kAddPerson, {"b"});
    EXPECT_EQ(connection_.run(sql::kRenamePeople, {"x"}).touched(), 2);
    EXPECT_TRUE(connection_.run(sql::kRenamePeople, {"x"}).empty());
}

TEST_F(Database, RefusalsNameTheConstraintAndNoValue) {
    connection_.run(sql::kAddPerson, {"secret"});
    try {
        connection_.run(sql::kAddPerson, {"secret"});
        FAIL() << "the same name twice";
    } catch (const db::Refused& refused) {
        EXPECT_TRUE(refused.is_taken());
        EXPECT_EQ(refused.constraint(), "person_name_once");
        EXPECT_STREQ(refused.what(), "platform_db_add_person: 23505 (person_name_once)");
    }
    for (const db::Query& query : {sql::kSearchText, sql::kNumberOfText}) {
        try {
            connection_.run(query, {"secret & & |"});
            FAIL() << query.name;
        } catch (const db::Refused& refused) {
            EXPECT_THAT(refused.what(), Not(HasSubstr("secret")));
        }
    }
    EXPECT_TRUE(connection_.usable());
}

TEST_F(Database, AddressesThatLeadNowhereAreLost) {
    for (const char* url : {"host=/nowhere user=x", "postgresql://127.0.0.1:1/x?user=x"}) {
        EXPECT_THROW((db::Connection{{url, ""}}), db::Lost) << url;
    }
    try {
        const db::Connection connection{{"postgresql://user:pass%zzword@localhost/x", ""}};
        FAIL() << "no address";
    } catch (const db::Lost& lost) {
        EXPECT_THAT(lost.what(), Not(HasSubstr("word")));
    }
}

TEST_F(Database, TransactionsRollBackUnlessCommitted) {
    { db::Transaction{connection_}.run(sql::kAddPerson, {"a"}); }
    EXPECT_EQ(people(), 0);
    db::Transaction transaction{connection_};
    transaction.run(sql::kAddPerson, {"a"});
    transaction.commit();
    EXPECT_EQ(people(), 1);
}

TEST_F(Database, CommitAfterARefusalIsNoCommit) {
    connection_.run(sql::kAddPerson, {"a"});
    {
        db::Transaction transaction{connection_};
        transaction.run(sql::kAddPerson, {"b"});
        EXPECT_EQ(refusal_of([&] { transaction.run(sql::kAddPerson, {"a"}); }), "23505");
        EXPECT_EQ(refusal_of([&] { transaction.commit(); }), "25P02");
    }
    EXPECT_EQ(people(), 1);
    EXPECT_TRUE(connection_.usable());
}

TEST_F(Database, CommitWithIsAllOrNothing) {
    {
        db::Transaction transaction{connection_};
        transaction.run(sql::kAddPerson, {"a"});
        EXPECT_EQ(transaction.commit_with(sql::kAddPerson, {"b"})[0].integer(0), 2);
    }
    EXPECT_EQ(people(), 2);
    struct Case {
        const char* what;
        const char* sqlstate;
        const db::Query& query;
        const char* value;
    };
    connection_.run(sql::kAddLate, {"taken"});
    const Case cases[] = {{"the statement is refused", "23505", sql::kAddPerson, "b"},
                          {"the commit is refused", "23505", sql::kAddLate, "taken"},
                          {"the value is no text", "22021", sql::kAddPerson, "\xff"}};
    for (const Case& one : cases) {
        {
            db::Transaction transaction{connection_};
            transaction.run(sql::kAddPerson, {"c"});
            EXPECT_EQ(refusal_of([&] { transaction.commit_with(one.query, {one.value}); }),
                      one.sqlstate)
                << one.what;
        }
        EXPECT_EQ(people(), 2) << one.what;
        EXPECT_TRUE(connection_.usable()) << one.what;
    }
}

TEST_F(Database, CommitWithOnALostConnectionIsLost) {
    db::Connection other = database_.connect();
    db::Transaction transaction{other};
    transaction.run(sql::kAddPerson, {"a"});
    end(other);
    EXPECT_THROW(transaction.commit_with(sql::kAddPerson, {"b"}), db::Lost);
    EXPECT_EQ(people(), 0);
    EXPECT_FALSE(other.usable());
}

TEST_F(Database, StatementsEndAtTheirTimeout) {
    connection_.script("SET statement_timeout = '50ms'");
    EXPECT_EQ(refusal_of([&] { connection_.run(sql::kWaitLong); }), "57014");
    EXPECT_TRUE(connection_.usable());
}

TEST_F(Database, AStatementWhoseTableChangedSpoilsItsConnectionOnly) {
    db::Pool pool{database_.address(), 1};
    connection_.script("CREATE VIEW person_view AS SELECT id FROM person");
    const db::Query query{"test_view", "TABLE person_view"};
    pool.take()->run(query);
    connection_.script("DROP VIEW person_view; CREATE VIEW person_view AS SELECT name FROM person");
    EXPECT_EQ(refusal_of([&] { pool.take()->run(query); }), "0A000");
    EXPECT_NO_THROW(pool.take()->run(query));
}

TEST_F(Database, NoticesAreHeard) {
    connection_.script("LISTEN work");
    EXPECT_FALSE(connection_.wait_for_notice(0ms));
    db::Connection other = database_.connect();
    std::thread teller{[&other] { other.script("NOTIFY work"); }};
    EXPECT_TRUE(connection_.wait_for_notice(60s));
    teller.join();
    EXPECT_FALSE(connection_.wait_for_notice(1ms));
    end(other);
    EXPECT_THROW(other.wait_for_notice(60s), db::Lost);
}

TEST_F(Database, PoolLendsAtMostItsSize) {
    db::Pool pool{database_.address(), 2};
    const db::Lease first = pool.take();
    {
        const db::Lease second = pool.take();
        EXPECT_THROW((void)pool.take(1ms), db::Lost);
    }
    EXPECT_NO_THROW((void)pool.take(1ms));
}

TEST_F(Database, PoolServesManyThreads) {
    constexpr int kThreads = 8;
    constexpr int kEach = 50;
    db::Pool pool{database_.address(), 3};
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&] {
            for (int number = 0; number < kEach; ++number) {
                const db::Lease lease = pool.take(60s);
                db::Transaction transaction{*lease};
                // Every name is given by all threads: one of them wins.
                const std::string name = std::to_string(number);
                if (!refusal_of([&] { transaction.commit_with(sql::kAddPerson, {name}); }).empty())
                    ++refused;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(people(), kEach);
    EXPECT_EQ(refused, (kThreads - 1) * kEach);
}

TEST_F(Database, PoolReplacesBrokenConnections) {
    db::Pool pool{database_.address(), 1};
    // Broken while it lay in the pool.
    {
        const db::Lease lease = pool.take();
        end(*lease);
    }
    pool.take()->run(sql::kAddPerson, {"a"});
    // Broken while it was lent.
    {
        const db::Lease lease = pool.take();
        end(*lease);
        EXPECT_THROW(lease->run(sql::kCountPeople), db::Lost);
    }
    EXPECT_EQ(pool.take()->run(sql::kCountPeople)[0].integer(0), 1);
    // Given back in the middle of a transaction.
    {
        const db::Lease lease = pool.take();
        lease->script("BEGIN");
        lease->run(sql::kAddPerson, {"b"});
    }
    EXPECT_EQ(pool.take()->run(sql::kCountPeople)[0].integer(0), 1);
}

TEST_F(Database, PoolSurvivesAFailureToOpen) {
    db::Pool pool{{"host=/nowhere user=x", ""}, 1};
    EXPECT_THROW((void)pool.take(), db::Lost);
    EXPECT_THROW((void)pool.take(1ms), db::Lost);
}

} // namespace

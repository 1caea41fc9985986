#include "platform/db/migrations.hpp"

#include "platform/db/test_queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace {

namespace db = platform::db;
namespace sql = platform::db::test::sql;
using db::Migration;
using platform::db_testing::TestDatabase;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<Migration> kTwo{{1, "0001-first", "CREATE TABLE first (id int);"},
                                  {2, "0002-second", "CREATE TABLE second (); DROP TABLE first;"}};

std::vector<std::string> tables(db::Connection& connection) {
    std::vector<std::string> names;
    const db::Rows rows = connection.run(sql::kTablesOfMigrations);
    for (int row = 0; row < rows.size(); ++row) names.emplace_back(rows[row].text(0));
    return names;
}

class Migrations : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> pending(std::span<const Migration> all) {
        const auto names = db::pending_migrations(connection_, all);
        return names ? *names : std::vector<std::string>{"refused: " + names.error().what};
    }
    [[nodiscard]] std::vector<std::string> applied(std::span<const Migration> all) {
        const auto names = db::migrate(connection_, all);
        return names ? *names : std::vector<std::string>{"refused: " + names.error().what};
    }

    TestDatabase database_{TestDatabase::Content::Empty};
    db::Connection connection_{database_.connect()};
};

TEST_F(Migrations, AreAppliedOnceInOrder) {
    EXPECT_THAT(pending(kTwo), ElementsAre("0001-first", "0002-second"));
    EXPECT_THAT(tables(connection_), IsEmpty()) << "looking changes nothing";
    EXPECT_THAT(applied(std::span{kTwo}.first(1)), ElementsAre("0001-first"));
    EXPECT_THAT(tables(connection_), ElementsAre("first", "migration"));
    EXPECT_THAT(pending(kTwo), ElementsAre("0002-second"));
    EXPECT_THAT(applied(kTwo), ElementsAre("0002-second"));
    EXPECT_THAT(tables(connection_), ElementsAre("migration", "second"));
    EXPECT_THAT(applied(kTwo), IsEmpty());
    EXPECT_THAT(pending(kTwo), IsEmpty());
}

TEST_F(Migrations, ThatDoNotFitWhatStandsAreRefused) {
    ASSERT_THAT(applied(kTwo), testing::SizeIs(2));
    struct Case {
        const char* said;
        std::vector<Migration> all;
    };
    const Case cases[] = {
        {"0002-second was changed after it was applied",
         {kTwo[0], {2, "0002-second", "CREATE TABLE second ();"}}},
        {"changed after it was applied as 0001-first", {{1, "0001-other", kTwo[0].sql}, kTwo[1]}},
        {"0002-second, which this program does not know", {kTwo[0]}},
        {"0004-later should have number 0003",
         {kTwo[0], kTwo[1], {4, "0004-later", "CREATE TABLE third ()"}}},
        {"0002-again should have number 0003",
         {kTwo[0], kTwo[1], {2, "0002-again", "CREATE TABLE third ()"}}},
    };
    for (const Case& one : cases) {
        EXPECT_THAT(pending(one.all), ElementsAre(HasSubstr(one.said)));
        EXPECT_THAT(applied(one.all), ElementsAre(HasSubstr(one.said)));
    }
    EXPECT_THAT(tables(connection_), ElementsAre("migration", "second"));
}

TEST_F(Migrations, ThatFailLeaveNothing) {
    const std::vector<Migration> all{kTwo[0],
                                     {2, "0002-bad", "CREATE TABLE half (); DROP TABLE x;"}};
    EXPECT_THAT(applied(all), ElementsAre(HasSubstr("0002-bad was not applied: script: 42P01: "
                                                    "table \"x\" does not exist")));
    EXPECT_THAT(tables(connection_), ElementsAre("first", "migration"));
    EXPECT_TRUE(connection_.usable());
    EXPECT_THAT(applied(kTwo), ElementsAre("0002-second"));
}

TEST_F(Migrations, ByManyAtOnceAreAppliedOnce) {
    constexpr int kProcesses = 4;
    std::vector<std::size_t> counts(kProcesses);
    std::vector<std::thread> threads;
    for (std::size_t& count : counts) {
        threads.emplace_back([&] {
            db::Connection mine = database_.connect();
            const auto names = db::migrate(mine, kTwo);
            count = names ? names->size() : 100;
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::size_t sum = 0;
    for (const std::size_t count : counts) sum += count;
    EXPECT_EQ(sum, kTwo.size());
}

} // namespace

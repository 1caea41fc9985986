#include "engine/memory/memory.hpp"
#include "linking/invented/declarations.hpp"
#include "linking/linker.hpp"
#include "linking/queries.hpp"
#include "linking/rebuild.hpp"
#include "linking/test_queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace linking {
namespace {

namespace db = platform::db;
using engine::record::Statement;
using invented::declaration;
using invented::Kept;
using platform::db_testing::prepare_all;
using platform::db_testing::TestDatabase;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr auto kLong = 60s; // a test that waits so long has failed

/// Of groups of two or more.
using Partition = std::set<std::set<std::string>>;

Partition found_in(const std::vector<Statement>& statements) {
    engine::memory::Memory memory{{}, 1};
    memory.put(statements);
    const engine::memory::Snapshot snapshot = memory.link();
    Partition out;
    for (const auto& members : snapshot.grouping.groups) {
        std::set<std::string> ids;
        for (const auto member : members) ids.emplace(snapshot.corpus.id(member));
        if (ids.size() > 1) out.insert(std::move(ids));
    }
    return out;
}

LinkerPolicy quick() {
    LinkerPolicy policy;
    policy.threads = 2;
    policy.gather = 1ms;
    policy.rest_min = 0ms;
    policy.rest_max = 0ms;
    policy.poll = 20ms;
    return policy;
}

class Linking : public ::testing::Test {
protected:
    TestDatabase database_;
    db::Pool pool_{database_.address("maillon_engine"), 4}; // as the server's engine
    db::Connection reader_{database_.connect("maillon_operator")};
    db::Connection owner_{database_.connect()};
    platform::metrics::Metrics metrics_;
    Kept kept_;

    [[nodiscard]] std::map<std::string, std::string> group_of() {
        std::map<std::string, std::string> out;
        const db::Rows rows = reader_.run(sql::kReadMembers);
        for (int i = 0; i < rows.size(); ++i) {
            if (!rows[i].is_null(1)) out.emplace(rows[i].text(0), rows[i].text(1));
        }
        return out;
    }
    [[nodiscard]] Partition in_tables() {
        std::map<std::string, std::set<std::string>> groups;
        for (const auto& [id, name] : group_of()) groups[name].insert(id);
        Partition out;
        for (auto& [name, ids] : groups) out.insert(std::move(ids));
        return out;
    }
    [[nodiscard]] Partition expected() { return found_in(kept_.statements()); }
    void put(unsigned from, unsigned to, unsigned version = 0) {
        for (unsigned i = from; i < to; ++i) kept_.put(declaration(i, version));
    }
    /// A linker of its own until the tables take in all there is.
    void link_all(const GroupedCommit& commit = {}) {
        Linker linker{pool_, kept_, metrics_, quick(), commit};
        linker.start();
        ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
    }
    void expect_right() {
        EXPECT_EQ(in_tables(), expected());
        EXPECT_EQ(reader_.run(test::sql::kGroupsThatDisagree)[0].integer(0), 0);
    }
};

TEST(LinkingQueries, FitTheTablesAndTheRights) {
    EXPECT_THAT(prepare_all(sql::kAll, "maillon_engine"), IsEmpty());
}

TEST_F(Linking, WritesTheGroupsThatMemoryFinds) {
    put(0, 200);
    link_all();
    expect_right();
    EXPECT_GE(in_tables().size(), 5U);
    const db::Rows edges = reader_.run(test::sql::kEdgesInWords);
    ASSERT_GT(edges.size(), 50);
    for (int i = 0; i < edges.size(); ++i) { // kinds and bits, never a value
        EXPECT_THAT(
            std::string{edges[i].text(3)},
            ::testing::MatchesRegex(R"(\[(\{"bits": -?[0-9.]+, "kind": "[a-z]+"\}(, )?)*\])"));
    }
}

TEST_F(Linking, NothingToLink) {
    Linker linker{pool_, kept_, metrics_, quick()};
    linker.start();
    EXPECT_TRUE(linker.wait_until_linked(0, kLong));
    EXPECT_THAT(in_tables(), IsEmpty());
}

// New, changed and erased declarations in any order end in the groups of those that are left.
TEST_F(Linking, FollowsEveryChange) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        std::minstd_rand random{seed};
        const auto draw = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
        Linker linker{pool_, kept_, metrics_, quick()};
        linker.start();
        for (int burst = 0; burst < 10; ++burst) {
            for (unsigned i = draw(20); i > 0; --i) {
                const unsigned number = draw(150);
                if (draw(4) == 0) {
                    kept_.erase("S-" + std::to_string(number));
                } else {
                    kept_.put(declaration(number, draw(3)));
                }
                linker.wake();
            }
            ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
            expect_right();
        }
    }
}

TEST_F(Linking, ErasedDisappearsFromAllTables) {
    put(0, 100);
    link_all();
    const std::string id = *in_tables().begin()->begin();
    const auto rows_with = [&] {
        return reader_.run(test::sql::kMentionsOfDeclaration, {id})[0].integer(0);
    };
    EXPECT_GE(rows_with(), 2);
    kept_.erase(id);
    link_all();
    EXPECT_EQ(rows_with(), 0);
    expect_right();
}

// What a kill leaves: declarations that no link took in. The next start makes the same groups.
TEST_F(Linking, StoppedInTheMiddle) {
    put(0, 60);
    link_all();
    {
        LinkerPolicy policy = quick();
        policy.gather = 1h;
        Linker linker{pool_, kept_, metrics_, policy};
        linker.start();
        ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
        put(60, 160);
        linker.wake();
    }
    EXPECT_NE(in_tables(), expected()) << "it was to be stopped before";
    link_all();
    expect_right();
}

// The transaction that writes the groups breaks at its end, again and again.
TEST_F(Linking, BrokenBeforeItsCommit) {
    std::atomic<int> breaks = 0;
    std::set<std::string> told;
    const GroupedCommit commit = [&](db::Transaction& transaction,
                                     const std::vector<std::string>& first) {
        if (++breaks % 3 != 0) throw db::Lost{"invented"};
        for (const std::string& id : first) EXPECT_TRUE(told.insert(id).second) << id;
        transaction.commit();
    };
    Linker linker{pool_, kept_, metrics_, quick(), commit};
    linker.start();
    for (unsigned i = 0; i < 5; ++i) {
        put(i * 30, i * 30 + 30);
        linker.wake();
        ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
        expect_right();
    }
    EXPECT_GE(breaks, 9);
    for (const auto& [id, name] : group_of()) EXPECT_TRUE(told.contains(id)) << id;
}

TEST_F(Linking, TellsOnceWhoCameIntoAGroup) {
    std::map<std::string, int> told;
    const GroupedCommit commit = [&](db::Transaction& transaction,
                                     const std::vector<std::string>& first) {
        for (const std::string& id : first) ++told[id];
        transaction.commit();
    };
    const Statement alone = [] {
        Statement out;
        out.id = "S-1";
        out.narrative = "Un vélo jamais livré.";
        return out;
    }();
    const Statement first = declaration(1);
    Statement other = first;
    other.id = "S-2";
    for (const Statement& each : {alone, other}) kept_.put(each);
    link_all(commit);
    EXPECT_THAT(told, IsEmpty()) << "each is alone";
    for (const Statement& now : {first, alone, first}) { // comes, leaves, comes back
        kept_.put(now);
        link_all(commit);
        EXPECT_EQ(told, (std::map<std::string, int>{{"S-1", 1}, {"S-2", 1}}));
    }
    EXPECT_EQ(in_tables().size(), 1U);
}

TEST_F(Linking, OutlivesItsConnections) {
    put(0, 50);
    Linker linker{pool_, kept_, metrics_, quick()};
    linker.start();
    ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
    for (unsigned i = 1; i <= 3; ++i) {
        const std::int64_t cut = owner_.run(test::sql::kEndOtherBackends)[0].integer(0);
        EXPECT_GE(cut, 1);
        put(i * 50, i * 50 + 50);
        linker.wake();
        ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
    }
    reader_ = database_.connect("maillon_operator");
    expect_right();
}

TEST_F(Linking, TwoAtWorkAgree) {
    Linker one{pool_, kept_, metrics_, quick()};
    Linker two{pool_, kept_, metrics_, quick()};
    one.start();
    two.start();
    for (unsigned i = 0; i < 8; ++i) {
        put(i * 25, i * 25 + 25);
        (i % 2 == 0 ? one : two).wake();
    }
    ASSERT_TRUE(one.wait_until_linked(kept_.last(), kLong));
    ASSERT_TRUE(two.wait_until_linked(kept_.last(), kLong));
    expect_right();
}

TEST_F(Linking, KeepsTheNameOfAGroup) {
    put(20, 120);
    link_all();
    const std::map<std::string, std::string> before = group_of();
    put(0, 20);
    link_all();
    std::map<std::string, std::string> after = group_of();
    std::size_t kept = 0;
    for (const auto& [id, name] : before) kept += after[id] == name ? 1 : 0;
    EXPECT_GE(kept * 10, before.size() * 9);
}

TEST_F(Linking, RebuildFindsNothingToRepair) {
    put(0, 150);
    link_all();
    const RebuildReport report = rebuild(pool_, kept_, quick());
    EXPECT_TRUE(report.same_groups());
    EXPECT_EQ(report.declarations, 150U);
    EXPECT_EQ(report.groups, in_tables().size());
    EXPECT_EQ(report.in_other_groups, 0U);
    EXPECT_GT(report.pairs_together, 100U);
    EXPECT_EQ(report.links_changed, 0U);
    EXPECT_FALSE(report.tables_lagged);
}

TEST_F(Linking, RebuildRepairs) {
    put(0, 150);
    link_all();
    const Partition groups = in_tables();
    const std::map<std::string, std::string> names = group_of();
    const std::set<std::string>& first = *groups.begin();
    const std::set<std::string>& other = *groups.rbegin();
    ASSERT_NE(first, other);
    owner_.run(test::sql::kSpoilGroups, {*first.begin(), names.at(*other.begin())});
    const RebuildReport report = rebuild(pool_, kept_, quick());
    EXPECT_FALSE(report.same_groups());
    EXPECT_EQ(report.in_other_groups, first.size() + other.size());
    EXPECT_EQ(report.pairs_missing, first.size() - 1);
    EXPECT_EQ(report.pairs_extra, other.size());
    EXPECT_FALSE(report.tables_lagged);
    expect_right();
    EXPECT_TRUE(rebuild(pool_, kept_, quick()).same_groups());
}

TEST_F(Linking, RebuildSaysThatTheTablesLagged) {
    put(0, 100);
    link_all();
    put(100, 150);
    EXPECT_TRUE(rebuild(pool_, kept_, quick()).tables_lagged);
    expect_right();
}

// The declarations are those of a backup, the tables of groups are later.
TEST_F(Linking, TablesOfALaterTime) {
    put(0, 100);
    link_all();
    Kept older;
    for (unsigned i = 0; i < 50; ++i) older.put(declaration(i));
    Linker linker{pool_, older, metrics_, quick()};
    linker.start();
    ASSERT_TRUE(linker.wait_until_linked(older.last(), kLong));
    EXPECT_EQ(in_tables(), found_in(older.statements()));
}

// A measure, printed; nothing is asserted of it.
TEST_F(Linking, TimeFromSubmissionToGroup) {
    using Clock = std::chrono::steady_clock;
    constexpr unsigned kDeclarations = 20'000;
    for (unsigned i = 0; i < kDeclarations; ++i) kept_.put(declaration(i, 0, 3000));
    Linker linker{pool_, kept_, metrics_, {}};
    const Clock::time_point began = Clock::now();
    const auto seconds_since = [](Clock::time_point then) {
        return std::chrono::duration<double>(Clock::now() - then).count();
    };
    linker.start();
    ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
    std::printf("filled and linked %u declarations in %.2f s\n", kDeclarations,
                seconds_since(began));
    for (unsigned i = 0; i < 3; ++i) {
        const Clock::time_point submitted = Clock::now();
        kept_.put(declaration(kDeclarations + i, 0, 3000));
        linker.wake();
        ASSERT_TRUE(linker.wait_until_linked(kept_.last(), kLong));
        std::printf("grouped %.2f s after its submission\n", seconds_since(submitted));
    }
}

} // namespace
} // namespace linking

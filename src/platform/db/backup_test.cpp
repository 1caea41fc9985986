#include "platform/db/backup.hpp"

#include "platform/db/test_queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;
namespace db = platform::db;
namespace sql = platform::db::test::sql;
using db::DumpPart;
using platform::db_testing::TemporaryFolder;
using platform::db_testing::TestDatabase;

using testing::HasSubstr;

constexpr const char* kTables =
    "CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
    "name text NOT NULL UNIQUE); GRANT SELECT ON person TO maillon_door;"
    "CREATE TABLE keys.data_key (id bigint PRIMARY KEY, wrapped text);"
    "GRANT SELECT ON keys.data_key TO maillon_engine;";

std::string roles() {
    std::ifstream file{MAILLON_SOURCE_DIR "/db/migrations/0001-roles.sql"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string said(const std::optional<db::BackupRefusal>& refused) {
    return refused ? refused->what : "";
}

class Backup : public testing::Test {
protected:
    Backup() {
        connection_.script(roles());
        connection_.script(kTables);
        for (const char* name : {"a", "b", "planted"}) connection_.run(sql::kAddPerson, {name});
        connection_.run(sql::kAddKey, {1, "sealed"});
    }
    [[nodiscard]] fs::path path(const char* name) const { return folder_.path() / name; }

    TemporaryFolder folder_;
    TestDatabase database_{TestDatabase::Content::Empty};
    db::Connection connection_{database_.connect()};
};

TEST_F(Backup, IsPutBackElsewhere) {
    std::vector<db::TableCount> counts;
    {
        db::Connection other = database_.connect();
        const db::SharedSnapshot snapshot{other};
        counts = db::row_counts(other);
        connection_.run(sql::kAddPerson, {"later"});
        connection_.run(sql::kAddKey, {2, "later"});
        EXPECT_EQ(
            said(db::dump(database_.address(), path("all"), DumpPart::AllButKeys, snapshot.name())),
            "");
        EXPECT_EQ(
            said(db::dump(database_.address(), path("keys"), DumpPart::Keys, snapshot.name())), "");
        EXPECT_EQ(db::row_counts(other), counts) << "of one instant";
    }
    EXPECT_THAT(counts, testing::ElementsAre(db::TableCount{"keys.data_key", 1},
                                             db::TableCount{"public.person", 3}));
    for (const bool keys_first : {false, true}) {
        const TestDatabase elsewhere{TestDatabase::Content::Empty};
        const auto all = [&] {
            EXPECT_EQ(
                said(db::restore(elsewhere.address(), path("all"), DumpPart::AllButKeys, roles())),
                "");
        };
        if (!keys_first) all();
        EXPECT_EQ(said(db::restore(elsewhere.address(), path("keys"), DumpPart::Keys, roles())),
                  "");
        if (keys_first) all();
        db::Connection restored = elsewhere.connect();
        EXPECT_EQ(db::row_counts(restored), counts);
        // Rights and constraints came with it.
        db::Connection door = elsewhere.connect("maillon_door");
        EXPECT_EQ(door.run(sql::kCountPeople)[0].integer(0), 3);
        EXPECT_THROW(door.script("TABLE keys.data_key"), db::Refused);
        EXPECT_THROW(restored.run(sql::kAddPerson, {"a"}), db::Refused);
        EXPECT_GT(restored.run(sql::kAddPerson, {"c"})[0].integer(0), 4) << "numbers go on";
        EXPECT_THAT(said(db::restore(elsewhere.address(), path("keys"), DumpPart::Keys, roles())),
                    HasSubstr("has tables already (keys.data_key)"));
    }
}

TEST_F(Backup, KeepsKeysApartAndIsForUsAlone) {
    ASSERT_FALSE(db::dump(database_.address(), path("all"), DumpPart::AllButKeys));
    EXPECT_THAT(bytes_of(path("all")), testing::Not(HasSubstr("data_key")));
    struct stat found{};
    ASSERT_EQ(::stat(path("all").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_THAT(said(db::dump(database_.address(), path("all"), DumpPart::AllButKeys)),
                HasSubstr("there already"));
}

TEST_F(Backup, ThatFailsLeavesNothing) {
    EXPECT_THAT(said(db::dump({"host=/nowhere user=x", ""}, path("all"), DumpPart::AllButKeys)),
                HasSubstr("connection to server"));
    EXPECT_THAT(said(db::dump(database_.address(), path("none/all"), DumpPart::AllButKeys)),
                HasSubstr("cannot write"));
    EXPECT_TRUE(fs::is_empty(folder_.path()));
    std::ofstream{path("noise")} << "no dump at all";
    const TestDatabase elsewhere{TestDatabase::Content::Empty};
    EXPECT_THAT(said(db::restore({"host=/nowhere user=x", ""}, path("noise"), DumpPart::Keys, "")),
                HasSubstr("names no database"));
    EXPECT_THAT(
        said(db::restore(elsewhere.address(), path("noise"), DumpPart::AllButKeys, roles())),
        HasSubstr("pg_restore failed: input file"));
}

TEST_F(Backup, ThatIsCutIsNotPutBackInPart) {
    ASSERT_FALSE(db::dump(database_.address(), path("all"), DumpPart::AllButKeys));
    const std::string whole = bytes_of(path("all"));
    const std::size_t rows = whole.size() - 40; // in the rows, which come last
    std::ofstream{path("cut"), std::ios::binary} << whole.substr(0, rows);
    const TestDatabase elsewhere{TestDatabase::Content::Empty};
    const std::string what =
        said(db::restore(elsewhere.address(), path("cut"), DumpPart::AllButKeys, roles()));
    EXPECT_THAT(what, HasSubstr("pg_restore failed"));
    EXPECT_THAT(what, testing::Not(HasSubstr("planted")));
    db::Connection restored = elsewhere.connect();
    EXPECT_THAT(db::row_counts(restored), testing::IsEmpty());
}

} // namespace

#include "platform/db/private_postgres.hpp"

#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/test_queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <functional>
#include <optional>
#include <thread>

namespace {

namespace fs = std::filesystem;
namespace db = platform::db;
namespace sql = platform::db::test::sql;
using db::FolderUse;
using db::PrivatePostgres;
using platform::db_testing::TemporaryFolder;
using testing::HasSubstr;

PrivatePostgres started(const fs::path& folder, FolderUse use = FolderUse::Command) {
    auto postgres = PrivatePostgres::start(folder, use);
    if (!postgres) throw db::Lost{postgres.error().what};
    return std::move(*postgres);
}

std::string refusal(const fs::path& folder, FolderUse use = FolderUse::Command) {
    const auto postgres = PrivatePostgres::start(folder, use);
    return postgres ? "started" : postgres.error().what;
}

db::Connection connect(const PrivatePostgres& postgres) {
    return db::Connection{{postgres.url(), ""}};
}

std::int64_t people(db::Connection& connection) {
    return connection.run(sql::kCountPeople)[0].integer(0);
}

void add_person(db::Connection& connection, const char* name) {
    db::Transaction transaction{connection};
    transaction.commit_with(sql::kAddPerson, {name});
}

constexpr const char* kTable = "CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY, "
                               "name text NOT NULL UNIQUE)";

pid_t first_process(const fs::path& folder) {
    pid_t process = 0;
    std::ifstream{folder / "cluster" / "postmaster.pid"} >> process;
    return process;
}

pid_t parent_of(pid_t process) {
    std::ifstream stat{"/proc/" + std::to_string(process) + "/stat"};
    std::string number;
    std::string name;
    std::string state;
    pid_t parent = 0;
    stat >> number >> name >> state >> parent;
    return parent;
}

void until(const std::function<bool()>& holds) {
    while (!holds()) ::poll(nullptr, 0, 5); // the test's own limit ends a wait without end
}

void until_gone(pid_t process) {
    until([process] { return ::kill(process, 0) != 0; });
}

/// Another process of ours, which does its work, says so, and stays until it is killed.
class OtherProcess {
public:
    explicit OtherProcess(const std::function<void()>& work) {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe(ends.data()), 0);
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            work();
            EXPECT_EQ(::write(ends[1], "x", 1), 1);
            while (true) ::pause();
        }
        ::close(ends[1]);
        char said = 0;
        EXPECT_EQ(::read(ends[0], &said, 1), 1) << "its work failed";
        ::close(ends[0]);
    }
    ~OtherProcess() { kill(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;
    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }

    [[nodiscard]] pid_t number() const { return process_; }

private:
    pid_t process_ = -1;
};

class Private : public testing::Test {
protected:
    [[nodiscard]] fs::path folder() const { return temporary_.path() / "postgresql"; }

    TemporaryFolder temporary_;
};

TEST_F(Private, IsMadeStartedAndStopped) {
    pid_t process = 0;
    {
        const PrivatePostgres postgres = started(folder());
        EXPECT_EQ(postgres.sockets(), fs::canonical(folder()));
        db::Connection connection = connect(postgres);
        connection.script(kTable);
        add_person(connection, "a");
        process = first_process(folder());
        EXPECT_EQ(::kill(process, 0), 0);
    }
    EXPECT_NE(::kill(process, 0), 0) << "stopped when the destructor returns";
    EXPECT_FALSE(fs::exists(folder() / "cluster" / "postmaster.pid"));
    db::Connection connection = connect(started(folder()));
    EXPECT_THROW(people(connection), db::Lost) << "it stopped with its object";
    const PrivatePostgres postgres = started(folder());
    db::Connection again = connect(postgres);
    EXPECT_EQ(people(again), 1);
}

TEST_F(Private, IsForItsUserOnly) {
    const PrivatePostgres postgres = started(folder());
    struct stat found{};
    ASSERT_EQ(::stat(folder().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat((folder() / "cluster").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat((folder() / ".s.PGSQL.5432").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    db::Connection connection = connect(postgres);
    struct Setting {
        const char* name;
        const char* value;
    };
    constexpr Setting settings[] = {
        {"listen_addresses", ""},        {"fsync", "on"},
        {"full_page_writes", "on"},      {"synchronous_commit", "on"},
        {"data_checksums", "on"},        {"wal_compression", "pglz"},
        {"shared_buffers", "128MB"},     {"max_connections", "60"},
        {"log_statement", "none"},       {"log_min_error_statement", "panic"},
        {"log_error_verbosity", "terse"}};
    for (const Setting& setting : settings) {
        EXPECT_EQ(connection.run(sql::kSetting, {setting.name})[0].text(0), setting.value)
            << setting.name;
    }
}

TEST_F(Private, LogHasNoValues) {
    const PrivatePostgres postgres = started(folder());
    db::Connection connection = connect(postgres);
    connection.script(kTable);
    add_person(connection, "planted-name");
    EXPECT_THROW(add_person(connection, "planted-name"), db::Refused);
    EXPECT_THROW(connection.run(sql::kNumberOfText, {"planted-number"}), db::Refused);
    // A crash writes what the crashed process was doing.
    const std::int64_t backend = connection.run(sql::kBackendNumber)[0].integer(0);
    std::thread killer{[backend] {
        ::poll(nullptr, 0, 50);
        ::kill(static_cast<pid_t>(backend), SIGKILL);
    }};
    EXPECT_THROW(connection.run(sql::kWaitAs, {"planted-word"}), db::Lost);
    killer.join();
    std::string log;
    until([&] {
        log.clear();
        for (const auto& entry : fs::directory_iterator{folder() / "log"}) {
            std::ifstream stream{entry.path()};
            log.append(std::istreambuf_iterator<char>{stream}, {});
        }
        return log.find("terminated by signal 9") != std::string::npos;
    });
    EXPECT_EQ(log.find("planted"), std::string::npos) << log;
    EXPECT_EQ(log.find("pg_sleep"), std::string::npos) << log;
}

TEST_F(Private, IsRevivedAfterAKill) {
    PrivatePostgres postgres = started(folder());
    db::Pool pool{{postgres.url(), ""}, 2};
    pool.take()->script(kTable);
    EXPECT_FALSE(postgres.revive()) << "it runs";
    for (int kills = 1; kills <= 3; ++kills) {
        const std::string name = std::to_string(kills);
        {
            const db::Lease lease = pool.take();
            add_person(*lease, name.c_str());
        }
        const pid_t process = first_process(folder());
        ::kill(process, SIGKILL);
        until_gone(process);
        EXPECT_TRUE(postgres.revive());
        EXPECT_EQ(people(*pool.take()), kills) << "what was committed is there";
    }
}

TEST_F(Private, IsRevivedAfterTheKeeperIsKilled) {
    PrivatePostgres postgres = started(folder());
    const pid_t process = first_process(folder());
    ::kill(parent_of(process), SIGKILL);
    until([&] { return !fs::exists(folder() / ".s.PGSQL.5432"); });
    EXPECT_TRUE(postgres.revive());
    EXPECT_NE(first_process(folder()), process);
    EXPECT_FALSE(postgres.revive());
}

TEST_F(Private, StopsWhenItsUserIsKilledAndStartsAgain) {
    pid_t process = 0;
    {
        OtherProcess other{[this] {
            // From a thread that ends: the server must not end with it.
            std::optional<PrivatePostgres>* postgres = new std::optional<PrivatePostgres>;
            std::thread{[&] { postgres->emplace(started(folder())); }}.join();
            db::Connection connection = connect(**postgres);
            connection.script(kTable);
            add_person(connection, "a");
        }};
        process = first_process(folder());
        ASSERT_EQ(::kill(process, 0), 0);
        other.kill();
    }
    // At once: this waits for the other's to stop, or joins it before it has noticed.
    const PrivatePostgres postgres = started(folder());
    db::Connection connection = connect(postgres);
    EXPECT_EQ(people(connection), 1);
    std::string log;
    for (const auto& entry : fs::directory_iterator{folder() / "log"}) {
        std::ifstream stream{entry.path()};
        log.append(std::istreambuf_iterator<char>{stream}, {});
    }
    EXPECT_EQ(log.find("not properly shut down"), std::string::npos) << "it stopped cleanly";
}

TEST_F(Private, StartsThoughAllWereKilled) {
    pid_t process = 0;
    {
        OtherProcess other{[this] {
            auto* postgres = new PrivatePostgres{started(folder())};
            db::Connection connection = connect(*postgres);
            connection.script(kTable);
            add_person(connection, "a");
        }};
        process = first_process(folder());
        const pid_t keeper = parent_of(process);
        // As when the machine stops: nobody cleans up.
        ::kill(process, SIGKILL);
        ::kill(keeper, SIGKILL);
        other.kill();
        until_gone(process);
    }
    ASSERT_TRUE(fs::exists(folder() / "cluster" / "postmaster.pid"));
    // Its number is another process's now, of the same user as PostgreSQL's.
    const OtherProcess stranger{[this] {
        struct stat found{};
        const bool known = ::stat(folder().c_str(), &found) == 0;
        if (!known || (::geteuid() == 0 && ::setuid(found.st_uid) != 0)) ::_exit(1);
    }};
    std::ifstream old{folder() / "cluster" / "postmaster.pid"};
    std::string lines{std::istreambuf_iterator<char>{old}, {}};
    lines.replace(0, lines.find('\n'), std::to_string(stranger.number()));
    std::ofstream{folder() / "cluster" / "postmaster.pid"} << lines;
    const PrivatePostgres postgres = started(folder());
    db::Connection connection = connect(postgres);
    EXPECT_EQ(people(connection), 1);
}

TEST_F(Private, IsJoinedAndOutlivesItsStarter) {
    auto first = std::make_unique<PrivatePostgres>(started(folder()));
    PrivatePostgres second = started(folder());
    EXPECT_EQ(first->url(), second.url());
    const pid_t process = first_process(folder());
    first.reset();
    db::Connection connection = connect(second);
    connection.script(kTable);
    EXPECT_EQ(first_process(folder()), process);
    EXPECT_FALSE(second.revive());
}

TEST_F(Private, ManyStartAtOnce) {
    constexpr int kProcesses = 4;
    std::vector<std::optional<PrivatePostgres>> all(kProcesses);
    std::vector<std::thread> threads;
    for (auto& one : all) {
        threads.emplace_back([&one, this] { one.emplace(started(folder())); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& one : all) EXPECT_NO_THROW(connect(*one).script(""));
}

TEST_F(Private, OneServerOnAFolder) {
    const PrivatePostgres serving = started(folder(), FolderUse::Serve);
    const std::string said = refusal(folder(), FolderUse::Serve);
    EXPECT_THAT(said, HasSubstr("another server already runs"));
    EXPECT_THAT(said, HasSubstr(std::to_string(::getpid())));
    EXPECT_EQ(refusal(folder(), FolderUse::Command), "started");
}

TEST_F(Private, WhatCannotStartSaysWhy) {
    fs::create_directories(folder() / "cluster");
    std::ofstream{folder() / "cluster" / "photo.jpg"} << "x";
    EXPECT_THAT(refusal(folder()), HasSubstr("holds no PostgreSQL database"));
    EXPECT_TRUE(fs::exists(folder() / "cluster" / "photo.jpg"));
    std::ofstream{folder() / "cluster" / "PG_VERSION"} << "9.6\n";
    EXPECT_THAT(refusal(folder()), HasSubstr("made by PostgreSQL 9.6"));
    std::ofstream{temporary_.path() / "file"} << "x";
    EXPECT_THAT(refusal(temporary_.path() / "file"), HasSubstr("cannot make the folder"));
    // A first start that was interrupted leaves no cluster, but an unfinished one.
    fs::remove_all(folder() / "cluster");
    fs::create_directories(folder() / "cluster.new" / "base");
    EXPECT_EQ(refusal(folder()), "started");
    std::ofstream{folder() / "cluster" / "postgresql.conf", std::ios::app}
        << "max_connections = x\n";
    EXPECT_THAT(refusal(folder()), HasSubstr("postgresql.conf"));
}

TEST_F(Private, LongPathsGetAShortSocket) {
    const fs::path deep = folder() / std::string(60, 'd') / std::string(60, 'e');
    fs::create_directories(deep);
    if (::geteuid() == 0) {
        for (const fs::path& path : {folder(), deep.parent_path(), deep}) {
            fs::permissions(path, fs::perms{0755});
        }
    }
    fs::path sockets;
    std::string url;
    {
        PrivatePostgres postgres = started(deep);
        sockets = postgres.sockets();
        url = postgres.url();
        EXPECT_LT(sockets.string().size(), 50U);
        EXPECT_NO_THROW(connect(postgres).script(""));
        struct stat found{};
        ASSERT_EQ(::stat(sockets.c_str(), &found), 0);
        EXPECT_EQ(found.st_mode & 0777U, 0700U);
        EXPECT_EQ(started(deep).url(), url) << "joined";
        ::kill(first_process(deep), SIGKILL);
        until([&] { return postgres.revive(); });
        EXPECT_EQ(postgres.url(), url);
    }
    EXPECT_FALSE(fs::exists(sockets));
    EXPECT_EQ(started(deep).url(), url) << "the same again";
}

TEST_F(Private, RunsAsANumberWithoutName) {
    constexpr uid_t kNumber = 54'321;
    if (::geteuid() != 0) GTEST_SKIP() << "only root can be another";
    fs::create_directories(folder());
    ASSERT_EQ(::chown(folder().c_str(), kNumber, kNumber), 0);
    {
        const PrivatePostgres postgres = started(folder());
        EXPECT_NO_THROW(connect(postgres).script(""));
        struct stat found{};
        ASSERT_EQ(::stat((folder() / "cluster").c_str(), &found), 0);
        EXPECT_EQ(found.st_uid, kNumber);
    }
    // Not as root at all: as in a container.
    OtherProcess other{[this] {
        if (::setgid(kNumber) != 0 || ::setuid(kNumber) != 0) ::_exit(1);
        auto* postgres = new PrivatePostgres{started(folder())};
        connect(*postgres).script("");
    }};
}

TEST_F(Private, FullDiskIsTold) {
    fs::create_directories(folder());
    if (::mount("none", folder().c_str(), "tmpfs", 0, "size=20m,mode=755") != 0) {
        GTEST_SKIP() << "no right to make a small disk";
    }
    EXPECT_THAT(refusal(folder()), HasSubstr("is full"));
    EXPECT_EQ(::umount(folder().c_str()), 0);
}

TEST_F(Private, RolesAreMadeInManyDatabasesAtOnce) {
    const PrivatePostgres postgres = started(folder());
    std::ifstream file{MAILLON_SOURCE_DIR "/db/migrations/0001-roles.sql"};
    const std::string roles{std::istreambuf_iterator<char>{file}, {}};
    const std::vector<db::Migration> all{{1, "0001-roles", roles}};
    // As roles that may create roles, and as the superuser.
    connect(postgres).script("CREATE ROLE plain LOGIN; CREATE ROLE maker LOGIN CREATEROLE");
    const std::vector<std::string> owners{"maillon", "maker", "maker", "maillon"};
    std::vector<std::string> said(owners.size());
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < owners.size(); ++at) {
        const std::string name = "d" + std::to_string(at);
        connect(postgres).script("CREATE DATABASE " + name + " OWNER " + owners[at]);
        threads.emplace_back([&, at, name] {
            db::Connection mine{{postgres.url() + " dbname=" + name + " user=" + owners[at], ""}};
            const auto applied = db::migrate(mine, all);
            said[at] = applied ? "" : applied.error().what;
            mine.script("SET ROLE maillon_door");
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(said, testing::Each(""));
}

TEST_F(Private, WhoMayNotMakeRolesIsToldHow) {
    const PrivatePostgres postgres = started(folder());
    std::ifstream file{MAILLON_SOURCE_DIR "/db/migrations/0001-roles.sql"};
    const std::string roles{std::istreambuf_iterator<char>{file}, {}};
    const std::vector<db::Migration> all{{1, "0001-roles", roles}};
    db::Connection superuser = connect(postgres);
    superuser.script("CREATE ROLE plain LOGIN");
    superuser.script("CREATE DATABASE theirs OWNER plain");
    db::Connection plain{{postgres.url() + " dbname=theirs user=plain", ""}};
    const auto refused = db::migrate(plain, all);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().what, HasSubstr("role plain may not create"));
    // It is told what to have run: run that.
    const std::string& what = refused.error().what;
    superuser.script(what.substr(what.find("CREATE ROLE")));
    EXPECT_TRUE(db::migrate(plain, all));
    db::Connection other{{postgres.url() + " user=plain", ""}};
    const auto no_tables = db::migrate(other, all);
    ASSERT_FALSE(no_tables);
    EXPECT_THAT(no_tables.error().what, HasSubstr("ALTER DATABASE maillon OWNER TO plain"));
}

} // namespace

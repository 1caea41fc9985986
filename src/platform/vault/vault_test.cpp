// What is stored, adopted, read, erased and swept: against a real PostgreSQL and a real folder.
#include "platform/vault/queries.hpp"
#include "platform/vault/test_queries.hpp"
#include "platform/vault/test_vault.hpp"

#include <csignal>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

namespace platform::vault {

namespace {

using namespace testing_support; // NOLINT(google-build-using-namespace): the fixture
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(VaultTest, QueriesFitTheTables) {
    EXPECT_THAT(db_testing::prepare_all(sql::kAll), IsEmpty());
    EXPECT_THAT(db_testing::prepare_all(sql::kAll, "maillon_operator"), IsEmpty());
}

TEST_F(VaultTest, WhatIsStoredComesBack) {
    std::string content = "A secret that is told on many pages. ";
    while (content.size() < 200'000) content += content;
    const std::string name = "../../été\r\n\"<b>\x01.pdf";
    const std::string stored = upload(vault_, content);
    const std::optional<StoredFile> file = adopt(vault_, stored, "draft/12", name);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->bytes, content.size());
    EXPECT_EQ(file->sha256, crypto::sha256(content));
    EXPECT_EQ(file->type, FileType::Text); // whatever its name says
    EXPECT_EQ(file->scan, "off");
    EXPECT_EQ(content_of(file->id), content);
    EXPECT_EQ(vault_.name_of(connection_, file->id), name);
    const std::vector<StoredFile> listed = Vault::files_of(connection_, "draft/12");
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].sha256, file->sha256);
    EXPECT_EQ(listed[0].type, FileType::Text);
    EXPECT_FALSE(listed[0].examined);
    const std::vector<fs::path> on_disk = files_under(folder());
    ASSERT_EQ(on_disk.size(), 1U);
    EXPECT_EQ(on_disk[0], folder() / stored.substr(0, 2) / stored.substr(2));
    EXPECT_THAT(bytes_of(on_disk[0]), Not(HasSubstr("secret")));
}

TEST_F(VaultTest, EmptyAndRoundSizesComeBack) {
    for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U}) {
        const std::string content(size, 'x');
        EXPECT_EQ(content_of(store(content)), content) << size;
    }
}

TEST_F(VaultTest, ACopyOfTheReaderBeginsAtTheBeginning) {
    const auto pieces = vault_.read(connection_, store("words"));
    ASSERT_TRUE(pieces);
    EXPECT_EQ((*pieces)(), "words");
    EXPECT_EQ((*pieces)(), "");
    const std::function<std::string()> again = *pieces;
    EXPECT_EQ(again(), "words");
}

TEST_F(VaultTest, AnUploadIsAdoptedOnce) {
    const std::string stored = upload(vault_, "words");
    EXPECT_TRUE(adopt(vault_, stored));
    EXPECT_FALSE(adopt(vault_, stored, "draft/2"));
    EXPECT_FALSE(adopt(vault_, std::string(32, '0')));
    EXPECT_FALSE(adopt(vault_, "../../etc/passwd"));
    EXPECT_EQ(connection_.run(test::sql::kCountKeys)[0].integer(0), 1);
    EXPECT_EQ(connection_.run(test::sql::kCountJobs, {"vault.examine"})[0].integer(0), 1);
}

TEST_F(VaultTest, ARolledBackAdoptionCanBeTriedAgain) {
    const std::string stored = upload(vault_, "words");
    {
        db::Transaction transaction{connection_};
        ASSERT_TRUE(vault_.adopt(transaction, stored, "draft/1", "x"));
    }
    EXPECT_THAT(Vault::files_of(connection_, "draft/1"), IsEmpty());
    EXPECT_TRUE(adopt(vault_, stored));
}

TEST_F(VaultTest, AChangedFileIsNotServed) {
    const std::string content(200'000, 'x');
    const std::int64_t id = store(content);
    const std::string good = bytes_of(last_stored_);
    const auto put = [&](const std::string& bytes) {
        std::ofstream{last_stored_, std::ios::binary} << bytes;
    };
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{25}, good.size() / 2, good.size() - 1}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        put(bad);
        EXPECT_THROW(static_cast<void>(content_of(id)), Damaged) << at;
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{30}, good.size() / 2, good.size() - 1}) {
        put(good.substr(0, size));
        EXPECT_THROW(static_cast<void>(content_of(id)), Damaged) << size;
    }
    put(good + "x");
    EXPECT_THROW(static_cast<void>(content_of(id)), Damaged);
    fs::remove(last_stored_);
    EXPECT_THROW(static_cast<void>(content_of(id)), Damaged);
    put(good);
    EXPECT_EQ(content_of(id), content);
}

TEST_F(VaultTest, AnErasedFileIsGoneWhereverACopyLies) {
    const std::int64_t id = store("words");
    const std::string copy = bytes_of(last_stored_);
    erase(id);
    EXPECT_EQ(connection_.run(test::sql::kCountKeys)[0].integer(0), 0);
    EXPECT_EQ(content_of(id), std::nullopt);
    EXPECT_EQ(vault_.name_of(connection_, id), std::nullopt);
    EXPECT_EQ(connection_.run(test::sql::kCountJobs, {"vault.remove"})[0].integer(0), 1);
    const std::string stored =
        last_stored_.parent_path().filename().string() + last_stored_.filename().string();
    Vault restarted{folder(), ring_, ""};
    db::Transaction transaction{connection_};
    EXPECT_EQ(restarted.remove(transaction, stored), jobs::Outcome::Done);
    EXPECT_EQ(restarted.remove(transaction, stored), jobs::Outcome::Done);
    EXPECT_EQ(restarted.remove(transaction, "../../etc/passwd"), jobs::Outcome::Done);
    EXPECT_FALSE(fs::exists(last_stored_));
    // A new file under the old name, as from a backup, is noise without its key.
    std::ofstream{last_stored_, std::ios::binary} << copy;
    EXPECT_EQ(content_of(id), std::nullopt);
}

TEST_F(VaultTest, RemovingSparesWhatHasARow) {
    store("words");
    const std::string stored =
        last_stored_.parent_path().filename().string() + last_stored_.filename().string();
    db::Transaction transaction{connection_};
    EXPECT_EQ(Vault(folder(), ring_, "").remove(transaction, stored), jobs::Outcome::Done);
    EXPECT_TRUE(fs::exists(last_stored_));
}

TEST_F(VaultTest, AllFilesOfAnOwnerMoveAndGoTogether) {
    store("one");
    store("two");
    const std::int64_t other = store("three", "draft/2");
    {
        db::Transaction transaction{connection_};
        Vault::change_owner(transaction, "draft/1", "declaration/7");
        transaction.commit();
    }
    EXPECT_EQ(Vault::files_of(connection_, "declaration/7").size(), 2U);
    {
        db::Transaction transaction{connection_};
        Vault::erase_all_of(transaction, "declaration/7");
        transaction.commit();
    }
    EXPECT_THAT(Vault::files_of(connection_, "declaration/7"), IsEmpty());
    EXPECT_EQ(content_of(other), "three");
    EXPECT_EQ(connection_.run(test::sql::kCountKeys)[0].integer(0), 1);
}

TEST_F(VaultTest, OrphansAreSweptAndNothingElse) {
    store("has a row");
    const fs::path named = last_stored_;
    age(named);
    const std::string held = upload(vault_, "may still be adopted");
    const fs::path held_file = folder() / held.substr(0, 2) / held.substr(2);
    age(held_file);
    std::ofstream{folder() / "staging" / "cut_off"} << "half";
    age(folder() / "staging" / "cut_off");
    std::ofstream{folder() / "staging" / "arriving"} << "half";
    sweep(vault_);
    EXPECT_TRUE(fs::exists(named));
    EXPECT_TRUE(fs::exists(held_file));
    EXPECT_FALSE(fs::exists(folder() / "staging" / "cut_off"));
    EXPECT_TRUE(fs::exists(folder() / "staging" / "arriving"));
    // After a crash nobody can adopt it; a young one may be another process's.
    Vault restarted{folder(), ring_, ""};
    const std::string young = upload(vault_, "young");
    sweep(restarted);
    EXPECT_TRUE(fs::exists(named));
    EXPECT_FALSE(fs::exists(held_file));
    EXPECT_TRUE(fs::exists(folder() / young.substr(0, 2) / young.substr(2)));
    EXPECT_EQ(adopt(restarted, held).has_value(), false);
}

TEST_F(VaultTest, AFileBeingAdoptedCountsAsYoung) {
    const std::string stored = upload(vault_, "words");
    const fs::path file = folder() / stored.substr(0, 2) / stored.substr(2);
    age(file);
    Vault restarted{folder(), ring_, ""};
    db::Connection other = database_.connect();
    {
        db::Transaction in_flight{other};
        ASSERT_TRUE(vault_.adopt(in_flight, stored, "draft/1", "x"));
        sweep(restarted); // sees neither the row nor the table of the first
        in_flight.commit();
    }
    EXPECT_EQ(content_of(Vault::files_of(connection_, "draft/1").at(0).id), "words");
}

TEST_F(VaultTest, AnUploadThatEndsLeavesNothing) {
    {
        const auto sink = vault_.uploads()();
        sink->write(std::string(500'000, 'x'));
        EXPECT_EQ(files_under(folder()).size(), 1U);
    }
    EXPECT_THAT(files_under(folder()), IsEmpty());
}

TEST_F(VaultTest, WithoutRoomNothingIsLeft) {
    // A limit of the size of files stands for a full disk: the same call fails.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit tight{.rlim_cur = 300'000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    EXPECT_THROW(upload(vault_, std::string(1'000'000, 'x')), NoRoom);
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_THAT(files_under(folder()), IsEmpty());
    EXPECT_EQ(content_of(store("words")), "words");
}

TEST_F(VaultTest, MemoryStaysFlat) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "the sanitizer keeps what is freed";
#endif
    const auto resident_pages = [] {
        long total = 0;
        long resident = 0;
        std::ifstream{"/proc/self/statm"} >> total >> resident;
        return resident;
    };
    const std::string piece(1U << 20U, 'x');
    const auto sink = vault_.uploads()();
    sink->write(piece);
    const long before = resident_pages();
    long most = before;
    for (int i = 1; i < 300; ++i) {
        sink->write(piece);
        most = std::max(most, resident_pages());
    }
    const std::optional<StoredFile> file = adopt(vault_, sink->finish());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->bytes, 300U << 20U);
    const auto pieces = vault_.read(connection_, file->id);
    std::uint64_t bytes = 0;
    for (std::string got = (*pieces)(); !got.empty(); got = (*pieces)()) {
        bytes += got.size();
        most = std::max(most, resident_pages());
    }
    EXPECT_EQ(bytes, 300U << 20U);
    EXPECT_LT((most - before) * sysconf(_SC_PAGESIZE), 8L << 20U);
}

TEST_F(VaultTest, RolesMayDoWhatTheyNeed) {
    db::Connection door = database_.connect("maillon_door");
    db::Connection follower = database_.connect("maillon_follower");
    const auto as_door = [&](const auto& act) {
        db::Transaction transaction{door};
        act(transaction);
        transaction.commit();
    };
    std::int64_t id = 0;
    std::int64_t dropped = 0;
    as_door([&](db::Transaction& transaction) {
        id = vault_.adopt(transaction, upload(vault_, "kept"), "draft/1", "nom")->id;
        dropped = vault_.adopt(transaction, upload(vault_, "dropped"), "draft/1", "nom")->id;
    });
    as_door([&](db::Transaction& transaction) { Vault::erase(transaction, dropped); });
    EXPECT_EQ(connection_.run(test::sql::kCountKeys)[0].integer(0), 1);
    as_door([&](db::Transaction& t) { Vault::change_owner(t, "draft/1", "declaration/17"); });
    as_door([&](db::Transaction& t) { Vault::erase(t, id); });
    as_door([&](db::Transaction& t) { Vault::change_owner(t, "declaration/17", "draft/2"); });
    EXPECT_EQ(facts(id, "declaration/17").id, id); // a declaration's file is no longer the door's
    EXPECT_EQ(connection_.run(test::sql::kCountKeys)[0].integer(0), 1);

    EXPECT_THAT(Vault::files_of(follower, "declaration/17"), IsEmpty());
    EXPECT_EQ(vault_.name_of(follower, id), std::nullopt);
    follower.run(test::sql::kFollowDeclaration, {"18"});
    EXPECT_THAT(Vault::files_of(follower, "declaration/17"), IsEmpty());
    EXPECT_EQ(follower.run(sql::kEraseKey, {1}).touched(), 0); // another's key is not there
    follower.run(test::sql::kFollowDeclaration, {"17"});
    EXPECT_EQ(Vault::files_of(follower, "declaration/17").size(), 1U);
    EXPECT_EQ(vault_.name_of(follower, id), "nom");
    db::Connection engine = database_.connect("maillon_engine");
    EXPECT_EQ(vault_.name_of(engine, id), "nom");
    EXPECT_THROW(engine.run(sql::kEraseFile, {id}), db::Refused);
}

TEST_F(VaultTest, DataKeysOpenInTheirOwnRowAlone) {
    const DataKeys keys{ring_};
    db::Transaction transaction{connection_};
    const DataKeys::Made one = keys.make(transaction);
    const DataKeys::Made two = keys.make(transaction);
    ASSERT_TRUE(keys.find(connection_, one.id));
    EXPECT_EQ(keys.find(connection_, one.id)->bytes(), one.key.bytes());
    EXPECT_NE(one.key.bytes(), two.key.bytes());
    connection_.run(test::sql::kSwapKeys, {one.id, two.id});
    EXPECT_FALSE(keys.find(connection_, two.id));
    DataKeys::erase(transaction, one.id);
    EXPECT_FALSE(keys.find(connection_, one.id));
    EXPECT_TRUE(connection_.run(test::sql::kDeadKeys)[0].boolean(0));
}

} // namespace

} // namespace platform::vault

// Against a real PostgreSQL and a real folder; thumbnails by the real worker process.
#include "platform/vault/vault.hpp"

#include "base/check.hpp"
#include "platform/db_testing/test_database.hpp"
#include "platform/sandbox/test_files.hpp"
#include "platform/vault/queries.hpp"
#include "platform/vault/scan/test_clamd.hpp"
#include "platform/vault/test_queries.hpp"

#include <csignal>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace platform::vault {

namespace {

namespace fs = std::filesystem;
namespace files = sandbox::testing_support;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;
using ::testing::StartsWith;

crypto::KeyRing ring_in(const fs::path& folder) {
    crypto::start();
    auto ring = crypto::KeyRing::open(folder);
    check(ring.has_value(), "a new ring");
    return std::move(*ring);
}

std::string bytes_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream{file, std::ios::binary}.rdbuf();
    return out.str();
}

class VaultTest : public ::testing::Test {
protected:
    std::string upload(Vault& vault, std::string_view content, std::size_t piece = 10'000) {
        const auto sink = vault.uploads()();
        for (; !content.empty(); content.remove_prefix(std::min(piece, content.size()))) {
            sink->write(content.substr(0, piece));
        }
        return sink->finish();
    }
    std::optional<StoredFile> adopt(Vault& vault, const std::string& stored,
                                    std::string_view owner = "draft/1",
                                    std::string_view name = "x") {
        db::Transaction transaction{connection_};
        std::optional<StoredFile> file = vault.adopt(transaction, stored, owner, name);
        transaction.commit();
        return file;
    }
    std::int64_t store(std::string_view content, std::string_view owner = "draft/1",
                       std::string_view name = "x") {
        const std::optional<StoredFile> file = adopt(vault_, upload(vault_, content), owner, name);
        check(file.has_value(), "the upload is adopted");
        last_stored_ = files_under(folder()).back();
        return file->id;
    }
    std::optional<std::string> content_of(std::int64_t id, Reader reader = Reader::Officer) {
        const auto pieces = vault_.read(connection_, id, reader);
        if (!pieces) return std::nullopt;
        std::string all;
        for (std::string piece = (*pieces)(); !piece.empty(); piece = (*pieces)()) all += piece;
        return all;
    }
    jobs::Outcome examine(std::int64_t id, const Vault::Examined& examined = nullptr) {
        db::Transaction transaction{connection_};
        const jobs::Outcome outcome = vault_.examine(transaction, std::to_string(id), examined);
        transaction.commit();
        return outcome;
    }
    jobs::Outcome scan(Vault& vault, std::int64_t id) {
        db::Transaction transaction{connection_};
        const jobs::Outcome outcome = vault.scan(transaction, std::to_string(id));
        transaction.commit();
        return outcome;
    }
    void sweep(Vault& vault) {
        db::Transaction transaction{connection_};
        EXPECT_EQ(vault.sweep(transaction), jobs::Outcome::Done);
        transaction.commit();
    }
    void erase(std::int64_t id) {
        db::Transaction transaction{connection_};
        Vault::erase(transaction, id);
        transaction.commit();
    }
    StoredFile facts(std::int64_t id, std::string_view owner = "draft/1") {
        for (const StoredFile& file : Vault::files_of(connection_, owner)) {
            if (file.id == id) return file;
        }
        return {};
    }
    static std::vector<fs::path> files_under(const fs::path& place) {
        std::vector<fs::path> found;
        for (const fs::directory_entry& one : fs::recursive_directory_iterator{place}) {
            if (one.is_regular_file()) found.push_back(one.path());
        }
        std::ranges::sort(found, {}, [](const fs::path& p) { return fs::last_write_time(p); });
        return found;
    }
    static void age(const fs::path& file) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours{2});
    }
    [[nodiscard]] fs::path folder() const { return data_.path() / "evidence"; }

    static sandbox::Pool& workers() {
        static sandbox::Pool pool{{.program = MAILLON_TEST_WORKER}};
        return pool;
    }
    Vault::Decode decode() const {
        return [](sandbox::Task task, std::string_view input) { return workers().run(task, input); };
    }

    db_testing::TestDatabase database_;
    db::Connection connection_ = database_.connect();
    db_testing::TemporaryFolder data_;
    crypto::KeyRing ring_ = ring_in(data_.path() / "keys");
    Vault vault_{folder(), ring_, "", decode()};
    fs::path last_stored_;
};

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
    for (const std::size_t at : {std::size_t{0}, std::size_t{25}, good.size() / 2, good.size() - 1}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        put(bad);
        EXPECT_THROW(static_cast<void>(content_of(id)), Damaged) << at;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{30}, good.size() / 2, good.size() - 1}) {
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

TEST_F(VaultTest, AThumbnailHasNoMetadata) {
    const std::string jpeg = files::with_exif(
        files::jpeg_of(files::red_and_blue(640, 320), 640, 320), files::exif(6, "48.8566N 2.3522E"));
    const std::int64_t id = store(jpeg, "draft/1", "facture.pdf");
    EXPECT_EQ(facts(id).type, FileType::Jpeg);
    std::vector<std::string> told;
    const auto tell = [&](db::Transaction&, std::string_view owner) { told.emplace_back(owner); };
    EXPECT_EQ(examine(id, tell), jobs::Outcome::Done);
    EXPECT_EQ(examine(id, tell), jobs::Outcome::Done); // once more, as after a kill
    EXPECT_THAT(told, ::testing::ElementsAre("draft/1"));
    EXPECT_TRUE(facts(id).has_thumbnail);
    EXPECT_TRUE(facts(id).examined);
    const std::optional<std::string> thumbnail = vault_.thumbnail(connection_, id);
    ASSERT_TRUE(thumbnail);
    EXPECT_EQ(files::see(*thumbnail).height, 320); // turned as the tag asked
    EXPECT_THAT(*thumbnail, Not(HasSubstr("48.8566N")));
    EXPECT_THAT(*thumbnail, Not(HasSubstr("Exif")));
    EXPECT_EQ(content_of(id), jpeg); // what was sent stays what it is
    for (const fs::path& file : files_under(folder())) {
        EXPECT_THAT(bytes_of(file), Not(StartsWith("\xFF\xD8"))) << "sealed on disk";
    }
    erase(id);
    EXPECT_EQ(vault_.thumbnail(connection_, id), std::nullopt);
}

TEST_F(VaultTest, TextIsFoundInAPdf) {
    const std::int64_t id = store(files::pdf_of(files::shown_line("IBAN FR76")));
    EXPECT_EQ(vault_.text(connection_, id), std::nullopt);
    examine(id);
    EXPECT_THAT(vault_.text(connection_, id), Optional(StartsWith("IBAN FR76")));
    EXPECT_FALSE(facts(id).has_thumbnail);
}

TEST_F(VaultTest, WhatCannotBeDecodedIsExaminedAllTheSame) {
    const std::int64_t id = store("\xFF\xD8\xFF\xE0 and then nonsense");
    EXPECT_EQ(examine(id), jobs::Outcome::Done);
    EXPECT_TRUE(facts(id).examined);
    EXPECT_FALSE(facts(id).has_thumbnail);
    EXPECT_EQ(examine(999'999), jobs::Outcome::Done); // erased in between
}

TEST_F(VaultTest, WithoutAWorkerTheExaminationWaits) {
    sandbox::Pool none{{.program = "/nonexistent/program"}};
    Vault vault{folder(), ring_, "", [&none](sandbox::Task task, std::string_view input) {
                    return none.run(task, input);
                }};
    const std::int64_t id = store("\xFF\xD8\xFF\xE0 and then nonsense");
    db::Transaction transaction{connection_};
    EXPECT_THROW(vault.examine(transaction, std::to_string(id), nullptr), sandbox::Unavailable);
}

TEST_F(VaultTest, AnInfectedFileIsKeptFromOfficersAlone) {
    const testing_support::RealClamd clamd;
    if (!clamd.listens()) GTEST_SKIP() << "SKIPPED: clamd cannot run here (clamav-daemon)";
    Vault vault{folder(), ring_, clamd.address()};
    const std::string bad = "x " + std::string{testing_support::kMarker};
    const std::optional<StoredFile> infected = adopt(vault, upload(vault, bad));
    const std::optional<StoredFile> clean = adopt(vault, upload(vault, "words"));
    ASSERT_TRUE(infected && clean);
    EXPECT_EQ(infected->scan, "waiting");
    EXPECT_EQ(content_of(infected->id), bad); // nobody waits for the antivirus
    EXPECT_EQ(scan(vault, infected->id), jobs::Outcome::Done);
    EXPECT_EQ(scan(vault, clean->id), jobs::Outcome::Done);
    EXPECT_EQ(facts(infected->id).scan, "infected");
    EXPECT_EQ(facts(clean->id).scan, "clean");
    EXPECT_EQ(content_of(infected->id), std::nullopt);
    EXPECT_EQ(content_of(infected->id, Reader::Declarant), bad);
    EXPECT_EQ(content_of(clean->id), "words");
}

TEST_F(VaultTest, AnAbsentAntivirusBlocksNothing) {
    Vault vault{folder(), ring_, "/nonexistent/clamd.ctl"};
    const std::optional<StoredFile> file = adopt(vault, upload(vault, "words"));
    ASSERT_TRUE(file);
    EXPECT_EQ(scan(vault, file->id), jobs::Outcome::Later);
    EXPECT_EQ(facts(file->id).scan, "waiting");
    EXPECT_EQ(content_of(file->id), "words");
    EXPECT_EQ(connection_.run(test::sql::kCountJobs, {"vault.scan"})[0].integer(0), 1);
    EXPECT_EQ(scan(vault_, file->id), jobs::Outcome::Done); // the setting was taken away
    EXPECT_EQ(facts(file->id).scan, "off");
}

TEST_F(VaultTest, TheJobsRunByThemselves) {
    db::Pool pool{database_.address("maillon_operator"), 3};
    metrics::Metrics metrics;
    jobs::Workers workers{pool, 1, metrics};
    std::promise<std::string> told;
    vault_.register_jobs(workers, [&](db::Transaction&, std::string_view owner) {
        told.set_value(std::string{owner});
    });
    const std::int64_t id = store(files::pdf_of(files::shown_line("Bonjour")));
    workers.start();
    EXPECT_EQ(told.get_future().get(), "draft/1");
    workers.stop();
    EXPECT_THAT(vault_.text(connection_, id), Optional(StartsWith("Bonjour")));
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
    follower.run(test::sql::kFollowDeclaration, {"17"});
    EXPECT_EQ(Vault::files_of(follower, "declaration/17").size(), 1U);
    EXPECT_EQ(vault_.name_of(follower, id), "nom");
    EXPECT_THROW(follower.run(sql::kEraseKey, {1}), db::Refused);
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

// The jobs: thumbnails by the real worker process, verdicts by the real clamd.
#include "platform/sandbox/test_files.hpp"
#include "platform/vault/scan/test_clamd.hpp"
#include "platform/vault/test_queries.hpp"
#include "platform/vault/test_vault.hpp"

#include <future>
#include <gmock/gmock.h>

namespace platform::vault {

namespace {

namespace files = sandbox::testing_support;
using namespace testing_support; // NOLINT(google-build-using-namespace): the fixture
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::StartsWith;

TEST_F(VaultTest, AThumbnailHasNoMetadata) {
    const std::string jpeg =
        files::with_exif(files::jpeg_of(files::red_and_blue(640, 320), 640, 320),
                         files::exif(6, "48.8566N 2.3522E"));
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

} // namespace

} // namespace platform::vault

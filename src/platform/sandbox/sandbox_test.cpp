// The real worker process, shut in as it is in service.
#include "platform/sandbox/sandbox.hpp"
#include "platform/sandbox/test_files.hpp"

#include <gmock/gmock.h>

#include <random>
#include <thread>

namespace platform::sandbox {

namespace {

using namespace testing_support; // NOLINT(google-build-using-namespace): the files of this module
using ::testing::Optional;
using ::testing::StartsWith;

PoolPolicy test_policy() {
    return {.program = MAILLON_TEST_WORKER, .arguments = {"worker"}, .workers_max = 2};
}

std::string small_jpeg() {
    return jpeg_of(red_and_blue(400, 200), 400, 200);
}

TEST(Sandbox, EveryTaskWorksShutIn) {
    Pool pool{test_policy()};
    const std::optional<std::string> picture = pool.run(Task::Thumbnail, small_jpeg());
    ASSERT_TRUE(picture);
    EXPECT_EQ(see(*picture).width, 320);
    EXPECT_TRUE(pool.run(Task::Thumbnail,
                         png_of(64, 64, 8, 2, deflated(png_rows(red_and_blue(64, 64), 192)))));
    EXPECT_TRUE(pool.run(Task::Thumbnail, webp_of(red_and_blue(64, 64, 4), 64, 64)));
    EXPECT_THAT(pool.run(Task::PdfText, pdf_of(shown_line("Virement \\351trange"))),
                Optional(StartsWith("Virement étrange")));
    EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
}

TEST(Sandbox, ATakenOverDecoderCanDoNothing) {
    Pool pool{test_policy()};
    for (const std::string_view deed : {"open", "write", "socket", "fork", "exec", "kill parent",
                                        "run memory", "who", "long", "abort"}) {
        EXPECT_EQ(pool.run(Task::MailText, deed), std::nullopt) << deed;
        EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo") << "after " << deed;
    }
}

TEST(Sandbox, MemoryIsBounded) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "the address sanitizer needs the address space";
#endif
    Pool pool{test_policy()};
    EXPECT_EQ(pool.run(Task::MailText, "memory"), std::nullopt);
    EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
}

TEST(Sandbox, TimeIsBounded) {
    PoolPolicy policy = test_policy();
    policy.time_max = std::chrono::milliseconds{1500};
    Pool pool{policy};
    EXPECT_EQ(pool.run(Task::MailText, "spin"), std::nullopt);
    EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
}

TEST(Sandbox, InputIsBounded) {
    PoolPolicy policy = test_policy();
    policy.input_bytes_max = 4;
    Pool pool{policy};
    EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
    policy.input_bytes_max = 3;
    Pool smaller{policy};
    EXPECT_EQ(smaller.run(Task::MailText, "echo"), std::nullopt);
}

TEST(Sandbox, BombsHarmNobody) {
    PoolPolicy policy = test_policy();
    policy.time_max = std::chrono::milliseconds{2500};
    Pool pool{policy};
    const std::pair<Task, std::string> bombs[] = {
        {Task::Thumbnail, png_of(20'000, 20'000, 8, 2, deflate_bomb('\0', 1145))},
        // Within the limit of pixels, with rows that go on for ever.
        {Task::Thumbnail, png_of(64, 64, 8, 2, deflate_bomb('\7', 200))},
        {Task::Thumbnail,
         png_of(64, 64, 8, 2, deflated(std::string(64 * 193, '\0')),
                png_chunk("iCCP", std::string{"x\0\0", 3} + deflate_bomb('\0', 100)))},
        {Task::PdfText, pdf_of(deflate_bomb(' ', 800), "/Filter/FlateDecode")},
        {Task::PdfText, pdf_of(std::string(5'000'000, '['))},
    };
    for (const auto& [task, bytes] : bombs) {
        EXPECT_LT(bytes.size(), 20'000'000U); // small enough to be sent in
        const std::optional<std::string> answer = pool.run(task, bytes);
        EXPECT_LT(answer ? answer->size() : 0, 1U << 20U);
        EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
    }
}

TEST(Sandbox, TruncatedAndRandomBytesHarmNobody) {
    Pool pool{test_policy()};
    const std::string pdf = pdf_of(shown_line("Bonjour"));
    const std::string png = png_of(64, 64, 8, 2, deflated(png_rows(red_and_blue(64, 64), 192)));
    const std::string webp = webp_of(red_and_blue(64, 64, 4), 64, 64);
    std::mt19937 random{20260105};
    for (const auto& [task, whole] : {std::pair{Task::Thumbnail, small_jpeg()},
                                      {Task::Thumbnail, png},
                                      {Task::Thumbnail, webp},
                                      {Task::PdfText, pdf}}) {
        for (std::size_t part = 0; part < 10; ++part) {
            std::string bytes = whole.substr(0, whole.size() * part / 10);
            static_cast<void>(pool.run(task, bytes));
            bytes = whole;
            for (int i = 0; i < 10; ++i) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            static_cast<void>(pool.run(task, bytes));
        }
    }
    EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
}

TEST(Sandbox, SpentWorkersAreReplaced) {
    PoolPolicy policy = test_policy();
    policy.tasks_per_worker = 2;
    Pool pool{policy};
    for (int i = 0; i < 7; ++i) EXPECT_EQ(pool.run(Task::MailText, "echo"), "echo");
}

TEST(Sandbox, ThreadsShareTheWorkers) {
    Pool pool{test_policy()};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 6; ++t) {
        threads.emplace_back([&pool, t] {
            for (int i = 0; i < 10; ++i) {
                const bool bad = (i + t) % 4 == 0;
                EXPECT_EQ(pool.run(Task::MailText, bad ? "fork" : "echo").has_value(), !bad);
            }
        });
    }
}

TEST(Sandbox, NoWorkerIsNotABadFile) {
    PoolPolicy policy = test_policy();
    policy.program = "/nonexistent/program";
    EXPECT_THROW(static_cast<void>(Pool{policy}.run(Task::MailText, "echo")), Unavailable);
    policy = test_policy();
    policy.arguments = {"another"};
    EXPECT_THROW(static_cast<void>(Pool{policy}.run(Task::MailText, "echo")), Unavailable);
}

} // namespace

} // namespace platform::sandbox

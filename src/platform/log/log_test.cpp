#include "platform/log/log.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <type_traits>
#include <unistd.h>
#include <vector>

namespace platform::log {

namespace {

// There is no way to write a text that came from outside. Only numbers and Word make a field, a
// Word is made on purpose, and never from a string that was read or built at run time.
template <class T> constexpr bool kMakesField = std::is_constructible_v<Field, const char*, T>;
static_assert(kMakesField<std::int64_t> && kMakesField<int> && kMakesField<Word>);
static_assert(!kMakesField<std::string> && !kMakesField<std::string_view>);
static_assert(!kMakesField<const char*> && !kMakesField<const char (&)[5]>);
static_assert(!kMakesField<std::filesystem::path> && !kMakesField<std::vector<std::string>>);
static_assert(!std::is_convertible_v<std::string_view, Word>);
static_assert(!std::is_constructible_v<Word, std::string>);
static_assert(!std::is_constructible_v<Word, const std::string&>);
static_assert(std::is_constructible_v<Word, const char*>);

/// Standard error turned into a socket that keeps the bounds of each write.
class CapturedError {
public:
    CapturedError() : kept_{::dup(STDERR_FILENO)} {
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends_.data()), 0);
        ::dup2(ends_[1], STDERR_FILENO);
    }
    ~CapturedError() {
        ::dup2(kept_, STDERR_FILENO);
        for (const int fd : {kept_, ends_[0], ends_[1]}) ::close(fd);
    }
    CapturedError(const CapturedError&) = delete;
    CapturedError& operator=(const CapturedError&) = delete;

    /// What the next write wrote; empty when none is waiting and `wait` is false.
    [[nodiscard]] std::string next(bool wait = false) const {
        std::string bytes(2 * kLineBytesMax, '\0');
        const ssize_t size = ::recv(ends_[0], bytes.data(), bytes.size(), wait ? 0 : MSG_DONTWAIT);
        bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        return bytes;
    }

private:
    int kept_;
    std::array<int, 2> ends_{};
};

struct Case {
    const char* name;
    Level level;
    std::string event;
    std::vector<Field> fields;
    const char* expected; // without the time
};

TEST(Log, WritesOneJsonObjectALine) {
    start(Level::Debug);
    const std::string long_name(200, 'n');
    for (const Case& c : {
             Case{"bare",
                  Level::Info,
                  "server.ready",
                  {},
                  R"({"level":"info","event":"server.ready"})"},
             Case{"number",
                  Level::Error,
                  "x",
                  {{"n", -5}},
                  R"({"level":"error","event":"x","fields":{"n":-5}})"},
             Case{"word",
                  Level::Debug,
                  "x",
                  {{"kind", Word{"mail.send"}}, {"n", INT64_MAX}},
                  R"({"level":"debug","event":"x",
                    "fields":{"kind":"mail.send","n":9223372036854775807}})"},
             Case{"hostile",
                  Level::Warning,
                  "a\"b\\c\nd\xff",
                  {{"k\"", Word{"\"},\n\x01é"}}},
                  R"({"level":"warning","event":"a\"b\\c?d?","fields":{"k\"":"\"},????"}})"},
         }) {
        SCOPED_TRACE(c.name);
        const CapturedError captured;
        switch (c.fields.size()) {
        case 0: event(c.level, c.event); break;
        case 1: event(c.level, c.event, {c.fields[0]}); break;
        default: event(c.level, c.event, {c.fields[0], c.fields[1]}); break;
        }
        const std::string line = captured.next();
        ASSERT_TRUE(line.ends_with("}\n"));
        EXPECT_EQ(std::ranges::count(line, '\n'), 1);
        nlohmann::json written = nlohmann::json::parse(line);
        EXPECT_THAT(written.at("time").get<std::string>(),
                    testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
                                          "[.][0-9]{3}Z"));
        written.erase("time");
        EXPECT_EQ(written, nlohmann::json::parse(c.expected));
        EXPECT_EQ(captured.next(), "") << "one write a line";
    }
}

TEST(Log, IsSilentBelowItsLevel) {
    start(Level::Warning);
    const CapturedError captured;
    event(Level::Debug, "no");
    info("no");
    EXPECT_EQ(captured.next(), "");
    warning("yes");
    error("yes");
    EXPECT_NE(captured.next(), "");
    EXPECT_NE(captured.next(), "");
}

TEST(Log, CutsWordsAndLines) {
    start(Level::Info);
    const CapturedError captured;
    const std::string quotes(1000, '"');
    const Field f{std::string_view{quotes}, Word{std::string_view{quotes}}};
    info(quotes, {f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f});
    const std::string line = captured.next();
    EXPECT_LE(line.size(), kLineBytesMax);
    const nlohmann::json written = nlohmann::json::parse(line);
    EXPECT_EQ(written.at("event").get<std::string>().size(), kWordBytesMax);
    EXPECT_EQ(written.at("fields").at("cut"), 1);
}

TEST(Log, LinesOfThreadsDoNotMix) {
    start(Level::Info);
    const CapturedError captured;
    constexpr int threads = 8;
    constexpr int lines = 500;
    std::set<std::pair<int, int>> seen;
    {
        std::vector<std::jthread> writers;
        for (int t = 0; t < threads; ++t) {
            writers.emplace_back([t] {
                for (int n = 0; n < lines; ++n) {
                    info("line", {{"thread", t}, {"n", n}, {"word", Word{"of the program"}}});
                }
            });
        }
        for (int i = 0; i < threads * lines; ++i) {
            const nlohmann::json written = nlohmann::json::parse(captured.next(true));
            seen.emplace(written.at("fields").at("thread"), written.at("fields").at("n"));
        }
    }
    EXPECT_EQ(seen.size(), std::size_t{threads * lines});
    EXPECT_EQ(captured.next(), "");
}

[[noreturn]] void log_to_a_closed_descriptor() {
    ::close(STDERR_FILENO);
    start(Level::Info);
    const int next = ::dup(STDIN_FILENO);
    info("lost");
    ::_exit(next == STDERR_FILENO ? 1 : 0); // 1: its number was given away
}

[[noreturn]] void log_to_a_reader_that_went() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) ::_exit(2);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[0]);
    start(Level::Info);
    info("lost");
    ::_exit(0);
}

TEST(Log, SurvivesAClosedStandardError) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    EXPECT_EXIT(log_to_a_closed_descriptor(), testing::ExitedWithCode(0), "");
    EXPECT_EXIT(log_to_a_reader_that_went(), testing::ExitedWithCode(0), "");
}

TEST(Log, IsSilentBeforeItIsStarted) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    EXPECT_EXIT(
        {
            info("early");
            ::_exit(0);
        },
        testing::ExitedWithCode(0), "^$");
}

} // namespace

} // namespace platform::log

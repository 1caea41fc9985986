#include "platform/jobs/jobs.hpp"

#include "platform/db_testing/test_database.hpp"
#include "platform/jobs/queries.hpp"
#include "platform/jobs/sql/testing/queries.hpp"
#include "platform/jobs/work/run.hpp"

#include <atomic>
#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace platform::jobs {

namespace {

using db_testing::TestDatabase;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace test_sql = testing::sql;

constexpr int kTriesMax = 1200; // of 50 ms: a minute, for a machine that is busy with other things

class Jobs : public ::testing::Test {
protected:
    Jobs() { looking_.run(test_sql::kMakeEffects); }

    void ask_now(std::string_view kind, std::string_view subject, seconds from_now = seconds{0}) {
        db::Transaction transaction{looking_};
        ask(transaction, kind, subject, from_now);
        transaction.commit();
    }
    /// Whether it holds in the end.
    bool in_the_end(const auto& holds) {
        for (int i = 0; i < kTriesMax; ++i) {
            if (holds()) return true;
            looking_.wait_for_notice(milliseconds{50}); // nobody notifies: a pause
        }
        return false;
    }
    bool no_job_is_left() {
        return in_the_end([this] { return jobs() == 0; });
    }
    std::int64_t jobs() { return looking_.run(test_sql::kCountJobs)[0].integer(0); }
    std::int64_t attempts() { return looking_.run(test_sql::kCountJobs)[0].integer(1); }
    std::int64_t effects() { return looking_.run(test_sql::kCountEffects)[0].integer(0); }
    std::int64_t subjects() { return looking_.run(test_sql::kCountEffects)[0].integer(1); }
    void make_due() { looking_.run(test_sql::kMakeDue); }
    std::vector<HumanTask> tasks() {
        db::Transaction transaction{looking_};
        return human_tasks(transaction, 10);
    }

    TestDatabase database_;
    db::Connection looking_{database_.connect()};
    db::Pool pool_{database_.address(), 8};
    metrics::Metrics metrics_;
};

Outcome put_effect(db::Transaction& transaction, std::string_view subject) {
    transaction.run(test_sql::kPutEffect, {subject});
    return Outcome::Done;
}

TEST(JobQueries, FitTheTablesAndTheRoles) {
    EXPECT_THAT(db_testing::prepare_all(sql::kAll), IsEmpty());
    const TestDatabase database;
    const auto as = [&](std::string_view role) {
        db::Connection connection = database.connect(role);
        db::Transaction transaction{connection};
        ask(transaction, "a.kind", "1");
        transaction.commit();
        return connection.run(sql::kCountWaiting)[0].integer(0);
    };
    EXPECT_EQ(as("maillon_operator"), 1);
    EXPECT_EQ(as("maillon_engine"), 2);
    // A door asks, and sees nothing of what was asked.
    EXPECT_THROW(as("maillon_door"), db::Refused);
    EXPECT_EQ(as("maillon_operator"), 4);
}

TEST(BackOff, DoublesUpToAnHour) {
    for (const auto& [attempts, expected] :
         {std::pair{1, 10}, {2, 20}, {3, 40}, {9, 2560}, {10, 3600}, {1000, 3600}}) {
        EXPECT_EQ(back_off(attempts), seconds{expected}) << attempts;
    }
}

TEST_F(Jobs, AreDoneOnceEachByManyWorkers) {
    constexpr int many = 2000;
    looking_.run(test_sql::kAskMany, {"a.kind", many});
    db::Pool other_pool{database_.address(), 8}; // as another process would have
    Workers here{pool_, 4, metrics_};
    Workers there{other_pool, 4, metrics_};
    for (Workers* workers : {&here, &there}) {
        workers->handle("a.kind", put_effect);
        workers->start();
    }
    EXPECT_TRUE(no_job_is_left());
    EXPECT_EQ(effects(), many);
    EXPECT_EQ(subjects(), many);
    here.stop();
    there.stop();
    EXPECT_THAT(metrics_.text(), HasSubstr("maillon_jobs_total{outcome=\"done\"} 2000\n"));
    EXPECT_THAT(metrics_.text(), HasSubstr("maillon_job_seconds_count{kind=\"a.kind\"} 2000\n"));
}

TEST_F(Jobs, OfOneSubjectAreRunAsOne) {
    for (int i = 0; i < 5; ++i) ask_now("a.kind", "same");
    ask_now("a.kind", "other");
    ask_now("a.kind", "same", seconds{3600});
    Workers workers{pool_, 1, metrics_};
    workers.handle("a.kind", put_effect);
    workers.start();
    EXPECT_TRUE(in_the_end([&] { return jobs() == 1; })); // the one of later
    workers.stop();
    EXPECT_EQ(effects(), 2);
}

TEST_F(Jobs, AskedInATransactionThatFailsAreNone) {
    {
        db::Transaction transaction{looking_};
        ask(transaction, "a.kind", "1");
    }
    EXPECT_EQ(jobs(), 0);
}

TEST_F(Jobs, OfKindsThatNobodyHandlesWait) {
    ask_now("of.another.version", "1");
    ask_now("a.kind", "1");
    Workers workers{pool_, 2, metrics_};
    workers.handle("a.kind", put_effect);
    workers.start();
    EXPECT_TRUE(in_the_end([&] { return effects() == 1 && jobs() == 1; }));
    workers.stop();
    EXPECT_EQ(attempts(), 0);
}

TEST_F(Jobs, ThatFailComeBackWithoutTheirEffects) {
    struct Case {
        const char* name;
        std::function<Outcome(db::Transaction&)> fails;
    };
    for (const Case& c : {
             Case{"later", [](db::Transaction&) { return Outcome::Later; }},
             Case{"throws",
                  [](db::Transaction&) -> Outcome { throw std::runtime_error{"a text"}; }},
             Case{"refused",
                  [](db::Transaction& transaction) {
                      transaction.run(test_sql::kDivideByZero);
                      return Outcome::Done;
                  }},
         }) {
        SCOPED_TRACE(c.name);
        const std::int64_t before = effects();
        std::atomic<int> runs{0};
        Workers workers{pool_, 2, metrics_};
        workers.handle("a.kind", [&](db::Transaction& transaction, std::string_view subject) {
            put_effect(transaction, subject);
            return ++runs == 1 ? c.fails(transaction) : Outcome::Done;
        });
        ask_now("a.kind", "1");
        workers.start();
        EXPECT_TRUE(in_the_end([&] {
            const db::Rows rows = looking_.run(test_sql::kWaitOfTheJob);
            return runs == 1 && !rows.empty() && rows[0].integer(0) > 5; // 10 s, from then
        }));
        EXPECT_EQ(effects(), before);
        make_due();
        EXPECT_TRUE(no_job_is_left());
        workers.stop();
        EXPECT_EQ(runs, 2);
        EXPECT_EQ(effects(), before + 1);
    }
}

TEST_F(Jobs, OfAConnectionThatDiesAreDoneOnce) {
    std::atomic<int> runs{0};
    Workers workers{pool_, 2, metrics_};
    workers.handle("a.kind", [&](db::Transaction& transaction, std::string_view subject) {
        put_effect(transaction, subject);
        if (++runs == 1) transaction.run(test_sql::kCutThisConnection);
        return Outcome::Done;
    });
    ask_now("a.kind", "1");
    workers.start();
    EXPECT_TRUE(no_job_is_left());
    workers.stop();
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(effects(), 1);
}

TEST_F(Jobs, GoOnWhenTheDatabaseComesBack) {
    Workers workers{pool_, 4, metrics_};
    workers.handle("a.kind", put_effect);
    workers.start();
    for (int round = 0; round < 3; ++round) {
        const std::string subject = std::to_string(round);
        ask_now("a.kind", subject);
        looking_.run(test_sql::kCutOtherConnections);
        ask_now("a.kind", subject + " after");
    }
    EXPECT_TRUE(no_job_is_left());
    workers.stop();
    EXPECT_EQ(subjects(), 6);
}

TEST_F(Jobs, GivenUpWaitForAPerson) {
    std::atomic<bool> mended{false};
    Workers workers{pool_, 2, metrics_};
    workers.handle("never", [&](db::Transaction& transaction, std::string_view subject) {
        put_effect(transaction, subject);
        return mended ? Outcome::Done : Outcome::Never;
    });
    workers.handle(
        "later", [](db::Transaction&, std::string_view) { return Outcome::Later; },
        JobPolicy{.attempts_max = 2});
    ask_now("never", "17");
    ask_now("later", "18");
    workers.start();
    EXPECT_TRUE(in_the_end([&] {
        make_due();
        return jobs() == 0;
    }));
    EXPECT_EQ(effects(), 0);
    const std::vector<HumanTask> left = tasks();
    ASSERT_EQ(left.size(), 2U);
    const HumanTask& never = left[0].kind == "never" ? left[0] : left[1];
    EXPECT_EQ(never.kind, "never");
    EXPECT_EQ(never.subject, "17");
    EXPECT_GT(never.since, 0);
    mended = true;
    {
        db::Transaction transaction{looking_};
        EXPECT_TRUE(retry_human_task(transaction, never.id));
        EXPECT_FALSE(retry_human_task(transaction, never.id));
        EXPECT_TRUE(end_human_task(transaction, (&never == &left[0] ? left[1] : left[0]).id));
        transaction.commit();
    }
    EXPECT_TRUE(no_job_is_left());
    workers.stop();
    EXPECT_EQ(effects(), 1);
    EXPECT_THAT(tasks(), IsEmpty());
}

/// Runs workers in a process of their own until it ends, and gives its exit code.
int in_a_process(const TestDatabase& database, const Handler& handler, JobPolicy policy) {
    const pid_t child = ::fork();
    if (child == 0) {
        metrics::Metrics metrics;
        db::Pool pool{database.address(), 2};
        Workers workers{pool, 1, metrics};
        workers.handle("poison", handler, policy);
        workers.start();
        ::pause(); // a handler ends the process
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Jobs, ThatKillTheirProcessAreGivenUp) {
    const JobPolicy policy{.attempts_max = 2};
    const auto dies = [](db::Transaction& transaction, std::string_view subject) -> Outcome {
        put_effect(transaction, subject);
        ::_exit(7);
    };
    ask_now("poison", "1");
    for (int death = 1; death <= 2; ++death) {
        make_due();
        EXPECT_EQ(in_a_process(database_, dies, policy), 7);
        EXPECT_EQ(attempts(), death);
    }
    // The second death is answered by the back-off, so that the rest of the work goes on.
    EXPECT_GT(looking_.run(test_sql::kWaitOfTheJob)[0].integer(0), 1);
    make_due();
    Workers workers{pool_, 1, metrics_};
    workers.handle("poison", dies, policy); // would end the tests
    workers.start();
    EXPECT_TRUE(no_job_is_left());
    workers.stop();
    EXPECT_EQ(effects(), 0);
    ASSERT_EQ(tasks().size(), 1U);
    EXPECT_EQ(tasks()[0].kind, "poison");
}

TEST_F(Jobs, StopLetsARunningJobEnd) {
    std::mutex mutex;
    std::condition_variable changed;
    bool begun = false;
    bool may_end = false;
    Workers workers{pool_, 1, metrics_};
    workers.handle("a.kind", [&](db::Transaction& transaction, std::string_view subject) {
        std::unique_lock lock{mutex};
        begun = true;
        changed.notify_all();
        changed.wait(lock, [&] { return may_end; });
        return put_effect(transaction, subject);
    });
    ask_now("a.kind", "1");
    ask_now("a.kind", "2");
    workers.start();
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return begun; });
    std::jthread stopping{[&] { workers.stop(); }};
    may_end = true;
    lock.unlock();
    changed.notify_all();
    stopping.join();
    EXPECT_GE(effects(), 1); // the second only if stop() came after the first had ended
    EXPECT_EQ(effects() + jobs(), 2);
    EXPECT_EQ(jobs() == 0 ? 0 : attempts(), 0) << "the one that waits was not begun";
}

TEST_F(Jobs, RepeatWithOneRowForAll) {
    db::Pool other_pool{database_.address(), 8};
    std::atomic<int> runs{0};
    const auto counts = [&](db::Transaction& transaction, std::string_view subject) {
        ++runs;
        return put_effect(transaction, subject);
    };
    for (int start = 0; start < 2; ++start) { // and after a restart
        Workers here{pool_, 2, metrics_};
        Workers there{other_pool, 2, metrics_};
        for (Workers* workers : {&here, &there}) {
            workers->repeat("every.hour", seconds{3600}, counts);
            workers->start();
        }
        EXPECT_TRUE(in_the_end([&] { return effects() == 1 + start; }));
        EXPECT_TRUE(in_the_end([&] {
            const db::Rows rows = looking_.run(test_sql::kWaitOfTheJob);
            return rows.size() == 1 && rows[0].integer(0) > 3000;
        }));
        EXPECT_EQ(jobs(), 1);
        make_due();
        EXPECT_TRUE(in_the_end([&] { return effects() == 2 + start; }));
        here.stop();
        there.stop();
        EXPECT_EQ(runs, 2 + start);
    }
    // A new interval holds at once.
    Workers workers{pool_, 1, metrics_};
    workers.repeat("every.hour", seconds{60}, counts);
    workers.start();
    EXPECT_TRUE(
        in_the_end([&] { return looking_.run(test_sql::kWaitOfTheJob)[0].integer(0) <= 60; }));
    workers.stop();
    EXPECT_EQ(jobs(), 1);
}

TEST_F(Jobs, RepeatingThatFailAreToldAndGoOn) {
    std::atomic<bool> mended{false};
    Workers workers{pool_, 1, metrics_};
    workers.repeat("every.hour", seconds{3600},
                   [&](db::Transaction& transaction, std::string_view subject) {
                       put_effect(transaction, subject);
                       return mended ? Outcome::Done : Outcome::Never;
                   });
    workers.start();
    EXPECT_TRUE(in_the_end([&] { return tasks().size() == 1; }));
    mended = true;
    make_due();
    EXPECT_TRUE(in_the_end([&] { return effects() == 1; }));
    workers.stop();
    EXPECT_EQ(jobs(), 1);
    EXPECT_EQ(tasks().size(), 1U);
}

TEST_F(Jobs, WakeAndStopWithoutWork) {
    Workers workers{pool_, 2, metrics_};
    workers.handle("a.kind", put_effect);
    workers.start();
    workers.wake();
    workers.stop();
    workers.stop();
    Workers never_started{pool_, 2, metrics_};
    never_started.wake();
}

} // namespace

} // namespace platform::jobs

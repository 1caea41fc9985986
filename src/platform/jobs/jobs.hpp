// Durable work: a row written in the transaction that asks for it, taken by one worker at a time
// (FOR UPDATE SKIP LOCKED), done again when the process that had it was killed. Handlers must bear
// being run twice: what they do in their transaction happens once, what they do outside may not.
//
// A run is two transactions. The first counts the attempt and is committed, so that a job that
// kills its process is given up in the end. The second holds the row's lock while the handler
// works, and ends the job with the handler's own effects; when the process or its connection dies,
// the lock goes and the job is due again. No lease has to run out and nothing has to be swept (ADR
// 0027).
#pragma once

#include "base/time.hpp"
#include "platform/db/database.hpp"
#include "platform/metrics/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace platform::jobs {

/// Asks for a job. `subject` is an id or empty, never a text of a person. Jobs of the same kind and
/// subject that are due and that nobody has begun are run as one, after the transactions of all of
/// them. Two of them may run at the same time when one was asked for during the other's run. Nobody
/// waits here: neither for another asker nor for a worker.
void ask(db::Transaction& transaction, std::string_view kind, std::string_view subject,
         std::chrono::seconds from_now = std::chrono::seconds{0});

enum class Outcome : std::uint8_t {
    Done,
    Later, // try again, with back-off: 10 s, doubling, at most 1 h
    Never, // a person must look: stands in table human_task
};

struct JobPolicy {
    unsigned attempts_max = 12; // then Never
    /// The longest that a handler may do something else than speak to the database. The server ends
    /// its transaction then, so that the job of a machine that vanished is free again.
    std::chrono::seconds lease{300};
};

/// Runs in a transaction of its own, which is committed with the job's end when it says Done, and
/// undone otherwise. What it throws is Later. It must not end the transaction itself.
using Handler = std::function<Outcome(db::Transaction&, std::string_view subject)>;

/// Threads that look for due jobs twice a second when idle, and at once after each job. They use at
/// most one connection each of the pool, whose role must be allowed the tables of 0002-jobs.sql.
/// When the database is gone they wait for it.
class Workers {
public:
    Workers(db::Pool& pool, unsigned threads, metrics::Metrics& metrics);
    ~Workers(); // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Before start().
    void handle(std::string_view kind, Handler handler, JobPolicy policy = {});
    /// Asked for again by itself after each run ("ledger.head" every 60 s): one row for the kind,
    /// whatever the number of processes. A run that fails again and again becomes a human task too,
    /// and goes on being tried.
    void repeat(std::string_view kind, std::chrono::seconds every, Handler handler);
    void start();
    /// Lets running jobs end; those that wait stay.
    void stop();
    /// Said after a commit that asked for a job: an idle thread looks at once. Optional.
    void wake();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// What waits for a person: the kind of the job that gave up and its subject.
struct HumanTask {
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    UnixSeconds since = 0;
};

/// Those that have waited for longest.
[[nodiscard]] std::vector<HumanTask> human_tasks(db::Transaction& transaction, unsigned at_most);
/// Dealt with. False when it was not there.
bool end_human_task(db::Transaction& transaction, std::int64_t id);
/// The cause has gone: asks for the job again. False when the task was not there.
bool retry_human_task(db::Transaction& transaction, std::int64_t id);

} // namespace platform::jobs

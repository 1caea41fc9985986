#include "base/check.hpp"
#include "platform/jobs/queries.hpp"
#include "platform/jobs/work/run.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace platform::jobs {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How long an idle worker waits before it looks again. NOTIFY would begin a job sooner, but costs
// the askers: commits that notify are one at a time in the whole database (ADR 0027).
constexpr milliseconds kIdle{500};
constexpr milliseconds kLostMax{8'000}; // the wait for a database that is gone: 0.5 s, doubling
constexpr std::chrono::seconds kCountEvery{15}; // what waits, for the metrics

} // namespace

struct Workers::State {
    State(db::Pool& p, unsigned t, metrics::Metrics& m) : pool{p}, threads{t}, metrics{m} {}

    db::Pool& pool;
    unsigned threads;
    metrics::Metrics& metrics;
    Handlers handlers;
    std::string kinds;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false; // under the mutex, as all below
    unsigned wakes = 0;
    bool repeating_put = false;
    steady_clock::time_point count_at; // then the next count is due
    std::vector<std::jthread> running;

    void work() {
        milliseconds wait{0};
        while (go_on(wait)) {
            const bool lost_before = wait > kIdle;
            try {
                const bool worked = look();
                if (lost_before) log::info("jobs.database_back");
                wait = worked ? milliseconds{0} : kIdle;
            } catch (const db::Lost&) {
                if (!lost_before) log::warning("jobs.database_lost");
                wait = std::clamp(2 * wait, 2 * kIdle, kLostMax);
            } catch (const db::Refused& refused) {
                // A statement of our own: rights or tables are missing, which a person can mend.
                const std::string_view sqlstate = refused.sqlstate();
                log::error("jobs.refused", {{"sqlstate", log::Word{sqlstate}}});
                wait = std::clamp(2 * wait, 2 * kIdle, kLostMax);
            }
        }
    }

    /// False when it is time to stop.
    bool go_on(milliseconds wait) {
        std::unique_lock lock{mutex};
        changed.wait_for(lock, wait, [this] { return stopping || wakes > 0; });
        if (wakes > 0) --wakes;
        return !stopping;
    }

    /// Whether a job was found.
    bool look() {
        const db::Lease lease = pool.take();
        put_repeating(*lease);
        count_waiting(*lease);
        return run_one(*lease, handlers, kinds, metrics);
    }

    void put_repeating(db::Connection& connection) {
        const std::lock_guard lock{mutex};
        if (repeating_put) return;
        for (const auto& [kind, registered] : handlers) {
            if (registered.every.count() == 0) continue;
            connection.run(sql::kPutRepeatingJob, {kind, registered.every.count()});
        }
        repeating_put = true;
    }

    void count_waiting(db::Connection& connection) {
        {
            const std::lock_guard lock{mutex};
            const auto now = steady_clock::now();
            if (now < count_at) return;
            count_at = now + kCountEvery;
        }
        const db::Rows rows = connection.run(sql::kCountWaiting);
        metrics.set("maillon_jobs_due", static_cast<double>(rows[0].integer(0)));
        metrics.set("maillon_human_tasks", static_cast<double>(rows[0].integer(1)));
    }
};

Workers::Workers(db::Pool& pool, unsigned threads, metrics::Metrics& metrics)
    : state_{std::make_unique<State>(pool, threads, metrics)} {}

Workers::~Workers() {
    stop();
}

void Workers::handle(std::string_view kind, Handler handler, JobPolicy policy) {
    check(state_->running.empty(), "handlers are registered before start()");
    const bool added = state_->handlers
                           .try_emplace(std::string{kind},
                                        Registered{.handler = std::move(handler), .policy = policy})
                           .second;
    check(added, "a kind of job has one handler");
}

void Workers::repeat(std::string_view kind, std::chrono::seconds every, Handler handler) {
    check(every.count() > 0, "a job repeats after some time");
    handle(kind, std::move(handler));
    state_->handlers.find(kind)->second.every = every;
}

void Workers::start() {
    check(state_->running.empty(), "workers start once");
    state_->kinds = array_of_kinds(state_->handlers);
    for (unsigned i = 0; i < state_->threads; ++i) {
        state_->running.emplace_back([this] { state_->work(); });
    }
}

void Workers::stop() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->stopping = true;
    }
    state_->changed.notify_all();
    state_->running.clear(); // joins
}

void Workers::wake() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->wakes = std::min(state_->wakes + 1, state_->threads);
    }
    state_->changed.notify_one();
}

} // namespace platform::jobs

#include "platform/jobs/work/run.hpp"

#include "base/check.hpp"
#include "platform/jobs/queries.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

namespace platform::jobs {

namespace {

using log::Word;

constexpr std::chrono::seconds kFirstBackOff{10};
constexpr std::chrono::seconds kBackOffMax{3600};

struct Claimed {
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    std::int64_t attempts = 0;
    bool repeating = false;
};

Word word(const std::string& kind) {
    return Word{std::string_view{kind}};
}

std::string_view name(Outcome outcome) {
    switch (outcome) {
    case Outcome::Done: return "done";
    case Outcome::Later: return "later";
    case Outcome::Never: break;
    }
    return "never";
}

/// What the handler says; what it throws is Later, and told by its kind alone: the text of an
/// exception is not ours.
Outcome attempt(const Handler& handler, db::Transaction& transaction, const Claimed& job) {
    try {
        return handler(transaction, job.subject);
    } catch (const db::Lost&) {
        throw; // of this transaction or another: nothing can be written down now
    } catch (const db::Refused& refused) {
        log::warning("job.refused", {{"kind", word(job.kind)},
                                     {"sqlstate", Word{std::string_view{refused.sqlstate()}}}});
    } catch (const std::exception&) {
        log::warning("job.threw", {{"kind", word(job.kind)}});
    }
    return Outcome::Later;
}

void give_up(db::Transaction& transaction, const Claimed& job) {
    log::error("job.given_up", {{"kind", word(job.kind)}, {"attempts", job.attempts}});
    transaction.run(sql::kGiveUpJob, {job.id});
    if (job.repeating) transaction.run(sql::kRepeatJob, {job.id});
    transaction.commit();
}

void end(db::Transaction& transaction, const Claimed& job, Outcome outcome) {
    switch (outcome) {
    case Outcome::Done:
        transaction.commit_with(job.repeating ? sql::kRepeatJob : sql::kEndJob, {job.id});
        return;
    case Outcome::Later: {
        log::info("job.later", {{"kind", word(job.kind)}, {"attempts", job.attempts}});
        transaction.run(sql::kUndoWork);
        transaction.commit_with(sql::kPostponeJob, {job.id, back_off(job.attempts).count()});
        return;
    }
    case Outcome::Never:
        transaction.run(sql::kUndoWork);
        give_up(transaction, job);
        return;
    }
}

/// False when the job is no longer ours.
bool run(db::Connection& connection, const Registered& registered, const Claimed& job,
         metrics::Metrics& metrics) {
    const auto lease = std::chrono::milliseconds{registered.policy.lease};
    db::Transaction transaction{connection};
    if (transaction.run(sql::kHoldJob, {job.id, job.attempts, lease.count()}).empty()) {
        return false;
    }
    const std::int64_t attempts_max{registered.policy.attempts_max};
    if (job.attempts > attempts_max) { // its last run did not live to say anything
        give_up(transaction, job);
        metrics.count("maillon_jobs_total", "outcome", name(Outcome::Never));
        return true;
    }
    transaction.run(sql::kBeginWork);
    const auto begun = std::chrono::steady_clock::now();
    Outcome outcome = attempt(registered.handler, transaction, job);
    metrics.observe("maillon_job_seconds", "kind", job.kind,
                    std::chrono::steady_clock::now() - begun);
    if (outcome == Outcome::Later && job.attempts == attempts_max) outcome = Outcome::Never;
    end(transaction, job, outcome);
    metrics.count("maillon_jobs_total", "outcome", name(outcome));
    return true;
}

} // namespace

std::string array_of_kinds(const Handlers& handlers) {
    std::string out;
    for (const auto& [kind, registered] : handlers) {
        out += out.empty() ? '{' : ',';
        out += kind;
    }
    return out.empty() ? "{}" : out + '}';
}

std::chrono::seconds back_off(std::int64_t attempts) {
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 20);
    return std::min(kBackOffMax, kFirstBackOff * (std::int64_t{1} << doublings));
}

bool run_one(db::Connection& connection, const Handlers& handlers, std::string_view kinds,
             metrics::Metrics& metrics) {
    Claimed job;
    {
        const db::Rows rows = connection.run(sql::kClaimJob, {kinds});
        if (rows.empty()) return false;
        job = {.id = rows[0].integer(0),
               .kind = std::string{rows[0].text(1)},
               .subject = std::string{rows[0].text(2)},
               .attempts = rows[0].integer(3),
               .repeating = rows[0].boolean(4)};
    }
    const auto registered = handlers.find(job.kind);
    check(registered != handlers.end(), "a job of a kind that was asked for");
    run(connection, registered->second, job, metrics);
    return true;
}

} // namespace platform::jobs

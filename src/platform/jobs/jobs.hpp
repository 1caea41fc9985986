// Durable work: a row written in the transaction that asks for it, taken by one worker at a time
// (FOR UPDATE SKIP LOCKED), done again when the process that had it was killed. Handlers must bear
// being run twice.
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

namespace platform::jobs {

/// Asks for a job. `subject` is an id or empty, never a text of a person. A job of the same kind
/// and subject that nobody has begun is not asked for twice.
void ask(db::Transaction& transaction, std::string_view kind, std::string_view subject,
         std::chrono::seconds from_now = std::chrono::seconds{0});

enum class Outcome : std::uint8_t {
    Done,
    Later, // try again, with back-off: 10 s, doubling, at most 1 h
    Never, // a person must look: stands in table human_task
};

struct JobPolicy {
    unsigned attempts_max = 12;      // then Never
    std::chrono::seconds lease{300}; // a worker that died gives its job back after that
};

/// Runs in a transaction of its own, which is committed with the job's end when it says Done.
using Handler = std::function<Outcome(db::Transaction&, std::string_view subject)>;

class Workers {
public:
    Workers(db::Pool& pool, unsigned threads, metrics::Metrics& metrics);
    ~Workers(); // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Before start().
    void handle(std::string_view kind, Handler handler, JobPolicy policy = {});
    /// Asked for again by itself after each run ("ledger.head" every 60 s).
    void repeat(std::string_view kind, std::chrono::seconds every, Handler handler);
    void start();
    /// Lets running jobs end.
    void stop();

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

} // namespace platform::jobs

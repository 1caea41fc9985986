// One job, from its claim to its end.
#pragma once

#include "platform/jobs/jobs.hpp"

#include <map>

namespace platform::jobs {

struct Registered {
    Handler handler;
    JobPolicy policy;
    std::chrono::seconds every{0}; // of a repeating kind
};
using Handlers = std::map<std::string, Registered, std::less<>>;

/// The kinds as PostgreSQL writes an array.
[[nodiscard]] std::string array_of_kinds(const Handlers& handlers);

/// Claims a job and runs it; false when none is due. Throws what the database throws.
bool run_one(db::Connection& connection, const Handlers& handlers, std::string_view kinds,
             metrics::Metrics& metrics);

/// When a job that failed `attempts` times is tried again: 10 s, doubling, at most an hour.
[[nodiscard]] std::chrono::seconds back_off(std::int64_t attempts);

} // namespace platform::jobs

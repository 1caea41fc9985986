// The groups of all declarations, kept up to date: one thread has them in memory, links them again
// when some changed, and writes the difference to the tables of groups. Nothing of it has to be
// saved: after a kill it is made again from the declarations.
#pragma once

#include "engine/extract/extract.hpp"
#include "linking/declarations.hpp"
#include "platform/db/database.hpp"
#include "platform/metrics/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace linking {

struct LinkerPolicy {
    engine::extract::ExtractPolicy extract;
    unsigned threads = 0; // 0: as many as the machine has
    /// From the first change to the link: a burst costs one.
    std::chrono::milliseconds gather{300};
    /// Between two links as long as the last took, within these: the doors want the machine too. A
    /// declaration waits for at most two links, one rest and one writing.
    std::chrono::milliseconds rest_min{100};
    std::chrono::milliseconds rest_max{600};
    /// Without a wake(), changes are asked for so often; so long is waited after a failure.
    std::chrono::milliseconds poll{1000};
};

/// Ends the transaction that wrote the groups: told which declarations came into a group of two or
/// more for the first time, it adds what has to be durable with that (acts of a ledger), and
/// commits. May be empty: then linking commits by itself.
using GroupedCommit = std::function<void(platform::db::Transaction& transaction,
                                         const std::vector<std::string>& first_grouped)>;

/// One for the tables; a second one at work on them does no harm but that it is work done twice.
class Linker {
public:
    /// `pool` speaks as a role that may write the groups (maillon_engine). All outlive the linker.
    Linker(platform::db::Pool& pool, Declarations& declarations,
           platform::metrics::Metrics& metrics, LinkerPolicy policy, GroupedCommit commit = {});
    ~Linker(); // stop()
    Linker(const Linker&) = delete;
    Linker& operator=(const Linker&) = delete;

    /// Fills the memory, then follows the changes. Failures of the database are logged, counted and
    /// waited out.
    void start();
    /// Ends the thread: at once, or after the link that it is at. What is not written will be made
    /// again.
    void stop();
    /// Something changed. Cheap; from any thread.
    void wake();
    /// Waits until the groups in the database take in that change; false when they did not in time.
    [[nodiscard]] bool wait_until_linked(std::int64_t number, std::chrono::milliseconds at_most);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace linking

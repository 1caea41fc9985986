// One turn of the thread: wait until something changed and it is time, take in all changes, link,
// write. Changes that come meanwhile wait for the next turn, so that a burst costs one link, and
// constant traffic as many as the rests between them allow.
#include "linking/linker.hpp"

#include "engine/memory/memory.hpp"
#include "linking/state/feeding.hpp"
#include "linking/store/groups.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace linking {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// Linking takes all cores for a second; whoever waits for a page goes first. The threads that
/// linking starts inherit it. Refused or not, the groups are the same.
void yield_to_pages() {
    constexpr int kNice = 10;
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
}

} // namespace

struct Linker::State {
    platform::metrics::Metrics& metrics;
    LinkerPolicy policy;
    state::Feeding feeding;
    store::Groups groups;
    std::jthread thread;

    std::mutex mutex;
    std::condition_variable changed; // of what follows, all under the mutex
    bool stopping = false;
    bool woken = false;
    std::int64_t linked = -1; // number of the last change that the tables take in

    // Of the thread alone.
    bool dirty = true;              // the memory is not what the tables say, as far as is known
    Clock::time_point not_before{}; // of the next link
    store::Groups::Later later = store::Groups::Later::Respect;

    void run();
    bool go_on();
    bool wait();
    void turn();
    void link();
};

/// False when it is to end.
bool Linker::State::go_on() {
    const std::lock_guard held{mutex};
    return !stopping;
}

/// Until there may be something to do; false when it is to end.
bool Linker::State::wait() {
    std::unique_lock held{mutex};
    if (dirty) { // more changes do not make it earlier
        changed.wait_until(held, not_before, [this] { return stopping; });
    } else {
        changed.wait_for(held, policy.poll, [this] { return stopping || woken; });
    }
    woken = false;
    return !stopping;
}

void Linker::State::turn() {
    const bool was_dirty = dirty;
    const bool pulled = feeding.pull([this] { return go_on(); });
    if (pulled) {
        dirty = true;
        later = store::Groups::Later::Respect;
    }
    if (!dirty || !go_on()) return;
    if (!was_dirty) { // others may follow at once
        not_before = std::max(not_before, Clock::now() + policy.gather);
        return;
    }
    link();
}

void Linker::State::link() {
    const Clock::time_point began = Clock::now();
    const engine::memory::Snapshot found = feeding.memory().link();
    const Clock::time_point found_at = Clock::now();
    const auto took = duration_cast<milliseconds>(found_at - began);
    const store::Written written{
        .change_number = feeding.number(), .declarations = feeding.memory().size(), .took = took};
    std::size_t rows = 0;
    const auto count = [&](const state::Standing&, const store::Mark&,
                           const state::Difference& difference) { rows = difference.rows(); };
    if (!groups.write(found, written, later, count)) {
        later = store::Groups::Later::Overwrite; // unless the next turn finds the later changes
        return;
    }
    const Clock::time_point ended = Clock::now();
    dirty = false;
    not_before = ended + std::clamp(took, policy.rest_min, policy.rest_max);
    {
        const std::lock_guard held{mutex};
        linked = written.change_number;
    }
    changed.notify_all();
    metrics.observe("maillon_linking_seconds", "part", "link", found_at - began);
    metrics.observe("maillon_linking_seconds", "part", "write", ended - found_at);
    metrics.set("maillon_linking_declarations", static_cast<double>(written.declarations));
    platform::log::event(platform::log::Level::Debug, "linking.linked",
                         {{"declarations", static_cast<std::int64_t>(written.declarations)},
                          {"change", written.change_number},
                          {"rows", static_cast<std::int64_t>(rows)},
                          {"link_ms", took.count()},
                          {"write_ms", duration_cast<milliseconds>(ended - found_at).count()}});
}

void Linker::State::run() {
    yield_to_pages();
    platform::log::info("linking.started");
    bool filled = false;
    while (wait()) {
        try {
            turn();
            if (!dirty && !std::exchange(filled, true)) {
                platform::log::info(
                    "linking.filled",
                    {{"declarations", static_cast<std::int64_t>(feeding.memory().size())}});
            }
        } catch (const std::exception&) { // its text may name what a log must not
            platform::log::warning("linking.failed", {{"change", feeding.number()}});
            metrics.count("maillon_linking_failures_total", "", "");
            dirty = true;
            not_before = Clock::now() + policy.poll;
        }
    }
}

Linker::Linker(platform::db::Pool& pool, Declarations& declarations,
               platform::metrics::Metrics& metrics, LinkerPolicy policy, GroupedCommit commit)
    : state_{new State{.metrics = metrics,
                       .policy = policy,
                       .feeding = {declarations, policy},
                       .groups = {pool, std::move(commit)},
                       .thread = {},
                       .mutex = {},
                       .changed = {}}} {}

Linker::~Linker() {
    stop();
}

void Linker::start() {
    state_->thread = std::jthread{[this] { state_->run(); }};
}

void Linker::stop() {
    {
        const std::lock_guard held{state_->mutex};
        state_->stopping = true;
    }
    state_->changed.notify_all();
    if (state_->thread.joinable()) state_->thread.join();
}

void Linker::wake() {
    {
        const std::lock_guard held{state_->mutex};
        state_->woken = true;
    }
    state_->changed.notify_all();
}

bool Linker::wait_until_linked(std::int64_t number, milliseconds at_most) {
    std::unique_lock held{state_->mutex};
    return state_->changed.wait_for(held, at_most, [&] { return state_->linked >= number; });
}

} // namespace linking

// The keeper: a small process between ours and PostgreSQL, which stops it when nobody uses it.
//
// Whoever uses the database holds users.lock, shared. A watcher, child of the keeper, waits to hold
// it alone: the kernel grants that when the last user has ended, by whatever death. The keeper then
// stops PostgreSQL, and holds the lock until it has stopped, so that the next user begins after.
// PostgreSQL itself is told by the kernel (PR_SET_PDEATHSIG) when the keeper is killed; the keeper
// has one thread, to which that signal is tied. keeper.lock is held as long as a keeper lives.
#pragma once

#include "platform/db/own/lock.hpp"
#include "platform/db/own/place.hpp"

namespace platform::db::own {

struct Keeper {
    pid_t process = -1;
    Descriptor said; // what PostgreSQL writes before it has its log; does not block
};

/// `keeper_lock` is held, and is the keeper's afterwards. The caller holds users.lock, shared.
[[nodiscard]] Keeper start_keeper(const Place& place, const std::filesystem::path& programs,
                                  const std::filesystem::path& sockets, Descriptor keeper_lock);

} // namespace platform::db::own

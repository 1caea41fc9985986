// What linking found, brought into the tables of groups: one transaction each time, with a copy of
// what the tables say, so that only differences are written.
#pragma once

#include "engine/memory/memory.hpp"
#include "linking/linker.hpp"
#include "linking/state/difference.hpp"
#include "linking/state/standing.hpp"
#include "linking/store/tables.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace linking::store {

class Groups {
public:
    Groups(platform::db::Pool& pool, GroupedCommit commit)
        : pool_{pool}, commit_{std::move(commit)} {}

    /// Told what is about to be written, and over what.
    using Before = std::function<void(const state::Standing& standing, const Mark& mark,
                                      const state::Difference& difference)>;
    /// What to do when the tables take in a later change than `written` does: somebody else knows
    /// more, or the declarations are those of a backup and the tables are not.
    enum class Later : std::uint8_t { Respect, Overwrite };
    /// False when later changes were respected: nothing was written. When it throws, nothing was
    /// written, or all.
    bool write(const engine::memory::Snapshot& found, const Written& written, Later later,
               const Before& before = {});

private:
    platform::db::Pool& pool_;
    GroupedCommit commit_;
    std::optional<state::Standing> standing_; // nothing when what the tables say is not known
};

} // namespace linking::store

// Forward-only migrations: numbered .sql files of db/migrations, each applied once, in order, under
// a lock, each in a transaction of its own; what was applied stands in table `migration` with its
// SHA-256, and a file that changed after it was applied is refused.
#pragma once

#include "base/result.hpp"
#include "platform/db/database.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

struct Migration {
    int number = 0;        // 1, 2, 3…: no gap
    std::string_view name; // "0001-roles"
    std::string_view sql;
};

struct MigrationRefusal {
    std::string what; // one sentence: which file, what is wrong, what to do
};

/// Names of those that `migrate` would apply, in order.
[[nodiscard]] Result<std::vector<std::string>, MigrationRefusal>
pending_migrations(Connection& connection, std::span<const Migration> all);

/// Applies them; gives the names of those it applied. Waits for another process that is at it.
[[nodiscard]] Result<std::vector<std::string>, MigrationRefusal>
migrate(Connection& connection, std::span<const Migration> all);

} // namespace platform::db

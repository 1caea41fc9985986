#include "platform/db/migrations.hpp"

#include "platform/db/queries.hpp"

#include <fmt/format.h>

namespace platform::db {
namespace {

using Refusal = MigrationRefusal;

struct Applied {
    std::int64_t number = 0;
    std::string name;
    std::string sha256;
};

std::optional<Refusal> fault_of_numbers(std::span<const Migration> all) {
    int expected = 1;
    for (const Migration& migration : all) {
        if (migration.number != expected) {
            return Refusal{fmt::format("migration {} should have number {:04}: numbers follow each "
                                       "other without gap or double",
                                       migration.name, expected)};
        }
        ++expected;
    }
    return std::nullopt;
}

std::vector<Applied> applied_so_far(Connection& connection) {
    if (!connection.run(sql::kMigrationTableStands)[0].boolean(0)) return {};
    const Rows rows = connection.run(sql::kAppliedMigrations);
    std::vector<Applied> applied;
    for (int row = 0; row < rows.size(); ++row) {
        applied.push_back(
            {rows[row].integer(0), std::string{rows[row].text(1)}, rows[row].bytes(2)});
    }
    return applied;
}

std::string sha256_of(Connection& connection, std::string_view sql) {
    return connection.run(sql::kSha256OfText, {Value{sql}})[0].bytes(0);
}

/// How many of `all` stand applied, when what stands is a beginning of them, unchanged.
Result<std::size_t, Refusal> standing(Connection& connection, std::span<const Migration> all) {
    const std::vector<Applied> applied = applied_so_far(connection);
    for (std::size_t at = 0; at < applied.size(); ++at) {
        const Applied& was = applied[at];
        if (was.number != static_cast<std::int64_t>(at) + 1) {
            return refuse(Refusal{fmt::format("table migration has no number {:04} before {}: it "
                                              "was changed by hand; restore a backup",
                                              at + 1, was.name)});
        }
        if (at >= all.size()) {
            return refuse(Refusal{fmt::format("the database has migration {}, which this program "
                                              "does not know: run the newer program",
                                              was.name)});
        }
        if (was.name != all[at].name || was.sha256 != sha256_of(connection, all[at].sql)) {
            return refuse(Refusal{fmt::format("migration {} was changed after it was applied as "
                                              "{}: put the file back and write a new one",
                                              all[at].name, was.name)});
        }
    }
    return applied.size();
}

/// Applies the first that is missing, if any, in a transaction of its own.
Result<std::optional<std::string>, Refusal> apply_next(Connection& connection,
                                                       std::span<const Migration> all) {
    Transaction transaction{connection};
    transaction.run(sql::kLockMigrations);
    transaction.run(sql::kMigrationLimits);
    const Result<std::size_t, Refusal> stands = standing(connection, all);
    if (!stands) return refuse(stands.error());
    if (*stands == all.size()) return std::nullopt;
    const Migration& next = all[*stands];
    if (const std::optional<Refused> refused = connection.try_script(next.sql)) {
        return refuse(
            Refusal{fmt::format("migration {} was not applied: {}", next.name, refused->what())});
    }
    // Afterwards: the first migration says what is wrong when no table can be made.
    transaction.run(sql::kCreateMigrationTable);
    transaction.run(sql::kRecordMigration,
                    {next.number, next.name, Value::bytes(sha256_of(connection, next.sql))});
    transaction.commit();
    return std::string{next.name};
}

} // namespace

Result<std::vector<std::string>, Refusal> pending_migrations(Connection& connection,
                                                             std::span<const Migration> all) {
    if (std::optional<Refusal> fault = fault_of_numbers(all)) return refuse(std::move(*fault));
    const Result<std::size_t, Refusal> stands = standing(connection, all);
    if (!stands) return refuse(stands.error());
    std::vector<std::string> names;
    for (const Migration& migration : all.subspan(*stands)) names.emplace_back(migration.name);
    return names;
}

Result<std::vector<std::string>, Refusal> migrate(Connection& connection,
                                                  std::span<const Migration> all) {
    if (std::optional<Refusal> fault = fault_of_numbers(all)) return refuse(std::move(*fault));
    std::vector<std::string> names;
    // The lock ends with each transaction, so what stands is looked at again each time.
    while (true) {
        Result<std::optional<std::string>, Refusal> applied = apply_next(connection, all);
        if (!applied) return refuse(std::move(applied.error()));
        if (!*applied) return names;
        names.push_back(std::move(**applied));
    }
}

} // namespace platform::db

// Backups: PostgreSQL's own dumps, in two files. Schema `keys`, whose rows make all else readable,
// is saved apart, so that its copies can be kept elsewhere and for less long.
#pragma once

#include "base/result.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

enum class DumpPart : std::uint8_t { AllButKeys, Keys };

struct BackupRefusal {
    std::string what; // one sentence: what is wrong, what to do
};

/// Writes one part to a new file, readable by us alone, which appears when it is whole. Each part
/// is of one instant; `snapshot`, of a SharedSnapshot, makes them of the same.
[[nodiscard]] std::optional<BackupRefusal> dump(const Address& address,
                                                const std::filesystem::path& file, DumpPart part,
                                                std::string_view snapshot = {});

/// Puts one part back, all or nothing, into a database that has no table of that part; in which
/// order does not matter. `roles` is the text of the first migration, which makes the roles that
/// the part names and bears being run again.
[[nodiscard]] std::optional<BackupRefusal> restore(const Address& address,
                                                   const std::filesystem::path& file, DumpPart part,
                                                   std::string_view roles);

/// What the database holds at one instant, for dump() and to compare with; keep it until they end.
class SharedSnapshot {
public:
    explicit SharedSnapshot(Connection& connection);
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    Transaction transaction_;
    std::string name_;
};

struct TableCount {
    std::string table; // "public.declaration"
    std::int64_t rows = 0;
    bool operator==(const TableCount&) const = default;
};

/// Of every table of ours, in the order of their names.
[[nodiscard]] std::vector<TableCount> row_counts(Connection& connection);

} // namespace platform::db

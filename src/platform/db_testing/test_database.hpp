// Databases for tests: one private PostgreSQL for the whole test program, in a temporary folder
// that goes with it, and a fresh database with all of db/migrations for each test that asks.
// With MAILLON_TEST_DATABASE=postgresql://… in the environment, that server is used instead; its
// role must be allowed to create databases and roles.
#pragma once

#include "platform/db/database.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db_testing {

class TestDatabase {
public:
    enum class Content { Migrated, Empty };
    explicit TestDatabase(Content content = Content::Migrated);
    /// Drops it; connections that are left are cut.
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    /// As the login role, which owns the tables, or as another: address("maillon_door").
    [[nodiscard]] db::Address address(std::string_view role = {}) const;
    [[nodiscard]] db::Connection connect(std::string_view role = {}) const;

private:
    std::string name_;
};

/// One sentence for each query that does not fit the tables of db/migrations; none is the test's
/// wish. `role` also needs the rights for it.
[[nodiscard]] std::vector<std::string> prepare_all(std::span<const db::Query> queries,
                                                   std::string_view role = {});

/// A folder that goes with it, with all it holds.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace platform::db_testing

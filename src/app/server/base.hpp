// What every command on a data folder stands on: its lock on the keys, the database at its address,
// migrations, pools by role.
#pragma once

#include "app/server/settings.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/private_postgres.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// The migrations embedded in the program, in order.
[[nodiscard]] std::vector<platform::db::Migration> migrations();

/// An open data folder.
class Base {
public:
    /// Opens it; a sentence for the administrator when it cannot be.
    static Result<std::unique_ptr<Base>, std::string>
    open(const Place& place, const platform::config::Settings& settings,
         platform::db::FolderUse use, bool with_keys = true);

    [[nodiscard]] const std::filesystem::path& data() const { return data_; }
    [[nodiscard]] const platform::crypto::KeyRing& keys() const { return *keys_; }
    /// As the owner of the tables (empty) or as one of the roles.
    [[nodiscard]] platform::db::Address address(std::string_view role = {}) const {
        return {url_, std::string{role}};
    }
    [[nodiscard]] platform::db::PrivatePostgres* postgres() {
        return postgres_ ? &*postgres_ : nullptr;
    }
    /// Applies what is missing; the names of what was applied, or a sentence.
    [[nodiscard]] Result<std::vector<std::string>, std::string> migrate() const;

private:
    Base() = default;
    std::filesystem::path data_;
    std::optional<platform::crypto::KeyRing> keys_;
    std::optional<platform::db::PrivatePostgres> postgres_;
    std::string url_;
};

/// Creates the folder when it is missing: with mode 0700, and the data folder as root so that the
/// private PostgreSQL, which then runs as another user, passes through.
[[nodiscard]] Result<void, std::string> make_private_folder(const std::filesystem::path& folder);
[[nodiscard]] Result<void, std::string> make_data_folder(const std::filesystem::path& folder);

} // namespace app

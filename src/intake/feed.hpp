// The declarations for the engine, in the order of their changes.
#pragma once

#include "engine/record/statement.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace intake {

struct DeclarationChange {
    std::int64_t number = 0; // of the last change seen
    std::string reference{};
    std::optional<engine::record::Statement> statement{}; // nothing: withdrawn or erased
};

/// Each declaration that changed after `number`, once, with its present state; at most so many.
[[nodiscard]] std::vector<DeclarationChange>
changes_after(platform::db::Pool& engine, const platform::crypto::KeyRing& keys,
              std::int64_t number, std::size_t at_most);

/// Acts "grouped" for declarations that came into a group; appended to the ledger with the commit of
/// the transaction.
void commit_grouped(platform::db::Transaction& transaction,
                    const std::vector<std::string>& references, std::int64_t now);

/// Adds text found in an evidence file (a mail, a PDF) to the declaration that owns it, for
/// extraction. Called by the job that examined the file; `owner` is "declaration/17".
void take_text(platform::db::Transaction& transaction, const platform::crypto::KeyRing& keys,
               std::string_view owner, std::int64_t file, std::string_view text, bool is_mail);

/// Jobs that tidy up: expired drafts, sessions, attempts.
void sweep(platform::db::Transaction& transaction);

} // namespace intake

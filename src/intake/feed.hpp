// The declarations for the engine, in the order of their changes.
#pragma once

#include "engine/record/statement.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/vault/vault.hpp"

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
[[nodiscard]] std::vector<DeclarationChange> changes_after(platform::db::Pool& engine,
                                                           const platform::crypto::KeyRing& keys,
                                                           std::int64_t number,
                                                           std::size_t at_most);

/// Acts "grouped" for declarations that came into a group; appended to the ledger with the commit
/// of the transaction.
void commit_grouped(platform::db::Transaction& transaction,
                    const std::vector<std::string>& references, std::int64_t now);

/// Adds the texts found in the evidence files of a declaration (mails, PDF) to it, for extraction;
/// each once. Called when a file was examined, and by the job "intake.texts" for files that were
/// examined while the declaration was a draft. `owner` is "declaration/17"; others are left alone.
void take_texts(platform::db::Transaction& transaction, const platform::crypto::KeyRing& keys,
                platform::vault::Vault& vault, std::string_view owner);
constexpr std::string_view kTextsJob = "intake.texts"; // its subject: the owner

/// Jobs that tidy up: expired drafts, sessions, attempts.
void sweep(platform::db::Transaction& transaction);

} // namespace intake

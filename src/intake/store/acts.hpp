// Acts: what was done to a declaration, committed to in the ledger.
#pragma once

#include "intake/declaration.hpp"
#include "intake/receipt.hpp"
#include "intake/store/sealed.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/ledger/ledger.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::store {

/// Writes the act; its commitment goes to the ledger with the transaction's commit.
[[nodiscard]] platform::ledger::Commitment put_act(platform::db::Transaction& transaction,
                                                   DeclarationId declaration, ActKind kind,
                                                   const StatementFacts& facts, UnixSeconds at);

struct ActRow {
    ActKind kind = ActKind::Received;
    UnixSeconds at = 0;
    std::string statement{}; // empty once erased
    std::string salt{};
    platform::crypto::Digest commitment{};
};
[[nodiscard]] std::vector<ActRow> read_acts(platform::db::Connection& connection,
                                            DeclarationId declaration);

/// The receipt of an act, with a proof in the log as it stands now.
[[nodiscard]] std::optional<Receipt> receipt_of(platform::db::Connection& connection,
                                                const ActRow& act,
                                                const platform::crypto::KeyRing& keys,
                                                UnixSeconds now);

/// SHA-256 of each, hex, of the files that an owner has.
[[nodiscard]] std::vector<std::string> file_digests(platform::db::Connection& connection,
                                                    std::string_view owner);

/// The declaration, opened, its row held until the end of the transaction.
[[nodiscard]] std::optional<DeclarationRow> locked(platform::db::Transaction& transaction,
                                                   const platform::crypto::KeyRing& keys,
                                                   DeclarationId declaration);
/// Neither withdrawn nor erased, and open still.
[[nodiscard]] bool takes_more(const DeclarationRow& row);

/// Seals the statement anew; false, and nothing done, when it would hold more than one can.
[[nodiscard]] bool rewrite_statement(platform::db::Transaction& transaction, DeclarationRow& row,
                                     const engine::record::Statement& statement);

/// Writes an act on the declaration, tells the engine, appends to the ledger, commits. `text`: the
/// declarant's own words of this act, for their digest.
void commit_act(platform::db::Transaction& transaction, const DeclarationRow& row, ActKind kind,
                UnixSeconds at, std::string_view text);

} // namespace intake::store

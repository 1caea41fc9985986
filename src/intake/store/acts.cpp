#include "intake/store/acts.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "platform/vault/vault.hpp"

#include <algorithm>

namespace intake::store {

using platform::crypto::Digest;
using platform::db::Connection;
using platform::db::Transaction;
using platform::db::Value;

namespace ledger = platform::ledger;

namespace {

constexpr std::size_t kGrownBytesMax = 4 << 20; // a record of 1 MiB, messages and texts of files

} // namespace

ledger::Commitment put_act(Transaction& transaction, DeclarationId declaration, ActKind kind,
                           const StatementFacts& facts, UnixSeconds at) {
    const std::string statement = canonical(facts);
    const ledger::Commitment commitment = ledger::commit_to(statement);
    transaction.run(sql::kInsertAct, {declaration.value(), name_of(kind), Value::time(at),
                                      Value::bytes(platform::crypto::as_text(commitment.digest)),
                                      statement, Value::bytes(commitment.salt)});
    return commitment;
}

std::vector<ActRow> read_acts(Connection& connection, DeclarationId declaration) {
    std::vector<ActRow> out;
    const platform::db::Rows rows = connection.run(sql::kReadActs, {declaration.value()});
    for (int i = 0; i < rows.size(); ++i) {
        const platform::db::Row row = rows[i];
        const auto* const kind = std::ranges::find(kActKindNames, row.text(0));
        check(kind != kActKindNames.end(), "an act of the database has a kind that we know");
        ActRow act{.kind = static_cast<ActKind>(kind - kActKindNames.begin()),
                   .at = row.time(1),
                   .statement = {},
                   .salt = {}};
        if (!row.is_null(2)) act.statement = row.text(2);
        if (!row.is_null(3)) act.salt = row.bytes(3);
        const std::string commitment = row.bytes(4);
        check(commitment.size() == act.commitment.size(), "a commitment is a SHA-256");
        std::ranges::transform(commitment, act.commitment.begin(),
                               [](char c) { return static_cast<std::uint8_t>(c); });
        out.push_back(std::move(act));
    }
    return out;
}

std::optional<Receipt> receipt_of(Connection& connection, const ActRow& act,
                                  const platform::crypto::KeyRing& keys, UnixSeconds now) {
    if (act.statement.empty()) return std::nullopt;
    const std::optional<std::uint64_t> index = ledger::index_of(connection, act.commitment);
    check(index.has_value(), "an act that was committed is in the ledger");
    const std::optional<ledger::Place> place = ledger::place_of(connection, *index);
    check(place.has_value(), "an entry of the ledger has a proof");
    return Receipt{.statement = act.statement,
                   .salt = act.salt,
                   .place = *place,
                   .head = ledger::sign_head(place->size, place->root, now, keys.signing()),
                   .key = keys.signing().public_key()};
}

std::vector<std::string> file_digests(Connection& connection, std::string_view owner) {
    std::vector<std::string> digests;
    for (const platform::vault::StoredFile& file :
         platform::vault::Vault::files_of(connection, owner)) {
        digests.push_back(platform::crypto::to_hex(file.sha256));
    }
    return digests;
}

std::optional<DeclarationRow>
locked(Transaction& transaction, const platform::crypto::KeyRing& keys, DeclarationId declaration) {
    transaction.run(sql::kLockDeclaration, {declaration.value()});
    return read_declaration(transaction.connection(), keys, declaration);
}

bool takes_more(const DeclarationRow& row) {
    return row.key.has_value() && is_open(row.kind, row.status);
}

bool rewrite_statement(Transaction& transaction, DeclarationRow& row,
                       const engine::record::Statement& statement) {
    std::string line = line_of(statement);
    if (line.size() > kGrownBytesMax || !reads_back(line)) return false;
    row.statement = std::move(line);
    transaction.run(sql::kSetStatement,
                    {row.id.value(),
                     Value::bytes(platform::crypto::seal(*row.key, row.statement,
                                                         context_of("statement", row.key_id)))});
    return true;
}

void commit_act(Transaction& transaction, const DeclarationRow& row, ActKind kind, UnixSeconds at,
                std::string_view text) {
    const auto digest = [](std::string_view of) {
        return platform::crypto::to_hex(platform::crypto::sha256(of));
    };
    const ledger::Commitment commitment =
        put_act(transaction, row.id, kind,
                {.act = std::string{name_of(kind)},
                 .at = to_rfc3339(at),
                 .reference = row.reference,
                 .text = text.empty() ? std::string{} : digest(text),
                 .record = row.statement.empty() ? std::string{} : digest(row.statement),
                 .files = file_digests(transaction.connection(),
                                       "declaration/" + std::to_string(row.id.value()))},
                at);
    transaction.run(sql::kNoteChange, {row.id.value()});
    static_cast<void>(ledger::append_and_commit(transaction, std::span{&commitment, 1}));
}

} // namespace intake::store

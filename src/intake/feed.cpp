#include "intake/feed.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/acts.hpp"
#include "intake/store/sealed.hpp"
#include "platform/vault/vault.hpp"

#include <algorithm>
#include <charconv>

namespace intake {
namespace {

using platform::crypto::KeyRing;
using platform::db::Lease;
using platform::db::Row;
using platform::db::Rows;
using platform::db::Transaction;

engine::record::Statement opened(const KeyRing& keys, const Row& row) {
    const std::int64_t key_id = row.integer(4);
    const auto key = platform::vault::DataKeys{keys}.unwrap(key_id, row.bytes(6));
    check(key.has_value(), "the key ring opens the data keys that it wrapped");
    const auto line =
        platform::crypto::open(*key, row.bytes(5), store::context_of("statement", key_id));
    check(line.has_value(), "a statement opens with its key");
    engine::record::Statement statement = store::parse_statement(*line);
    statement.id = row.text(2);
    return statement;
}

} // namespace

std::vector<DeclarationChange> changes_after(platform::db::Pool& engine, const KeyRing& keys,
                                             std::int64_t number, std::size_t at_most) {
    const Lease lease = engine.take();
    Transaction transaction{*lease};
    transaction.run(sql::kBeginFeed);
    const Rows rows = transaction.run(sql::kReadFeed, {number, at_most});
    transaction.commit();
    std::vector<DeclarationChange> out;
    for (int i = 0; i < rows.size(); ++i) {
        const Row row = rows[i];
        DeclarationChange change{
            .number = row.integer(0), .reference = std::string{row.text(2)}, .statement = {}};
        const bool gone = row.text(3) == name_of(Status::Withdrawn) ||
                          row.text(3) == name_of(Status::Erased) || row.is_null(5) ||
                          row.is_null(6);
        if (!gone) change.statement = opened(keys, row);
        out.push_back(std::move(change));
    }
    return out;
}

void commit_grouped(Transaction& transaction, const std::vector<std::string>& references,
                    std::int64_t now) {
    std::string joined;
    for (const std::string& reference : references) {
        if (!joined.empty()) joined += ',';
        joined += reference;
    }
    const Rows rows = transaction.run(sql::kDeclarationsNamed, {joined});
    std::vector<platform::ledger::Commitment> commitments;
    for (int i = 0; i < rows.size(); ++i) {
        commitments.push_back(store::put_act(transaction, DeclarationId{rows[i].integer(0)},
                                             ActKind::Grouped,
                                             {.act = std::string{name_of(ActKind::Grouped)},
                                              .at = to_rfc3339(now),
                                              .reference = std::string{rows[i].text(1)},
                                              .text = {},
                                              .record = {},
                                              .files = {}},
                                             now));
    }
    if (commitments.empty()) {
        transaction.commit();
        return;
    }
    static_cast<void>(platform::ledger::append_and_commit(transaction, commitments));
}

void take_texts(Transaction& transaction, const KeyRing& keys, platform::vault::Vault& vault,
                std::string_view owner) {
    constexpr std::string_view kOwner = "declaration/";
    if (!owner.starts_with(kOwner)) return;
    const std::string_view number = owner.substr(kOwner.size());
    std::int64_t id = 0;
    std::from_chars(number.data(), number.data() + number.size(), id);
    std::optional<store::DeclarationRow> row = store::locked(transaction, keys, DeclarationId{id});
    if (!row || !store::takes_more(*row)) return;
    engine::record::Statement statement = store::parse_statement(row->statement);
    bool changed = false;
    for (const platform::vault::StoredFile& file :
         platform::vault::Vault::files_of(transaction.connection(), owner)) {
        const std::string path = "file/" + std::to_string(file.id);
        const bool taken =
            std::ranges::any_of(statement.attachments, [&](const engine::record::Attachment& one) {
                return one.path == path;
            });
        if (taken) continue;
        const std::optional<std::string> text = vault.text(transaction.connection(), file.id);
        if (!text || text->empty()) continue;
        const bool is_mail = file.type == platform::vault::FileType::Mail;
        statement.attachments.push_back({.path = path, .name = path});
        statement.messages.push_back(
            {.from = is_mail ? engine::record::Speaker::Suspect : engine::record::Speaker::Other,
             .at = {},
             .text = *text});
        changed = true;
    }
    if (!changed || !store::rewrite_statement(transaction, *row, statement)) return;
    transaction.run(sql::kNoteChange, {id});
}

void sweep(Transaction& transaction) {
    const Rows drafts = transaction.run(sql::kExpiredDrafts);
    for (int i = 0; i < drafts.size(); ++i) {
        platform::vault::DataKeys::erase(transaction, drafts[i].integer(1));
        platform::vault::Vault::erase_all_of(transaction,
                                             "draft/" + std::to_string(drafts[i].integer(0)));
    }
    transaction.run(sql::kExpiredSessions);
}

} // namespace intake

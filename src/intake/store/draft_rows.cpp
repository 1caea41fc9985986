#include "intake/store/draft_rows.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/sealed.hpp"
#include "platform/vault/vault.hpp"

namespace intake::store {

using platform::crypto::KeyRing;
using platform::db::Rows;
using platform::db::Transaction;
using platform::db::Value;

namespace {

platform::crypto::SecretKey unwrapped(const KeyRing& keys, const platform::db::Row& row) {
    auto key = platform::vault::DataKeys{keys}.unwrap(row.integer(1), row.bytes(3));
    check(key.has_value(), "the key ring opens the data keys that it wrapped");
    return std::move(*key);
}

} // namespace

std::string digest_for(const KeyRing& keys, std::string_view use, std::string_view secret) {
    const platform::crypto::Digest digest = platform::crypto::keyed_digest(
        keys.pepper(), std::string{use} + "\n" + std::string{secret});
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string subject_digest(const KeyRing& keys, const platform::crypto::Digest& subject) {
    return digest_for(keys, "subject", platform::crypto::as_text(subject));
}

std::string draft_owner(std::int64_t id) {
    return "draft/" + std::to_string(id);
}

DraftRow opened_draft(const KeyRing& keys, const platform::db::Row& row) {
    const auto json = platform::crypto::open(unwrapped(keys, row), row.bytes(2),
                                             context_of("draft", row.integer(1)));
    check(json.has_value(), "a draft opens with its key");
    return {.id = row.integer(0), .json = *json};
}

std::optional<DraftRow> find_draft(platform::db::Connection& connection, const KeyRing& keys,
                                   std::string_view digest, UnixSeconds now) {
    const Rows rows = connection.run(sql::kFindDraft, {Value::bytes(digest), Value::time(now)});
    if (rows.empty()) return std::nullopt;
    return opened_draft(keys, rows[0]);
}

std::int64_t save_draft(Transaction& transaction, const KeyRing& keys, std::string_view digest,
                        std::string_view json, UnixSeconds now) {
    const platform::vault::DataKeys data_keys{keys};
    const Value expiry = Value::time(now + kDraftSeconds);
    const auto sealed = [&](const platform::crypto::SecretKey& key, std::int64_t key_id) {
        return Value::bytes(platform::crypto::seal(key, json, context_of("draft", key_id)));
    };
    const auto there = [&] {
        return transaction.run(sql::kFindDraft,
                               {Value::bytes(digest), Value::time(now - kDraftSeconds)});
    };
    Rows found = there();
    if (found.empty()) {
        const platform::vault::DataKeys::Made made = data_keys.make(transaction);
        const Rows inserted = transaction.run(
            sql::kInsertDraft, {Value::bytes(digest), made.id, sealed(made.key, made.id), expiry});
        if (!inserted.empty()) return inserted[0].integer(0);
        platform::vault::DataKeys::erase(transaction, made.id); // two clicks at once
        found = there();
        check(!found.empty(), "a draft in the way of another is there");
    }
    const std::int64_t id = found[0].integer(0);
    transaction.run(sql::kUpdateDraft,
                    {id, sealed(unwrapped(keys, found[0]), found[0].integer(1)), expiry});
    return id;
}

void drop_draft(Transaction& transaction, std::string_view digest) {
    const Rows gone = transaction.run(sql::kDeleteDraft, {Value::bytes(digest)});
    for (int i = 0; i < gone.size(); ++i) {
        platform::vault::DataKeys::erase(transaction, gone[i].integer(0));
        platform::vault::Vault::erase_all_of(transaction, draft_owner(gone[i].integer(1)));
    }
}

} // namespace intake::store

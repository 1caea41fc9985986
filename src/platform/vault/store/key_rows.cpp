#include "platform/vault/store/key_rows.hpp"

#include "platform/vault/queries.hpp"
#include "platform/vault/vault.hpp"

namespace platform::vault {

namespace {

/// A wrapped key fits its own row alone: swapped rows open nothing.
std::string context_of(std::int64_t id) {
    return "data_key/" + std::to_string(id);
}

} // namespace

std::int64_t next_key_id(db::Transaction& transaction) {
    return transaction.run(sql::kNextKeyId)[0].integer(0);
}

void insert_key(db::Transaction& transaction, const crypto::KeyRing& ring, std::int64_t id,
                const crypto::SecretKey& key) {
    transaction.run(sql::kInsertKey, {id, db::Value::bytes(ring.wrap(key, context_of(id)))});
}

DataKeys::Made DataKeys::make(db::Transaction& transaction) const {
    Made made{.id = next_key_id(transaction), .key = crypto::SecretKey::random()};
    insert_key(transaction, ring_, made.id, made.key);
    return made;
}

std::optional<crypto::SecretKey> DataKeys::find(db::Connection& connection, std::int64_t id) const {
    const db::Rows rows = connection.run(sql::kFindKey, {id});
    if (rows.empty()) return std::nullopt;
    return unwrap(id, rows[0].bytes(0));
}

std::optional<crypto::SecretKey> DataKeys::unwrap(std::int64_t id, std::string_view wrapped) const {
    return ring_.unwrap(wrapped, context_of(id));
}

void DataKeys::erase(db::Transaction& transaction, std::int64_t id) {
    transaction.run(sql::kEraseKey, {id});
}

} // namespace platform::vault

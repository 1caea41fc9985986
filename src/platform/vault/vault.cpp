#include "platform/vault/vault.hpp"

#include "platform/log/log.hpp"
#include "platform/vault/content/type.hpp"
#include "platform/vault/queries.hpp"
#include "platform/vault/store/key_rows.hpp"
#include "platform/vault/store/reading.hpp"
#include "platform/vault/store/sink.hpp"
#include "platform/vault/store/state.hpp"

#include <algorithm>

namespace platform::vault {

namespace {

constexpr std::size_t kFileNameBytesMax = 1000; // no file system takes more than 255 characters
constexpr std::string_view kNameContext = ".name";

void ask_to_remove(db::Transaction& transaction, const db::Rows& erased) {
    for (int i = 0; i < erased.size(); ++i) {
        jobs::ask(transaction, "vault.remove", erased[i].text(0));
    }
}

} // namespace

Vault::Vault(const std::filesystem::path& folder, const crypto::KeyRing& keys,
             const std::string& clamd, Decode decode)
    : state_{std::make_unique<State>(folder, keys, clamd, std::move(decode))} {}

Vault::~Vault() = default;

http::OpenUpload Vault::uploads() {
    return [state = state_.get()] { return std::make_unique<Sink>(state->store, state->staging); };
}

std::optional<StoredFile> Vault::adopt(db::Transaction& transaction, std::string_view stored,
                                       std::string_view owner, std::string_view file_name) {
    const std::string name{stored};
    const std::optional<Staged> staged =
        state_->staging.adopt(name, std::chrono::steady_clock::now());
    if (!staged) return std::nullopt;
    // From here on the age of the file counts anew for the sweep: longer than any transaction.
    state_->store.touch(stored);
    StoredFile file{.bytes = staged->bytes,
                    .sha256 = staged->sha256,
                    .type = staged->type,
                    .owner = std::string{owner},
                    .scan = state_->clamd.empty() ? "off" : "waiting"};
    const std::int64_t key_id = next_key_id(transaction);
    const std::string sealed = crypto::seal(staged->key, file_name.substr(0, kFileNameBytesMax),
                                            context_beside(stored, kNameContext));
    const std::string_view digest{reinterpret_cast<const char*>(file.sha256.data()),
                                  file.sha256.size()};
    const db::Rows rows = transaction.run(
        sql::kInsertFile, {owner, stored, file.bytes, db::Value::bytes(digest),
                           vault::name_of(file.type), db::Value::bytes(sealed), key_id, file.scan});
    if (rows.empty()) return std::nullopt;
    file.id = rows[0].integer(0);
    insert_key(transaction, state_->keys, key_id, staged->key);
    jobs::ask(transaction, "vault.examine", std::to_string(file.id));
    if (!state_->clamd.empty()) jobs::ask(transaction, "vault.scan", std::to_string(file.id));
    return file;
}

std::vector<StoredFile> Vault::files_of(db::Connection& connection, std::string_view owner) {
    const db::Rows rows = connection.run(sql::kFilesOf, {owner});
    std::vector<StoredFile> files;
    for (int i = 0; i < rows.size(); ++i) {
        const db::Row row = rows[i];
        StoredFile& file = files.emplace_back();
        file.id = row.integer(0);
        file.bytes = static_cast<std::uint64_t>(row.integer(1));
        std::ranges::copy(row.bytes(2), file.sha256.begin());
        file.type = type_named(row.text(3));
        file.owner = owner;
        file.has_thumbnail = row.boolean(4);
        file.examined = row.boolean(5);
        file.scan = row.text(6);
    }
    return files;
}

std::optional<FileRow> Vault::State::find(db::Connection& connection, std::int64_t id) const {
    const db::Rows rows = connection.run(sql::kFindFile, {id});
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows[0];
    std::optional<crypto::SecretKey> key = data_keys.unwrap(row.integer(6), row.bytes(7));
    if (!key) {
        log::error("vault.key_not_ours", {{"file", id}});
        return std::nullopt;
    }
    return FileRow{.stored = std::string{row.text(0)},
                   .bytes = static_cast<std::uint64_t>(row.integer(1)),
                   .type = type_named(row.text(2)),
                   .name_sealed = row.bytes(3),
                   .scan = std::string{row.text(4)},
                   .examined = row.boolean(5),
                   .key = std::move(*key)};
}

std::optional<std::string> Vault::State::beside(db::Connection& connection, std::int64_t id,
                                                std::string_view ending) const {
    const std::optional<FileRow> file = find(connection, id);
    if (!file) return std::nullopt;
    const std::optional<std::string> sealed = store.read(file->stored, ending);
    if (!sealed) return std::nullopt;
    return crypto::open(file->key, *sealed, context_beside(file->stored, ending));
}

std::optional<std::string> Vault::name_of(db::Connection& connection, std::int64_t id) {
    const std::optional<FileRow> file = state_->find(connection, id);
    if (!file) return std::nullopt;
    return crypto::open(file->key, file->name_sealed, context_beside(file->stored, kNameContext));
}

void Vault::change_owner(db::Transaction& transaction, std::string_view from, std::string_view to) {
    transaction.run(sql::kChangeOwner, {from, to});
}

std::optional<std::function<std::string()>> Vault::read(db::Connection& connection, std::int64_t id,
                                                        Reader reader) {
    const std::optional<FileRow> file = state_->find(connection, id);
    if (!file || (reader == Reader::Officer && file->scan == "infected")) return std::nullopt;
    return Reading{state_->store, file->stored, file->key};
}

std::optional<std::string> Vault::thumbnail(db::Connection& connection, std::int64_t id) {
    return state_->beside(connection, id, kThumbnailEnding);
}

std::optional<std::string> Vault::text(db::Connection& connection, std::int64_t id) {
    return state_->beside(connection, id, kTextEnding);
}

void Vault::erase(db::Transaction& transaction, std::int64_t id) {
    ask_to_remove(transaction, transaction.run(sql::kEraseFile, {id}));
}

void Vault::erase_all_of(db::Transaction& transaction, std::string_view owner) {
    ask_to_remove(transaction, transaction.run(sql::kEraseFilesOf, {owner}));
}

} // namespace platform::vault

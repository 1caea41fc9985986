// Evidence files: streamed to disk, encrypted as they arrive, one key for each, the key wrapped by
// the master key and kept in schema `keys`. Erasing the key erases the content wherever a copy
// lies.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/http/route.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sandbox/sandbox.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace platform::vault {

/// What a file is, by its content.
enum class FileType : std::uint8_t { Jpeg, Png, Webp, Gif, Heic, Pdf, Mail, Text, Office, Other };
constexpr std::string_view kFileTypeNames[] = {"jpeg", "png",  "webp", "gif",    "heic",
                                               "pdf",  "mail", "text", "office", "other"};
[[nodiscard]] std::string_view media_type_of(FileType type); // "image/jpeg"…

/// No room for an upload, on the disk or among those that wait to be adopted: nothing of it is
/// left. The edge answers 503, the person tries again later.
class NoRoom : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file on disk is not what was written: it was changed, cut or lost. What was given of it before
/// is genuine; the edge cuts the answer short.
class Damaged : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Whoever sent a file may have it back whatever the antivirus says, and is never told of it.
enum class Reader : std::uint8_t { Officer, Declarant };

struct StoredFile {
    std::int64_t id = 0;
    std::uint64_t bytes = 0;
    crypto::Digest sha256{};
    FileType type = FileType::Other;
    std::string owner; // the caller's word for what it belongs to: "declaration/17"
    bool has_thumbnail = false;
    bool examined = false; // thumbnail and text were made, or cannot be
    std::string scan;      // "clean", "infected", "waiting", "off"
};

class Vault {
public:
    using Decode = std::function<std::optional<std::string>(sandbox::Task, std::string_view)>;
    /// `folder` holds the encrypted files; `clamd` is a socket's path, host:port, or empty.
    Vault(const std::filesystem::path& folder, const crypto::KeyRing& keys,
          const std::string& clamd, Decode decode = sandbox::run);
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    /// For Route::open_upload. Its sinks throw NoRoom. What is not adopted within an hour is
    /// removed.
    [[nodiscard]] http::OpenUpload uploads();

    /// Makes a finished upload part of the transaction: rows in evidence_file and keys.data_key,
    /// and the jobs that examine it. Nothing when the upload is unknown or already adopted; one
    /// whose transaction was rolled back can be adopted again. The name that the person gave is
    /// sealed with the file's key, at most 1000 bytes of it. `owner` is a word, a slash and an id.
    std::optional<StoredFile> adopt(db::Transaction& transaction, std::string_view stored,
                                    std::string_view owner, std::string_view file_name);
    [[nodiscard]] static std::vector<StoredFile> files_of(db::Connection& connection,
                                                          std::string_view owner);
    [[nodiscard]] std::optional<std::string> name_of(db::Connection& connection, std::int64_t id);
    /// Moves all files of an owner to another (a draft becomes a declaration).
    static void change_owner(db::Transaction& transaction, std::string_view from,
                             std::string_view to);
    /// The content in pieces, for Response::stream; nothing when its key was erased, or when an
    /// officer asks and the antivirus objects (StoredFile::scan says it). The pieces throw Damaged.
    /// A copy of the function begins at the beginning.
    [[nodiscard]] std::optional<std::function<std::string()>>
    read(db::Connection& connection, std::int64_t id, Reader reader = Reader::Officer);
    /// A JPEG without metadata, at most 320 pixels a side.
    [[nodiscard]] std::optional<std::string> thumbnail(db::Connection& connection, std::int64_t id);
    /// Text found inside (PDF, mail), for extraction; at most 1 MiB.
    [[nodiscard]] std::optional<std::string> text(db::Connection& connection, std::int64_t id);
    /// Removes the key and the row, at commit; the file itself is removed by a job "vault.remove".
    static void erase(db::Transaction& transaction, std::int64_t id);
    static void erase_all_of(db::Transaction& transaction, std::string_view owner);

    using Examined = std::function<void(db::Transaction&, std::string_view owner)>;
    /// The jobs "vault.examine" (thumbnail, text; tells `examined` the owner afterwards),
    /// "vault.scan" (antivirus: no other waits for it), "vault.remove" (the file of an erased row)
    /// and "vault.sweep" (files that no row names).
    void register_jobs(jobs::Workers& workers, Examined examined);

    // Their bodies. The subject of the first two is a file's id, of `remove` its stored name.
    jobs::Outcome examine(db::Transaction& transaction, std::string_view subject,
                          const Examined& examined);
    jobs::Outcome scan(db::Transaction& transaction, std::string_view subject);
    jobs::Outcome remove(db::Transaction& transaction, std::string_view subject);
    jobs::Outcome sweep(db::Transaction& transaction);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Sealing of values by a data key of their own, kept in schema `keys`: erase(id) makes them
/// unreadable everywhere.
class DataKeys {
public:
    explicit DataKeys(const crypto::KeyRing& ring) : ring_{ring} {}
    struct Made {
        std::int64_t id;
        crypto::SecretKey key;
    };
    [[nodiscard]] Made make(db::Transaction& transaction) const;
    [[nodiscard]] std::optional<crypto::SecretKey> find(db::Connection& connection,
                                                        std::int64_t id) const;
    /// The key of a row that was read together with others.
    [[nodiscard]] std::optional<crypto::SecretKey> unwrap(std::int64_t id,
                                                          std::string_view wrapped) const;
    static void erase(db::Transaction& transaction, std::int64_t id);

private:
    const crypto::KeyRing& ring_;
};

} // namespace platform::vault

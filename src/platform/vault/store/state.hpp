// What a Vault works with.
#pragma once

#include "platform/vault/store/file_store.hpp"
#include "platform/vault/store/staging.hpp"
#include "platform/vault/vault.hpp"

namespace platform::vault {

constexpr std::string_view kThumbnailEnding = ".thumbnail";
constexpr std::string_view kTextEnding = ".text";

/// What is sealed beside a file is tied to it and to what it is.
[[nodiscard]] inline std::string context_beside(std::string_view stored, std::string_view what) {
    return std::string{stored} + std::string{what};
}

/// A row of evidence_file with its key.
struct FileRow {
    std::string stored;
    std::uint64_t bytes = 0;
    FileType type = FileType::Other;
    std::string name_sealed;
    std::string scan;
    bool examined = false;
    crypto::SecretKey key;
};

struct Vault::State {
    State(const std::filesystem::path& folder, const crypto::KeyRing& ring,
          const std::string& its_clamd, Decode its_decode)
        : store{folder}, keys{ring}, data_keys{ring}, clamd{its_clamd},
          decode{std::move(its_decode)} {}

    /// Nothing when the file or its key was erased, or was wrapped by another master key.
    [[nodiscard]] std::optional<FileRow> find(db::Connection& connection, std::int64_t id) const;
    [[nodiscard]] std::optional<std::string> beside(db::Connection& connection, std::int64_t id,
                                                    std::string_view ending) const;

    FileStore store;
    Staging staging;
    const crypto::KeyRing& keys;
    DataKeys data_keys;
    std::string clamd;
    Decode decode;
};

} // namespace platform::vault

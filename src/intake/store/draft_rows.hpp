// Rows of drafts: sealed texts that live 30 days, found by the digest of what their writer has.
#pragma once

#include "base/time.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake::store {

constexpr UnixSeconds kDraftSeconds = 30 * 86'400; // as THESEE gives to finish a complaint

struct DraftRow {
    std::int64_t id = 0;
    std::string json{}; // opened
};

/// A keyed digest of a secret for one use, as the columns hold it.
[[nodiscard]] std::string digest_for(const platform::crypto::KeyRing& keys, std::string_view use,
                                     std::string_view secret);
/// What stands for a person in the database: nobody finds them by it without the key ring.
[[nodiscard]] std::string subject_digest(const platform::crypto::KeyRing& keys,
                                         const platform::crypto::Digest& subject);
/// The files of a draft belong to "draft/12".
[[nodiscard]] std::string draft_owner(std::int64_t id);

/// A row of id, key_id, sealed, wrapped.
[[nodiscard]] DraftRow opened_draft(const platform::crypto::KeyRing& keys,
                                    const platform::db::Row& row);
[[nodiscard]] std::optional<DraftRow> find_draft(platform::db::Connection& connection,
                                                 const platform::crypto::KeyRing& keys,
                                                 std::string_view digest, UnixSeconds now);
/// Made, or written over; lives 30 days from now. Its id.
std::int64_t save_draft(platform::db::Transaction& transaction,
                        const platform::crypto::KeyRing& keys, std::string_view digest,
                        std::string_view json, UnixSeconds now);
/// With its key and its files.
void drop_draft(platform::db::Transaction& transaction, std::string_view digest);

} // namespace intake::store

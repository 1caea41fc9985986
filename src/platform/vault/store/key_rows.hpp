// Rows of keys.data_key for a key that was made before its row: that of a file.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>

namespace platform::vault {

[[nodiscard]] std::int64_t next_key_id(db::Transaction& transaction);
void insert_key(db::Transaction& transaction, const crypto::KeyRing& ring, std::int64_t id,
                const crypto::SecretKey& key);

} // namespace platform::vault

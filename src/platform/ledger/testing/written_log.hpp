// A log with its own database, for tests.
#pragma once

#include "platform/ledger/ledger.hpp"

#include <vector>

namespace platform::ledger {

/// Commitments whose digests do not change from run to run.
inline std::vector<Commitment> commitments_of(std::size_t first, std::size_t count) {
    std::vector<Commitment> commitments;
    for (std::size_t i = first; i < first + count; ++i) {
        commitments.push_back({crypto::sha256("act " + std::to_string(i)), ""});
    }
    return commitments;
}

inline std::vector<Digest> leaves_of(std::span<const Commitment> commitments) {
    std::vector<Digest> leaves;
    for (const Commitment& entry : commitments) {
        leaves.push_back(leaf_hash(crypto::as_text(entry.digest)));
    }
    return leaves;
}

/// In a database for tests: db_testing::TestDatabase, which only a test may name.
template <class Database> class LogIn {
public:
    std::vector<Place> append(std::span<const Commitment> entries) {
        db::Transaction transaction{connection};
        return append_and_commit(transaction, entries);
    }

    Database database;
    db::Connection connection = database.connect();
    crypto::SigningKey key = crypto::SigningKey::from_seed(crypto::SecretKey::random());
};

} // namespace platform::ledger

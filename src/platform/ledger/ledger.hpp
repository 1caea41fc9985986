// The ledger: an append-only Merkle log of acts, in the database, appended in the transaction of
// the act itself. An entry is a salted commitment: it proves an act to who holds the act's words
// and its salt, and tells nothing to anybody else. Erasing the salt leaves a number that nobody can
// read.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/ledger/merkle.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace platform::ledger {

/// The entry of the log: SHA-256 over the 22 bytes "maillon commitment v1\n", the salt, and the
/// statement. `statement` is the act in canonical form (JSON, keys in order), `salt` 32 random
/// bytes kept with the act, not in the log. The leaf of the tree is SHA-256(0x00 || digest).
struct Commitment {
    Digest digest{};
    std::string salt;
};
constexpr std::size_t kSaltBytes = 32;
[[nodiscard]] Commitment commit_to(std::string_view statement);
[[nodiscard]] bool opens(const Commitment& commitment, std::string_view statement);
/// The commitment to a statement under a salt that is known: what a receipt is checked with.
[[nodiscard]] Commitment commitment_of(std::string_view statement, std::string_view salt);

/// A signed tree head: "maillon tree head v1\n<log id>\n<size>\n<root, base64>\n<RFC 3339 time>\n",
/// signed with Ed25519. The log id is the hex SHA-256 of the public key.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root{};
    UnixSeconds at = 0;
    crypto::Signature signature{};
};
[[nodiscard]] std::string log_id(const crypto::PublicKey& key);
[[nodiscard]] std::string signed_text(const TreeHead& head, const crypto::PublicKey& key);
[[nodiscard]] TreeHead sign_head(std::uint64_t size, const Digest& root, UnixSeconds at,
                                 const crypto::SigningKey& key);
[[nodiscard]] bool verify_head(const TreeHead& head, const crypto::PublicKey& key);

/// Where an entry stands, with what proves it.
struct Place {
    std::uint64_t index = 0; // of the entry
    std::uint64_t size = 0;  // of the tree in which the proof holds
    Digest root{};
    std::vector<Digest> proof;
};

/// More is a mistake of ours: an act has a few entries, a batch of acts some hundreds.
constexpr std::size_t kAppendMax = 10'000;

/// Appends the entries in order and commits the transaction, in one round trip: the log's lock is
/// held as short as can be. Places come in the order of the entries, all in the same tree. Without
/// entries it only commits. At most kAppendMax.
std::vector<Place> append_and_commit(db::Transaction& transaction,
                                     std::span<const Commitment> entries);

/// The current proof of an entry. Reads O(log n) rows.
[[nodiscard]] std::optional<Place> place_of(db::Connection& connection, std::uint64_t index);

/// Where a commitment stands in the log.
[[nodiscard]] std::optional<std::uint64_t> index_of(db::Connection& connection,
                                                    const Digest& commitment);

/// Size and root as the database has them.
struct Standing {
    std::uint64_t size = 0;
    Digest root{};
};
[[nodiscard]] Standing standing(db::Connection& connection);

/// Signs the present head and keeps it in table ledger.head, if the log grew since the last one.
/// Of roles, maillon_engine and maillon_operator may.
std::optional<TreeHead> publish_head(db::Connection& connection, const crypto::SigningKey& key,
                                     UnixSeconds now);

struct Fault {
    std::string what; // "entry 17: …", for a person
};
/// Reads the whole log, outside any transaction: recomputes every hash, compares the frontier and
/// every published head and its signature. Progress gets the number of entries read. Any change of
/// what lies in the tables is found; that the log as a whole is an older one is not: compare it
/// with a head or a receipt that was given out. At most kFaultsMax faults are told.
constexpr std::size_t kFaultsMax = 1000;
[[nodiscard]] std::vector<Fault> verify_log(db::Connection& connection,
                                            const crypto::PublicKey& key,
                                            const std::function<void(std::uint64_t)>& progress);

/// The same inside a transaction, as it sees the log: at one moment if it is REPEATABLE READ.
[[nodiscard]] std::vector<Fault> verify_log(db::Transaction& transaction,
                                            const crypto::PublicKey& key,
                                            const std::function<void(std::uint64_t)>& progress);

} // namespace platform::ledger

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

/// SHA-256(salt || statement): the entry of the log. `statement` is the act in canonical form
/// (JSON, keys in order), `salt` 32 random bytes kept with the act, not in the log.
struct Commitment {
    Digest digest{};
    std::string salt;
};
[[nodiscard]] Commitment commit_to(std::string_view statement);
[[nodiscard]] bool opens(const Commitment& commitment, std::string_view statement);

/// A signed tree head: "maillon tree head v1\n<log id>\n<size>\n<root, base64>\n<RFC 3339 time>\n",
/// signed with Ed25519. The log id is the hex SHA-256 of the public key.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root{};
    UnixSeconds at = 0;
    crypto::Signature signature{};
};
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

/// Appends the entries in order and commits the transaction, in one round trip: the log's lock is
/// held as short as can be. Places come in the order of the entries.
std::vector<Place> append_and_commit(db::Transaction& transaction,
                                     std::span<const Commitment> entries);

/// The current proof of an entry. Reads O(log n) rows.
[[nodiscard]] std::optional<Place> place_of(db::Connection& connection, std::uint64_t index);

/// Size and root as the database has them.
struct Standing {
    std::uint64_t size = 0;
    Digest root{};
};
[[nodiscard]] Standing standing(db::Connection& connection);

/// Signs the present head and keeps it in table ledger_head, if the log grew since the last one.
std::optional<TreeHead> publish_head(db::Connection& connection, const crypto::SigningKey& key,
                                     UnixSeconds now);

struct Fault {
    std::string what; // "entry 17: …", for a person
};
/// Reads the whole log: recomputes every hash, compares the frontier and every published head and
/// its signature. Progress gets the number of entries read.
[[nodiscard]] std::vector<Fault> verify_log(db::Connection& connection,
                                            const crypto::PublicKey& key,
                                            const std::function<void(std::uint64_t)>& progress);

} // namespace platform::ledger

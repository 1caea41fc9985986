// Rows of a declaration, opened with its data key.
#pragma once

#include "engine/record/mention.hpp"
#include "engine/record/statement.hpp"
#include "intake/declaration.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::store {

struct DeclarationRow {
    DeclarationId id{0};
    std::string reference{};
    DeclarationKind kind = DeclarationKind::Report;
    Nature nature = Nature::Scam;
    Status status = Status::Received;
    std::string language{};
    UnixSeconds received_at = 0;
    std::int64_t key_id = 0;
    std::string statement{}; // opened: one line of the interchange format; empty once erased
    std::string answers{};   // opened: JSON, what a complaint's form asked; empty for a report
    Contact contact{};
    std::optional<platform::crypto::SecretKey> key{}; // nothing once erased
};

/// What ties a sealed value to its key and its use: a statement cannot stand in for a message.
[[nodiscard]] std::string context_of(std::string_view use, std::int64_t key_id);

[[nodiscard]] std::optional<DeclarationRow> read_declaration(platform::db::Connection& connection,
                                                             const platform::crypto::KeyRing& ring,
                                                             DeclarationId id);

[[nodiscard]] std::string to_json(const Contact& contact);
[[nodiscard]] Contact contact_from_json(std::string_view json);

/// The statement in its sealed form; check() when what we sealed ourselves does not parse.
[[nodiscard]] engine::record::Statement parse_statement(std::string_view line);
/// Whether parse_statement() will take it: what is sealed must be read again by every later start.
[[nodiscard]] bool reads_back(std::string_view line);
/// One line, as it is sealed and hashed.
[[nodiscard]] std::string line_of(const engine::record::Statement& statement);

void audit(platform::db::Connection& connection, std::string_view actor, std::string_view event,
           std::string_view reason, DeclarationId id);

/// Identifiers as keyed digests: the author's in one table, the declarant's own in another; those
/// of third parties in none.
void put_identifiers(platform::db::Transaction& transaction, const platform::crypto::KeyRing& ring,
                     DeclarationId id, const std::vector<engine::record::Mention>& mentions);

/// What a lookup of an identifier compares.
[[nodiscard]] platform::crypto::Digest identifier_digest(const platform::crypto::KeyRing& ring,
                                                         std::string_view type,
                                                         std::string_view value);

} // namespace intake::store

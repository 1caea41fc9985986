#include "intake/store/sealed.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "interchange/json_line.hpp"
#include "interchange/writer.hpp"
#include "platform/vault/vault.hpp"

#include <nlohmann/json.hpp>

namespace intake::store {

using platform::crypto::KeyRing;
using platform::db::Connection;
using platform::db::Value;

std::string context_of(std::string_view use, std::int64_t key_id) {
    return std::string{use} + "/" + std::to_string(key_id);
}

std::optional<DeclarationRow> read_declaration(Connection& connection, const KeyRing& ring,
                                               DeclarationId id) {
    const platform::db::Rows rows = connection.run(sql::kReadDeclaration, {id.value()});
    if (rows.empty()) return std::nullopt;
    const platform::db::Row row = rows[0];
    DeclarationRow out{.id = id,
                       .reference = std::string{row.text(0)},
                       .nature = row.text(1) == "scam" ? Nature::Scam : Nature::Illicit,
                       .status = status_named(row.text(2)).value(),
                       .language = std::string{row.text(3)},
                       .received_at = row.time(8),
                       .key_id = row.integer(4),
                       .statement = {},
                       .contact = {},
                       .key = {}};
    if (row.is_null(7)) return out; // erased
    out.key = platform::vault::DataKeys{ring}.unwrap(out.key_id, row.bytes(7));
    check(out.key.has_value(), "the key ring opens the data keys that it wrapped");
    if (!row.is_null(5)) {
        const auto statement =
            platform::crypto::open(*out.key, row.bytes(5), context_of("statement", out.key_id));
        check(statement.has_value(), "a statement opens with its key");
        out.statement = *statement;
    }
    if (!row.is_null(6)) {
        const auto contact =
            platform::crypto::open(*out.key, row.bytes(6), context_of("contact", out.key_id));
        check(contact.has_value(), "a contact opens with its key");
        out.contact = contact_from_json(*contact);
    }
    return out;
}

std::string to_json(const Contact& contact) {
    return nlohmann::json{{"email", contact.email},   {"organisation", contact.organisation},
                          {"person", contact.person}, {"agreement", contact.agreement},
                          {"minor", contact.minor},   {"sender_id", contact.sender_id}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Contact contact_from_json(std::string_view json) {
    const nlohmann::json read = nlohmann::json::parse(json);
    const auto text = [&](const char* name) { return read.at(name).get<std::string>(); };
    return {.email = text("email"),
            .organisation = text("organisation"),
            .person = text("person"),
            .agreement = text("agreement"),
            .minor = text("minor"),
            .sender_id = text("sender_id")};
}

engine::record::Statement parse_statement(std::string_view line) {
    interchange::JsonLineParser parser;
    const auto parsed = parser.parse(line);
    check(parsed.has_value(), "a statement that we sealed parses");
    return **parsed;
}

bool reads_back(std::string_view line) {
    interchange::JsonLineParser parser;
    return parser.parse(line).has_value();
}

std::string line_of(const engine::record::Statement& statement) {
    std::string line;
    interchange::append_jsonl(statement, line);
    return line;
}

void audit(Connection& connection, std::string_view actor, std::string_view event,
           std::string_view reason, DeclarationId id) {
    connection.run(sql::kInsertAudit, {actor, event, reason, id.value()});
}

platform::crypto::Digest identifier_digest(const KeyRing& ring, std::string_view type,
                                           std::string_view value) {
    std::string message{"identifier\n"};
    message += type;
    message += '\n';
    message += value;
    return platform::crypto::keyed_digest(ring.pepper(), message);
}

void put_identifiers(platform::db::Transaction& transaction, const KeyRing& ring, DeclarationId id,
                     const std::vector<engine::record::Mention>& mentions) {
    using engine::record::Role;
    // Arrays as PostgreSQL writes them: words, hexadecimal and letters need no quoting.
    std::string types;
    std::string digests;
    std::string of_author;
    for (const engine::record::Mention& mention : mentions) {
        if (mention.role == Role::ThirdParty) continue;
        const std::string_view separator = types.empty() ? "" : ",";
        const std::string_view type = engine::record::name_of(mention.type);
        types.append(separator).append(type);
        digests.append(separator)
            .append("\"\\\\x")
            .append(platform::crypto::to_hex(identifier_digest(ring, type, mention.value)))
            .append("\"");
        of_author.append(separator).append(mention.role == Role::Suspect ? "t" : "f");
    }
    if (types.empty()) return;
    transaction.run(sql::kInsertIdentifiers,
                    {id.value(), "{" + types + "}", "{" + digests + "}", "{" + of_author + "}"});
}

} // namespace intake::store

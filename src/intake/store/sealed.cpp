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

namespace {

/// The fields of a contact by name, for writing and reading alike.
template <class Who, class Visit> void each_field(Who& contact, Visit visit) {
    visit("email", contact.email);
    visit("organisation", contact.organisation);
    visit("person", contact.person);
    visit("agreement", contact.agreement);
    visit("minor", contact.minor);
    visit("sender_id", contact.sender_id);
    visit("telephone", contact.telephone);
    visit("address", contact.address);
    visit("given_name", contact.given_name);
    visit("family_name", contact.family_name);
    visit("birthdate", contact.birthdate);
    visit("birthplace", contact.birthplace);
    visit("birthcountry", contact.birthcountry);
    visit("gender", contact.gender);
}

} // namespace

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
                       .kind = row.text(9) == name_of(DeclarationKind::Complaint)
                                   ? DeclarationKind::Complaint
                                   : DeclarationKind::Report,
                       .nature = row.text(1) == "scam" ? Nature::Scam : Nature::Illicit,
                       .status = status_named(row.text(2)).value(),
                       .language = std::string{row.text(3)},
                       .received_at = row.time(8),
                       .key_id = row.integer(4),
                       .statement = {},
                       .answers = {},
                       .contact = {},
                       .key = {}};
    if (row.is_null(7)) return out; // erased
    out.key = platform::vault::DataKeys{ring}.unwrap(out.key_id, row.bytes(7));
    check(out.key.has_value(), "the key ring opens the data keys that it wrapped");
    const auto opened = [&](int column, std::string_view use) -> std::string {
        if (row.is_null(column)) return {};
        const auto plain =
            platform::crypto::open(*out.key, row.bytes(column), context_of(use, out.key_id));
        check(plain.has_value(), "what a declaration holds opens with its key");
        return *plain;
    };
    out.statement = opened(5, "statement");
    out.answers = opened(10, "answers");
    if (const std::string contact = opened(6, "contact"); !contact.empty()) {
        out.contact = contact_from_json(contact);
    }
    return out;
}

std::string to_json(const Contact& contact) {
    nlohmann::json out = nlohmann::json::object();
    each_field(contact, [&](const char* name, const std::string& value) { out[name] = value; });
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Contact contact_from_json(std::string_view json) {
    const nlohmann::json read = nlohmann::json::parse(json);
    Contact out;
    each_field(out, [&](const char* name, std::string& value) {
        const auto found = read.find(name); // an older contact has fewer fields
        if (found != read.end()) value = found->get<std::string>();
    });
    return out;
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

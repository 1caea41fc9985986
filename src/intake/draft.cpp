#include "intake/draft.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/sealed.hpp"
#include "platform/vault/vault.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace intake {
namespace {

using platform::db::Value;

constexpr UnixSeconds kDraftSeconds = 30 * 86'400; // as THESEE gives to finish a complaint

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// The fields of a draft by name, for writing and reading alike.
template <class Draft, class Visit> void each_field(Draft& draft, Visit visit) {
    visit("nature", draft.nature);
    visit("category", draft.category);
    visit("narrative", draft.narrative);
    visit("when", draft.when);
    visit("paid", draft.paid);
    visit("amount", draft.amount);
    visit("means", draft.means);
    visit("paid_to", draft.paid_to);
    visit("links", draft.links);
    visit("contacts", draft.contacts);
    visit("platform", draft.platform);
    visit("contact", draft.contact);
    visit("email", draft.who.email);
    visit("organisation", draft.who.organisation);
    visit("person", draft.who.person);
    visit("agreement", draft.who.agreement);
    visit("minor", draft.who.minor);
}

} // namespace

std::string to_json(const ReportDraft& draft) {
    nlohmann::json out;
    each_field(draft, [&](const char* name, const std::string& value) { out[name] = value; });
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<ReportDraft> draft_from_json(std::string_view json) {
    const nlohmann::json read = nlohmann::json::parse(json, nullptr, false);
    if (!read.is_object()) return std::nullopt;
    ReportDraft draft;
    each_field(draft, [&](const char* name, std::string& value) {
        const auto found = read.find(name);
        if (found != read.end() && found->is_string()) value = found->get<std::string>();
    });
    return draft;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        if (!line.empty()) lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

engine::record::Statement statement_of(const ReportDraft& draft, std::string_view language) {
    using namespace engine::record;
    Statement out;
    out.kind = Kind::Report;
    out.lang = language;
    out.scam_type = draft.category;
    out.narrative = draft.narrative;
    if (!draft.when.empty()) out.narrative += "\n\n(" + draft.when + ")";
    for (const std::string& link : lines_of(draft.links)) {
        out.identifiers.push_back(
            {.type = IdentifierType::Url, .value = link, .role = Role::Suspect, .platform = {}});
    }
    // What the person copied of the author: read like the author's own words, so that each
    // telephone, account and address in it is the author's.
    for (const std::string& contact : lines_of(draft.contacts)) {
        out.messages.push_back({.from = Speaker::Suspect, .at = {}, .text = contact});
        const bool is_name = contact.find_first_of("@/:0123456789") == std::string::npos;
        if (is_name) {
            Persona persona;
            persona.pseudonym = contact;
            persona.platform = draft.platform;
            out.personas.push_back(std::move(persona));
        }
    }
    if (draft.paid == "yes") {
        out.payments.push_back({.at = {},
                                .amount = draft.amount,
                                .currency = draft.amount.empty() ? "" : "EUR",
                                .means = draft.means,
                                .to = draft.paid_to});
    }
    return out;
}

Drafts::Drafts(platform::db::Pool& door, const platform::crypto::KeyRing& keys)
    : door_{door}, keys_{keys} {}

std::string Drafts::digest_of(std::string_view visit) const {
    const platform::crypto::Digest digest =
        platform::crypto::keyed_digest(keys_.pepper(), std::string{"draft\n"} + std::string{visit});
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::optional<Drafts::Kept> Drafts::find(std::string_view visit, UnixSeconds now) {
    const platform::db::Lease lease = door_.take();
    const platform::db::Rows rows =
        lease->run(sql::kFindDraft, {Value::bytes(digest_of(visit)), Value::time(now)});
    if (rows.empty()) return std::nullopt;
    const std::int64_t key_id = rows[0].integer(1);
    const auto key = platform::vault::DataKeys{keys_}.unwrap(key_id, rows[0].bytes(3));
    check(key.has_value(), "the key ring opens the data keys that it wrapped");
    const auto json =
        platform::crypto::open(*key, rows[0].bytes(2), store::context_of("draft", key_id));
    check(json.has_value(), "a draft opens with its key");
    const auto draft = draft_from_json(*json);
    check(draft.has_value(), "a draft that we sealed parses");
    return Kept{.id = rows[0].integer(0), .draft = *draft};
}

std::int64_t Drafts::save(std::string_view visit, const ReportDraft& draft, UnixSeconds now) {
    const platform::db::Lease lease = door_.take();
    platform::db::Transaction transaction{*lease};
    const platform::vault::DataKeys data_keys{keys_};
    const std::string digest = digest_of(visit);
    const Value expiry = Value::time(now + kDraftSeconds);
    const auto sealed = [&](const platform::crypto::SecretKey& key, std::int64_t key_id) {
        return Value::bytes(
            platform::crypto::seal(key, to_json(draft), store::context_of("draft", key_id)));
    };
    platform::db::Rows there =
        transaction.run(sql::kFindDraft, {Value::bytes(digest), Value::time(now - kDraftSeconds)});
    std::int64_t id = 0;
    if (there.empty()) {
        const platform::vault::DataKeys::Made made = data_keys.make(transaction);
        const platform::db::Rows inserted = transaction.run(
            sql::kInsertDraft, {Value::bytes(digest), made.id, sealed(made.key, made.id), expiry});
        if (!inserted.empty()) {
            transaction.commit();
            return inserted[0].integer(0);
        }
        platform::vault::DataKeys::erase(transaction, made.id); // two clicks at once
        there = transaction.run(sql::kFindDraft,
                                {Value::bytes(digest), Value::time(now - kDraftSeconds)});
        check(!there.empty(), "a draft in the way of another is there");
    }
    id = there[0].integer(0);
    const std::int64_t key_id = there[0].integer(1);
    const auto key = data_keys.unwrap(key_id, there[0].bytes(3));
    check(key.has_value(), "the key ring opens the data keys that it wrapped");
    transaction.run(sql::kUpdateDraft, {id, sealed(*key, key_id), expiry});
    transaction.commit();
    return id;
}

void Drafts::drop(std::string_view visit) {
    const platform::db::Lease lease = door_.take();
    platform::db::Transaction transaction{*lease};
    const platform::db::Rows gone =
        transaction.run(sql::kDeleteDraft, {Value::bytes(digest_of(visit))});
    for (int i = 0; i < gone.size(); ++i) {
        platform::vault::DataKeys::erase(transaction, gone[i].integer(0));
        platform::vault::Vault::erase_all_of(transaction,
                                             "draft/" + std::to_string(gone[i].integer(1)));
    }
    transaction.commit();
}

} // namespace intake

#include "intake/follow_up.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/acts.hpp"
#include "intake/store/draft_rows.hpp"
#include "intake/store/sealed.hpp"
#include "intake/tracking_code.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace intake {
namespace {

using platform::crypto::KeyRing;
using platform::db::Connection;
using platform::db::Lease;
using platform::db::Rows;
using platform::db::Transaction;
using platform::db::Value;

constexpr UnixSeconds kSessionSeconds = 30 * 60; // a shared telephone is put down
constexpr std::int64_t kWrongCodesMax = 20;      // of one reference in an hour
constexpr std::string_view kDeclarant = "declarant";
constexpr std::string_view kOwnFile = "follows their own declaration";

Value subject_value(const KeyRing& keys, const platform::crypto::Digest* subject) {
    if (subject == nullptr) return std::nullopt;
    return Value::bytes(store::subject_digest(keys, *subject));
}

std::string owner_of(DeclarationId id) {
    return "declaration/" + std::to_string(id.value());
}

std::vector<MessageSeen> read_messages(Connection& connection, const store::DeclarationRow& row) {
    std::vector<MessageSeen> out;
    if (!row.key) return out;
    const Rows rows = connection.run(sql::kReadMessages, {row.id.value()});
    for (int i = 0; i < rows.size(); ++i) {
        const auto text = platform::crypto::open(*row.key, rows[i].bytes(4),
                                                 store::context_of("message", row.key_id));
        check(text.has_value(), "a message opens with its key");
        out.push_back({.at = rows[i].time(1),
                       .from_service = rows[i].boolean(2),
                       .asks = rows[i].boolean(3),
                       .text = *text});
    }
    return out;
}

void audit(Transaction& transaction, std::string_view event, DeclarationId declaration) {
    store::audit(transaction.connection(), kDeclarant, event, kOwnFile, declaration);
}

} // namespace

std::vector<FileSeen> files_seen(platform::db::Connection& connection,
                                 platform::vault::Vault& vault, std::string_view owner) {
    std::vector<FileSeen> out;
    for (const platform::vault::StoredFile& file :
         platform::vault::Vault::files_of(connection, owner)) {
        const std::optional<std::string> name = vault.name_of(connection, file.id);
        out.push_back(
            {.id = file.id,
             .name = name ? *name : std::string{},
             .bytes = file.bytes,
             .type =
                 std::string{platform::vault::kFileTypeNames[static_cast<std::size_t>(file.type)]},
             .has_thumbnail = file.has_thumbnail});
    }
    return out;
}

FollowUp::FollowUp(platform::db::Pool& door, platform::db::Pool& follower, const KeyRing& keys,
                   platform::vault::Vault& vault)
    : door_{door}, follower_{follower}, keys_{keys}, vault_{vault} {}

Result<DeclarationId, OpenRefusal> FollowUp::open(std::string_view reference, std::string_view code,
                                                  UnixSeconds /*now*/) {
    const std::optional<std::string> known_form = read_reference(reference);
    const std::optional<std::string> typed =
        code.size() <= 4 * kCodeCharacters ? platform::crypto::read_code(code) : std::nullopt;
    if (!known_form || !typed) return refuse(OpenRefusal::Wrong);
    const Lease lease = door_.take();
    // The code of a reference that does not exist is computed and compared all the same.
    const Rows found = lease->run(sql::kFindDeclaration, {*known_form});
    const bool exists = !found.empty() && !found[0].is_null(0);
    const bool right = platform::crypto::same_secret(*typed, tracking_code_of(keys_, *known_form));
    if (!right || !exists) {
        // Counted by reference too. The right code opens all the same: nobody is shut out of their
        // own declaration by another's guesses, and eighty bits are not found by guessing.
        const std::string guessed = store::digest_for(keys_, "attempt", *known_form);
        const std::int64_t wrong =
            lease->run(sql::kCountWrong, {Value::bytes(guessed)})[0].integer(0);
        if (wrong >= kWrongCodesMax) return refuse(OpenRefusal::TooMany);
        lease->run(sql::kAddWrong, {Value::bytes(guessed)});
        return refuse(OpenRefusal::Wrong);
    }
    return DeclarationId{found[0].integer(0)};
}

std::vector<ComplaintSeen> FollowUp::complaints_of(const platform::crypto::Digest& subject) {
    const Lease lease = door_.take();
    const Rows rows = lease->run(sql::kComplaintsOf, {subject_value(keys_, &subject)});
    std::vector<ComplaintSeen> out;
    for (int i = 0; i < rows.size(); ++i) {
        out.push_back({.id = DeclarationId{rows[i].integer(0)},
                       .reference = std::string{rows[i].text(1)},
                       .received_at = rows[i].time(2),
                       .status = status_named(rows[i].text(3)).value()});
    }
    return out;
}

std::string FollowUp::begin_session(DeclarationId declaration, UnixSeconds now,
                                    const platform::crypto::Digest* subject) {
    const std::string token = platform::crypto::to_base64url(platform::crypto::random_bytes(32));
    const Lease lease = door_.take();
    lease->run(sql::kInsertSession,
               {Value::bytes(store::digest_for(keys_, "session", token)), declaration.value(),
                Value::time(now + kSessionSeconds), subject_value(keys_, subject)});
    return token;
}

std::optional<Followed> FollowUp::session(std::string_view token, UnixSeconds now,
                                          const platform::crypto::Digest* subject) {
    if (token.empty()) return std::nullopt;
    const Lease lease = door_.take();
    const Rows rows =
        lease->run(sql::kUseSession,
                   {Value::bytes(store::digest_for(keys_, "session", token)), Value::time(now),
                    Value::time(now + kSessionSeconds), subject_value(keys_, subject)});
    if (rows.empty()) return std::nullopt;
    return Followed{.id = DeclarationId{rows[0].integer(0)},
                    .kind =
                        rows[0].boolean(1) ? DeclarationKind::Complaint : DeclarationKind::Report};
}

void FollowUp::end_session(std::string_view token) {
    const Lease lease = door_.take();
    lease->run(sql::kDeleteSession, {Value::bytes(store::digest_for(keys_, "session", token))});
}

Following FollowUp::read(DeclarationId declaration) {
    const Lease lease = follower_.take();
    Transaction transaction{*lease};
    transaction.run(sql::kTakeMandate, {std::to_string(declaration.value())});
    const std::optional<store::DeclarationRow> row =
        store::read_declaration(*lease, keys_, declaration);
    check(row.has_value(), "a session's declaration is there");
    Following out{.reference = row->reference,
                  .kind = row->kind,
                  .nature = row->nature,
                  .status = row->status,
                  .language = row->language};
    out.mailed = !row->contact.email.empty();
    for (const store::ActRow& act : store::read_acts(*lease, declaration)) {
        out.acts.push_back({.kind = act.kind, .at = act.at});
        if (act.kind == ActKind::Grouped) out.grouped = true;
    }
    out.messages = read_messages(*lease, *row);
    out.files = files_seen(*lease, vault_, owner_of(declaration));
    audit(transaction, "followup_read", declaration);
    transaction.commit();
    return out;
}

bool FollowUp::change(DeclarationId declaration, const Change& change) {
    const Lease lease = follower_.take();
    Transaction transaction{*lease};
    transaction.run(sql::kTakeMandate, {std::to_string(declaration.value())});
    std::optional<store::DeclarationRow> row = store::locked(transaction, keys_, declaration);
    if (!row || !store::takes_more(*row)) return false;
    return change(transaction, *row); // commits with its act, or leaves all as it was
}

bool FollowUp::answer(DeclarationId declaration, std::string_view text, UnixSeconds now) {
    return change(declaration, [&](Transaction& transaction, store::DeclarationRow& row) {
        engine::record::Statement statement = store::parse_statement(row.statement);
        statement.messages.push_back(
            {.from = engine::record::Speaker::Victim, .at = now, .text = std::string{text}});
        if (!store::rewrite_statement(transaction, row, statement)) return false;
        transaction.run(sql::kInsertMessage,
                        {declaration.value(), Value::time(now), false, false,
                         Value::bytes(platform::crypto::seal(
                             *row.key, text, store::context_of("message", row.key_id)))});
        audit(transaction, "followup_completed", declaration);
        store::commit_act(transaction, row, ActKind::Completed, now, text);
        return true;
    });
}

bool FollowUp::add_files(DeclarationId declaration,
                         const std::vector<platform::http::Upload>& uploads, UnixSeconds now) {
    return change(declaration, [&](Transaction& transaction, store::DeclarationRow& row) {
        bool any = false;
        for (const platform::http::Upload& upload : uploads) {
            if (upload.stored.empty()) continue;
            any |= vault_.adopt(transaction, upload.stored, owner_of(declaration), upload.file_name)
                       .has_value();
        }
        if (!any) return true;
        audit(transaction, "followup_completed", declaration);
        store::commit_act(transaction, row, ActKind::Completed, now, {});
        return true;
    });
}

bool FollowUp::withdraw(DeclarationId declaration, UnixSeconds now) {
    return change(declaration, [&](Transaction& transaction, store::DeclarationRow& row) {
        transaction.run(sql::kWithdrawDeclaration, {declaration.value()});
        platform::vault::Vault::erase_all_of(transaction, owner_of(declaration));
        platform::vault::DataKeys::erase(transaction, row.key_id);
        audit(transaction, "followup_withdrawn", declaration);
        store::commit_act(transaction, row, ActKind::Withdrawn, now, {});
        return true;
    });
}

std::optional<Receipt> FollowUp::receipt(DeclarationId declaration, UnixSeconds now) {
    const Lease lease = follower_.take();
    Transaction transaction{*lease};
    transaction.run(sql::kTakeMandate, {std::to_string(declaration.value())});
    const std::vector<store::ActRow> acts = store::read_acts(*lease, declaration);
    check(!acts.empty(), "a declaration has the act of its reception");
    std::optional<Receipt> receipt = store::receipt_of(*lease, acts.front(), keys_, now);
    audit(transaction, "followup_receipt", declaration);
    transaction.commit();
    return receipt;
}

std::string FollowUp::export_json(DeclarationId declaration) {
    using nlohmann::ordered_json;
    const Following seen = read(declaration);
    const Lease lease = follower_.take();
    Transaction transaction{*lease};
    transaction.run(sql::kTakeMandate, {std::to_string(declaration.value())});
    const std::optional<store::DeclarationRow> row =
        store::read_declaration(*lease, keys_, declaration);
    check(row.has_value(), "a session's declaration is there");
    ordered_json out{
        {"reference", row->reference},
        {"kind", name_of(row->kind)},
        {"nature", name_of(row->nature)},
        {"status", name_of(row->status)},
        {"received_at", to_rfc3339(row->received_at)},
        {"language", row->language},
        {"record", row->statement.empty() ? ordered_json{} : ordered_json::parse(row->statement)},
        {"contact", ordered_json::parse(store::to_json(row->contact))}};
    if (!row->answers.empty()) out["answers"] = ordered_json::parse(row->answers);
    for (const store::ActRow& act : store::read_acts(*lease, declaration)) {
        out["acts"].push_back(ordered_json{{"act", name_of(act.kind)},
                                           {"at", to_rfc3339(act.at)},
                                           {"statement", act.statement},
                                           {"salt", platform::crypto::to_hex(act.salt)}});
    }
    for (const MessageSeen& message : seen.messages) {
        out["messages"].push_back(
            ordered_json{{"at", to_rfc3339(message.at)},
                         {"from", message.from_service ? "service" : "declarant"},
                         {"asks_for_complement", message.asks},
                         {"text", message.text}});
    }
    for (const platform::vault::StoredFile& file :
         platform::vault::Vault::files_of(*lease, owner_of(declaration))) {
        const std::optional<std::string> name = vault_.name_of(*lease, file.id);
        out["files"].push_back(ordered_json{{"name", name ? *name : std::string{}},
                                            {"bytes", file.bytes},
                                            {"sha256", platform::crypto::to_hex(file.sha256)}});
    }
    audit(transaction, "followup_export", declaration);
    transaction.commit();
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace intake

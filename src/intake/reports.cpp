#include "intake/reports.hpp"

#include "intake/feed.hpp"
#include "intake/queries.hpp"
#include "intake/store/acts.hpp"
#include "intake/store/draft_rows.hpp"
#include "intake/store/sealed.hpp"
#include "intake/tracking_code.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/vault/vault.hpp"

#include <algorithm>

namespace intake {
namespace {

using engine::record::IdentifierType;
using engine::record::Mention;
using engine::record::Role;
using platform::crypto::Digest;
using platform::db::Transaction;
using platform::db::Value;

/// The digest of what makes a submission once, or nothing.
std::string once_digest(const platform::crypto::KeyRing& keys, const NewReport& report) {
    if (report.once.empty()) return {};
    return std::string{
        platform::crypto::as_text(platform::crypto::keyed_digest(keys.pepper(), report.once))};
}
std::string body_digest(const NewReport& report) {
    if (report.once_body.empty()) return {};
    return std::string{platform::crypto::as_text(platform::crypto::sha256(report.once_body))};
}

Value as_value(const std::string& bytes) {
    return bytes.empty() ? Value{std::nullopt} : Value::bytes(bytes);
}

/// Public by nature: whoever types it learns nothing about a person.
bool is_public(IdentifierType type) {
    return type == IdentifierType::Url || type == IdentifierType::Domain;
}

} // namespace

Reports::Reports(platform::db::Pool& door, platform::db::Pool& follower,
                 const platform::crypto::KeyRing& keys, engine::extract::ExtractPolicy extract,
                 Acknowledge acknowledge)
    : door_{door}, follower_{follower}, keys_{keys}, extract_{extract},
      acknowledge_{std::move(acknowledge)} {}

std::optional<Submitted> Reports::submitted_before(platform::db::Connection& connection,
                                                   const NewReport& report, UnixSeconds now,
                                                   bool& other_body) {
    const platform::db::Rows before =
        connection.run(sql::kSubmittedOnce, {Value::bytes(once_digest(keys_, report))});
    if (before.empty()) return std::nullopt;
    const std::string body = before[0].is_null(3) ? std::string{} : before[0].bytes(3);
    other_body = body != body_digest(report);
    Submitted out{.id = DeclarationId{before[0].integer(0)},
                  .reference = std::string{before[0].text(1)},
                  .code = tracking_code_of(keys_, before[0].text(1)),
                  .received_at = before[0].time(2),
                  .receipt = {},
                  .again = true};
    const platform::db::Lease lease = follower_.take();
    Transaction transaction{*lease};
    transaction.run(sql::kTakeMandate, {std::to_string(out.id.value())});
    const std::vector<store::ActRow> acts = store::read_acts(*lease, out.id);
    if (!acts.empty()) {
        const std::optional<Receipt> receipt = store::receipt_of(*lease, acts.front(), keys_, now);
        if (receipt) out.receipt = *receipt;
    }
    transaction.commit();
    return out;
}

platform::db::Rows Reports::insert(Transaction& transaction,
                                   const platform::vault::DataKeys::Made& made,
                                   const NewReport& report, const std::string& reference,
                                   std::string_view line, UnixSeconds now) const {
    const auto sealed = [&](std::string_view use, std::string_view plain) {
        if (plain.empty()) return std::string{};
        return platform::crypto::seal(made.key, plain, store::context_of(use, made.id));
    };
    const std::string contact =
        report.contact.empty() ? std::string{} : store::to_json(report.contact);
    const std::string subject =
        report.subject ? store::subject_digest(keys_, *report.subject) : std::string{};
    return transaction.run(
        sql::kInsertDeclaration,
        {reference, name_of(report.door), name_of(report.nature), report.language, Value::time(now),
         made.id, Value::bytes(sealed("statement", line)), as_value(sealed("contact", contact)),
         report.api_key, as_value(once_digest(keys_, report)), as_value(body_digest(report)),
         name_of(report.kind), as_value(subject), as_value(sealed("answers", report.answers))});
}

Result<Submitted, SubmitRefusal> Reports::submit(const NewReport& report, UnixSeconds now) {
    const platform::db::Lease lease = door_.take();
    bool other_body = false;
    if (!report.once.empty()) {
        if (auto before = submitted_before(*lease, report, now, other_body)) {
            if (other_body) return refuse(SubmitRefusal::OtherBody);
            return std::move(*before);
        }
    }
    Submitted out{.reference = new_reference(report.kind), .received_at = now};
    out.code = tracking_code_of(keys_, out.reference);
    engine::record::Statement statement = report.statement;
    statement.id = out.reference;
    statement.kind = report.kind == DeclarationKind::Complaint ? engine::record::Kind::Complaint
                                                               : engine::record::Kind::Report;
    statement.received_at = now;
    const std::string line = store::line_of(statement);
    if (!store::reads_back(line)) return refuse(SubmitRefusal::Unreadable);

    Transaction transaction{*lease};
    const platform::vault::DataKeys data_keys{keys_};
    const platform::vault::DataKeys::Made made = data_keys.make(transaction);
    const platform::db::Rows inserted = insert(transaction, made, report, out.reference, line, now);
    if (inserted.empty()) { // the same submission, at the same moment, was first
        auto before = submitted_before(*lease, report, now, other_body);
        if (!before || other_body) return refuse(SubmitRefusal::OtherBody);
        return std::move(*before);
    }
    out.id = DeclarationId{inserted[0].integer(0)};
    std::vector<Mention> mentions;
    engine::extract::extract(statement, extract_, mentions);
    store::put_identifiers(transaction, keys_, out.id, mentions);
    const std::string owner = "declaration/" + std::to_string(out.id.value());
    std::vector<std::string> files;
    if (!report.files_owner.empty()) {
        files = store::file_digests(*lease, report.files_owner);
        platform::vault::Vault::change_owner(transaction, report.files_owner, owner);
        if (!files.empty()) platform::jobs::ask(transaction, kTextsJob, owner);
    }
    acknowledge_(transaction, report, out.reference, out.code);
    const StatementFacts facts{.act = std::string{name_of(ActKind::Received)},
                               .at = to_rfc3339(now),
                               .reference = out.reference,
                               .text =
                                   platform::crypto::to_hex(platform::crypto::sha256(report.text)),
                               .record = platform::crypto::to_hex(platform::crypto::sha256(line)),
                               .files = files};
    const platform::ledger::Commitment commitment =
        store::put_act(transaction, out.id, ActKind::Received, facts, now);
    transaction.run(sql::kNoteChange, {out.id.value()});
    const std::vector<platform::ledger::Place> places =
        platform::ledger::append_and_commit(transaction, std::span{&commitment, 1});
    out.receipt = {.statement = canonical(facts),
                   .salt = commitment.salt,
                   .place = places.front(),
                   .head = platform::ledger::sign_head(places.front().size, places.front().root,
                                                       now, keys_.signing()),
                   .key = keys_.signing().public_key()};
    return out;
}

std::vector<Recognised> Reports::recognise(const engine::record::Statement& statement) {
    constexpr std::size_t kShownMax = 40;
    std::vector<Mention> mentions;
    engine::extract::extract(statement, extract_, mentions);
    std::vector<Recognised> out;
    const platform::db::Lease lease = door_.take();
    for (const Mention& mention : mentions) {
        if (mention.role != Role::Suspect || mention.type == IdentifierType::Name) continue;
        Recognised one{.type = std::string{engine::record::name_of(mention.type)},
                       .value = engine::extract::written_of(
                           mention, engine::record::text_of(statement, mention.field))};
        const bool seen = std::ranges::any_of(out, [&](const Recognised& other) {
            return other.type == one.type && other.value == one.value;
        });
        if (seen || out.size() == kShownMax) continue;
        if (is_public(mention.type)) {
            const Digest digest = store::identifier_digest(keys_, one.type, mention.value);
            one.already_reported =
                lease
                    ->run(sql::kIsReported,
                          {one.type, Value::bytes(platform::crypto::as_text(digest))})[0]
                    .boolean(0);
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<Found> Reports::find_all(const engine::record::Statement& statement) const {
    constexpr std::size_t kFoundMax = 60; // what a person can look through
    std::vector<Mention> mentions;
    engine::extract::extract(statement, extract_, mentions);
    std::vector<Found> out;
    for (const Mention& mention : mentions) {
        if (mention.type == IdentifierType::Name || mention.type == IdentifierType::Card) continue;
        const bool inside_another = mention.type == IdentifierType::Domain &&
                                    std::ranges::any_of(mentions, [&](const Mention& other) {
                                        return &other != &mention && other.field == mention.field &&
                                               other.start <= mention.start &&
                                               other.end >= mention.end;
                                    });
        const std::string_view type = engine::record::name_of(mention.type);
        const bool seen = std::ranges::any_of(mentions, [&](const Mention& other) {
            return &other < &mention && other.type == mention.type && other.value == mention.value;
        });
        if (inside_another || seen || out.size() == kFoundMax) continue;
        out.push_back({.type = std::string{type},
                       .value = engine::extract::written_of(
                           mention, engine::record::text_of(statement, mention.field)),
                       .role = mention.role});
    }
    return out;
}

} // namespace intake

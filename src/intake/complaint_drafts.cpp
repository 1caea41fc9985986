#include "intake/complaint_drafts.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/draft_rows.hpp"
#include "intake/tracking_code.hpp"
#include "platform/crypto/bytes.hpp"

namespace intake {
namespace {

using platform::db::Lease;
using platform::db::Rows;
using platform::db::Transaction;
using platform::db::Value;

constexpr UnixSeconds kReadsSeconds = 30 * 60; // as the follow-up space: a shared telephone

ComplaintDrafts::Kept kept(const store::DraftRow& row) {
    const auto draft = complaint_from_json(row.json);
    check(draft.has_value(), "a draft that we sealed parses");
    return {.id = row.id, .draft = *draft};
}

} // namespace

ComplaintDrafts::ComplaintDrafts(platform::db::Pool& door, const platform::crypto::KeyRing& keys)
    : door_{door}, keys_{keys} {}

std::string ComplaintDrafts::digest_of(std::string_view subject, std::string_view type) const {
    return store::digest_for(keys_, "complaint draft",
                             std::string{subject} + "\n" + std::string{type});
}

std::optional<ComplaintDrafts::Kept> ComplaintDrafts::of(std::string_view subject,
                                                         std::string_view type, UnixSeconds now) {
    const Lease lease = door_.take();
    const auto row = store::find_draft(*lease, keys_, digest_of(subject, type), now);
    if (!row) return std::nullopt;
    return kept(*row);
}

std::optional<ComplaintDrafts::Kept> ComplaintDrafts::of_visit(std::string_view visit,
                                                               UnixSeconds now) {
    const Lease lease = door_.take();
    const Rows rows = lease->run(
        sql::kFindDraftOfVisit,
        {Value::bytes(store::digest_for(keys_, "draft visit", visit)), Value::time(now)});
    if (rows.empty()) return std::nullopt;
    Kept out = kept(store::opened_draft(keys_, rows[0]));
    out.readable = rows[0].boolean(4);
    return out;
}

std::optional<ComplaintDrafts::Kept> ComplaintDrafts::by_code(std::string_view typed,
                                                              UnixSeconds now) {
    const std::optional<std::string> code = platform::crypto::read_code(typed);
    if (!code || code->size() != kCodeCharacters) return std::nullopt;
    const Lease lease = door_.take();
    const Rows rows =
        lease->run(sql::kFindDraftByCode,
                   {Value::bytes(store::digest_for(keys_, "draft code", *code)), Value::time(now)});
    if (rows.empty()) return std::nullopt;
    return kept(store::opened_draft(keys_, rows[0]));
}

ComplaintDrafts::Kept ComplaintDrafts::save(ComplaintDraft draft, UnixSeconds now) {
    const Lease lease = door_.take();
    Transaction transaction{*lease};
    if (draft.code.empty()) draft.code = platform::crypto::random_code(kCodeCharacters);
    const std::int64_t id = store::save_draft(
        transaction, keys_, digest_of(draft.subject, draft.type), to_json(draft), now);
    transaction.run(sql::kSetDraftCode,
                    {id, Value::bytes(store::digest_for(keys_, "draft code", draft.code))});
    transaction.commit();
    return {.id = id, .draft = std::move(draft)};
}

void ComplaintDrafts::open(std::string_view visit, std::int64_t id, bool reads, UnixSeconds now) {
    const Lease lease = door_.take();
    lease->run(sql::kOpenDraft, {Value::bytes(store::digest_for(keys_, "draft visit", visit)), id,
                                 Value::time(reads ? now + kReadsSeconds : now)});
}

void ComplaintDrafts::leave(std::string_view visit) {
    const Lease lease = door_.take();
    lease->run(sql::kLeaveDraft, {Value::bytes(store::digest_for(keys_, "draft visit", visit))});
}

void ComplaintDrafts::drop(const ComplaintDraft& draft) {
    const Lease lease = door_.take();
    Transaction transaction{*lease};
    store::drop_draft(transaction, digest_of(draft.subject, draft.type));
    transaction.commit();
}

} // namespace intake

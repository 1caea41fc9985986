#include "intake/service.hpp"

#include "base/check.hpp"
#include "intake/queries.hpp"
#include "intake/store/acts.hpp"
#include "platform/vault/vault.hpp"

namespace intake {
namespace {

using platform::crypto::KeyRing;
using platform::db::Lease;
using platform::db::Rows;
using platform::db::Transaction;
using platform::db::Value;

constexpr std::string_view kKeyPrefix = "mk_"; // tells a leaked key from other secrets

std::string api_digest(const KeyRing& keys, std::string_view key) {
    const platform::crypto::Digest digest =
        platform::crypto::keyed_digest(keys.pepper(), std::string{"api key\n"} + std::string{key});
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// The declaration behind a reference, locked; refused when it takes no more, unless those are
/// wanted too.
Result<store::DeclarationRow, ServiceRefusal> find(Transaction& transaction, const KeyRing& keys,
                                                   std::string_view typed, bool closed_too) {
    const std::optional<std::string> reference = read_reference(typed);
    if (!reference) return refuse(ServiceRefusal::Unknown);
    const Rows found = transaction.run(sql::kFindReference, {*reference});
    if (found.empty()) return refuse(ServiceRefusal::Unknown);
    std::optional<store::DeclarationRow> row =
        store::locked(transaction, keys, DeclarationId{found[0].integer(0)});
    check(row.has_value(), "a declaration that was found is there");
    if (!closed_too && !store::takes_more(*row)) return refuse(ServiceRefusal::Finished);
    return std::move(*row);
}

} // namespace

Service::Service(platform::db::Pool& operators, const KeyRing& keys, Tell tell)
    : operators_{operators}, keys_{keys}, tell_{std::move(tell)} {}

Result<void, ServiceRefusal> Service::change(std::string_view reference, ActKind act, Status status,
                                             const Mandate& mandate, UnixSeconds now) {
    const Lease lease = operators_.take();
    Transaction transaction{*lease};
    const auto row = find(transaction, keys_, reference, false);
    if (!row) return refuse(row.error());
    transaction.run(sql::kSetStatus, {row->id.value(), name_of(status)});
    store::audit(*lease, mandate.actor, name_of(act), mandate.reason, row->id);
    if (!row->contact.email.empty()) {
        tell_(transaction, {row->contact.email, row->language, row->reference}, name_of(status));
    }
    store::commit_act(transaction, *row, act, now, {});
    return {};
}

Result<void, ServiceRefusal> Service::mark_read(std::string_view reference, const Mandate& mandate,
                                                UnixSeconds now) {
    return change(reference, ActKind::Read, Status::Read, mandate, now);
}

Result<void, ServiceRefusal> Service::transfer(std::string_view reference, const Mandate& mandate,
                                               UnixSeconds now) {
    return change(reference, ActKind::Transferred, Status::Transferred, mandate, now);
}

Result<void, ServiceRefusal> Service::close(std::string_view reference, const Mandate& mandate,
                                            UnixSeconds now) {
    return change(reference, ActKind::Closed, Status::Closed, mandate, now);
}

Result<void, ServiceRefusal> Service::write(std::string_view reference, std::string_view text,
                                            bool asks, const Mandate& mandate, UnixSeconds now) {
    const Lease lease = operators_.take();
    Transaction transaction{*lease};
    const auto row = find(transaction, keys_, reference, false);
    if (!row) return refuse(row.error());
    transaction.run(sql::kInsertMessage,
                    {row->id.value(), Value::time(now), true, asks,
                     Value::bytes(platform::crypto::seal(
                         *row->key, text, store::context_of("message", row->key_id)))});
    if (asks) transaction.run(sql::kSetStatus, {row->id.value(), name_of(Status::ComplementAsked)});
    store::audit(*lease, mandate.actor, "message_written", mandate.reason, row->id);
    if (!row->contact.email.empty()) {
        tell_(transaction, {row->contact.email, row->language, row->reference}, "message");
    }
    transaction.commit();
    return {};
}

Result<void, ServiceRefusal> Service::erase(std::string_view reference, const Mandate& mandate,
                                            UnixSeconds now) {
    const Lease lease = operators_.take();
    Transaction transaction{*lease};
    const auto row = find(transaction, keys_, reference, true);
    if (!row) return refuse(row.error());
    if (row->status == Status::Erased) return refuse(ServiceRefusal::Finished);
    transaction.run(sql::kEraseDeclaration, {row->id.value()});
    platform::vault::DataKeys::erase(transaction, row->key_id);
    platform::vault::Vault::erase_all_of(transaction,
                                         "declaration/" + std::to_string(row->id.value()));
    store::audit(*lease, mandate.actor, "erased", mandate.reason, row->id);
    store::DeclarationRow bare{.id = row->id, .reference = row->reference};
    store::commit_act(transaction, bare, ActKind::Erased, now, {});
    return {};
}

std::size_t Service::erase_expired(UnixSeconds now) {
    constexpr UnixSeconds kKeptSeconds = 6 * 365 * 86'400LL + 2 * 86'400LL; // with its leap days
    std::vector<std::string> references;
    {
        const Lease lease = operators_.take();
        const Rows rows = lease->run(sql::kExpiredDeclarations, {Value::time(now - kKeptSeconds)});
        for (int i = 0; i < rows.size(); ++i) references.emplace_back(rows[i].text(0));
    }
    std::size_t erased = 0;
    for (const std::string& reference : references) {
        if (erase(reference, {.actor = "retention", .reason = "kept for six years"}, now)) ++erased;
    }
    return erased;
}

Result<std::string, ServiceRefusal> Service::make_api_key(std::string_view name) {
    std::string key = std::string{kKeyPrefix} +
                      platform::crypto::to_base64url(platform::crypto::random_bytes(32));
    const Lease lease = operators_.take();
    const Rows made = lease->run(sql::kInsertApiKey, {name, Value::bytes(api_digest(keys_, key))});
    if (made.touched() == 0) return refuse(ServiceRefusal::Finished);
    return key;
}

bool Service::revoke_api_key(std::string_view name) {
    const Lease lease = operators_.take();
    return lease->run(sql::kRevokeApiKey, {name}).touched() > 0;
}

std::optional<ApiCaller> api_caller(platform::db::Pool& door, const KeyRing& keys,
                                    std::string_view bearer) {
    constexpr std::size_t kKeyBytesMax = 100;
    if (!bearer.starts_with(kKeyPrefix) || bearer.size() > kKeyBytesMax) return std::nullopt;
    const Lease lease = door.take();
    const Rows rows = lease->run(sql::kFindApiKey, {Value::bytes(api_digest(keys, bearer))});
    if (rows.empty()) return std::nullopt;
    return ApiCaller{.id = rows[0].integer(0), .name = std::string{rows[0].text(1)}};
}

} // namespace intake

#include "base/check.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/mail.hpp"
#include "platform/mail/queries.hpp"
#include "platform/mail/smtp/deliver.hpp"
#include "platform/mail/smtp/sender.hpp"

#include <fmt/format.h>

namespace platform::mail {

namespace {

constexpr std::string_view kJob = "mail.send";
constexpr std::size_t kIdBytes = 16; // 128 random bits: never the same twice

/// Ties the sealed bytes and their key to their row.
std::string context_of(std::string_view id) {
    return fmt::format("outbox/{}", id);
}

} // namespace

Outbox::Outbox(MailPolicy policy, const crypto::KeyRing& keys)
    : policy_{std::move(policy)}, keys_{keys} {
    check(is_sender(policy_.from), "the sender of mail was checked with the settings");
    start_gmime();
    start_curl();
}

void Outbox::put(db::Transaction& transaction, const Message& message) const {
    const std::optional<std::string> to = wire_address(message.to);
    check(to.has_value(), "the address of a mail was checked where it came in");
    const std::string id = crypto::to_hex(crypto::random_bytes(kIdBytes));
    const std::string sender = sender_address(policy_.from);
    const std::string message_id = id + sender.substr(sender.find('@'));
    // The recipient and what is said to them, as one: an address holds no line end.
    const std::string plain = *to + '\n' + compose(message, policy_.from, message_id);
    const crypto::SecretKey key = crypto::SecretKey::random();
    const std::string context = context_of(id);
    transaction.run(sql::kPutMessage, {id, db::Value::bytes(crypto::seal(key, plain, context)),
                                       db::Value::bytes(keys_.wrap(key, context))});
    jobs::ask(transaction, kJob, id);
}

void Outbox::register_jobs(jobs::Workers& workers) const {
    if (policy_.smtp_url.empty()) return;
    workers.handle(kJob, [this](db::Transaction& transaction, std::string_view id) {
        return send(transaction, id);
    });
}

void Outbox::erase(db::Transaction& transaction, std::string_view id) const {
    transaction.run(sql::kEraseMessage, {id});
}

jobs::Outcome Outbox::send(db::Transaction& transaction, std::string_view id) const {
    std::string sealed;
    std::string wrapped;
    {
        const db::Rows rows = transaction.run(sql::kSealedMessage, {id});
        if (rows.empty()) return jobs::Outcome::Done; // sent, or erased by a person
        sealed = rows[0].bytes(0);
        wrapped = rows[0].bytes(1);
    }
    const std::string context = context_of(id);
    const std::optional<crypto::SecretKey> key = keys_.unwrap(wrapped, context);
    const std::optional<std::string> plain =
        key ? crypto::open(*key, sealed, context) : std::nullopt;
    if (!plain) {
        log::error("mail.unreadable"); // another key ring than the one that sealed it
        return jobs::Outcome::Never;
    }
    const std::size_t end = plain->find('\n');
    const std::string_view all{*plain};
    const Delivery delivery = deliver(policy_, all.substr(0, end), all.substr(end + 1));
    switch (delivery.answer) {
    case Answer::Taken: erase(transaction, id); return jobs::Outcome::Done;
    case Answer::NotNow:
        log::warning("mail.not_now", {{"code", delivery.code}, {"curl", delivery.curl}});
        return jobs::Outcome::Later;
    case Answer::Refused:
        log::error("mail.refused", {{"code", delivery.code}});
        return jobs::Outcome::Never;
    }
    return jobs::Outcome::Later;
}

} // namespace platform::mail

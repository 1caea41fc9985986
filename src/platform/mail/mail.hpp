// Outgoing mail: written to the outbox in the transaction of the act that it tells of, sent by a
// job over SMTP (libcurl), tried again with back-off, then a person's task.
//
// A message is at rest only sealed, each with a key of its own that the key ring wraps; row and key
// go when the server has taken it, so it is gone from what is restored of a backup without the
// keys. When the answer of the server or the commit after it is lost, the message is sent again
// with the same Message-ID, by which mailboxes show it once: twice is better than never.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace platform::mail {

/// An address by RFC 5321 that mail can be sent to: a dot-atom, one '@', at most 254 bytes, a
/// domain with a dot, no address literal. The domain may be international (UTS 46).
[[nodiscard]] bool is_address(std::string_view address);
/// The same with its domain as the wire wants it; nothing when it is none.
[[nodiscard]] std::optional<std::string> wire_address(std::string_view address);
/// What From can say: an address, or a name and one: "Maillon <ne-pas-repondre@maillon.example>".
/// The domain may be a host's name without a dot.
[[nodiscard]] bool is_sender(std::string_view from);

struct Message {
    std::string to;
    std::string subject;  // no personal detail: it is shown on locked telephones
    std::string text;     // UTF-8, plain
    std::string html;     // the same in HTML, with inline styles only
    std::string language; // "fr", "en"
};

/// RFC 5322 with multipart/alternative, made by GMime; Auto-Submitted: auto-generated (RFC 3834).
/// Lines end with CRLF. `message_id` is without its brackets. Control characters in the subject
/// become spaces; `to` and `from` must be an address and a sender.
[[nodiscard]] std::string compose(const Message& message, std::string_view from,
                                  std::string_view message_id);

struct MailPolicy {
    std::string smtp_url; // "smtp://host:25", "smtps://…"; empty: mail is off, messages wait
    std::string user;
    std::string password;
    std::string from = "maillon@localhost"; // is_sender()
    /// For smtp://: whether STARTTLS is demanded, not only used when offered. With a user it always
    /// is. Certificates are checked in all cases.
    bool tls_required = false;
    std::string ca_file; // PEM of who signed the server's certificate; empty: the system's
};

class Outbox {
public:
    /// Before threads start: GMime and libcurl are started here. Outlives the workers.
    Outbox(MailPolicy policy, const crypto::KeyRing& keys);
    /// Sealed in table outbox, with its job. `to` is_address().
    void put(db::Transaction& transaction, const Message& message) const;
    /// The job "mail.send", whose subject is the message's id: refused for the time being (4xx, no
    /// connection) it is tried again, 12 times over three hours and a half; refused for good (5xx)
    /// or at the end it becomes a human task and the message stays. None when mail is off.
    void register_jobs(jobs::Workers& workers) const;
    /// A message that a person gave up, by the subject of its human task.
    void erase(db::Transaction& transaction, std::string_view id) const;

private:
    [[nodiscard]] jobs::Outcome send(db::Transaction& transaction, std::string_view id) const;

    MailPolicy policy_;
    const crypto::KeyRing& keys_;
};

} // namespace platform::mail

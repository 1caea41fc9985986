// Outgoing mail: written to the outbox in the transaction of the act that it tells of, sent by a
// job over SMTP (libcurl), tried again with back-off, then a person's task.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <string>
#include <string_view>

namespace platform::mail {

/// An address by RFC 5321 that mail can be sent to: one '@', no control characters, at most 254
/// bytes, a domain with a dot. The domain may be international (UTS 46).
[[nodiscard]] bool is_address(std::string_view address);

struct Message {
    std::string to;
    std::string subject;  // no personal detail: it is shown on locked telephones
    std::string text;     // UTF-8, plain
    std::string html;     // the same in HTML, with inline styles only
    std::string language; // "fr", "en"
};

/// RFC 5322 with multipart/alternative, made by GMime; Auto-Submitted: auto-generated (RFC 3834).
[[nodiscard]] std::string compose(const Message& message, std::string_view from,
                                  std::string_view message_id);

struct MailPolicy {
    std::string smtp_url; // "smtp://host:25", "smtps://…"; empty: mail is off, messages wait
    std::string user;
    std::string password;
    std::string from = "maillon@localhost";
};

class Outbox {
public:
    Outbox(MailPolicy policy, const crypto::KeyRing& keys);
    /// Sealed in table outbox, with its job.
    void put(db::Transaction& transaction, const Message& message) const;
    /// The job "mail.send".
    void register_jobs(jobs::Workers& workers) const;

private:
    MailPolicy policy_;
    const crypto::KeyRing& keys_;
};

} // namespace platform::mail

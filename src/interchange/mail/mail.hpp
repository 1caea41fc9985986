// A mail (RFC 5322, MIME) as a statement: what the suspect wrote, and whose addresses it shows.
//
// GMime parses in this process, without a sandbox: docs/interchange.md says what that means.
#pragma once

#include "engine/record/statement.hpp"
#include "interchange/reject_reason.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace interchange::mail {

struct MailPlace {
    std::string id;   // of the record
    std::string file; // named in the paths of attachments
};

std::optional<Fault> parse_mail(std::string_view bytes, const MailPlace& place,
                                engine::record::Statement& out);

} // namespace interchange::mail

// A mail as one text, for a reader who only looks for what is written in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace interchange {

/// Loads what reading a mail needs of the system's files (tables of charsets): afterwards
/// mail_text() opens none, so that it can run where files are out of reach.
void prepare_mail_text();

/// Lines "From: …", Reply-To, Return-Path, Subject and Date, an empty line, the words that the
/// mail's reader sees, then the mails forwarded in it in the same form. UTF-8, at most 1 MiB.
/// Nothing when it does not begin with the headers of a mail.
[[nodiscard]] std::optional<std::string> mail_text(std::string_view bytes);

} // namespace interchange

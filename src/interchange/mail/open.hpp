// The first steps with the bytes of a mail, whatever is read of it afterwards.
#pragma once

#include "interchange/mail/body.hpp"

#include <gmime/gmime.h>

#include <memory>
#include <string_view>

namespace interchange::mail {

struct FreeOptions {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
using Options = std::unique_ptr<GMimeParserOptions, FreeOptions>;

[[nodiscard]] Options loose_options();

/// Without what stands before the first header: a mark, blank lines, the separator of an mbox.
[[nodiscard]] std::string_view without_preamble(std::string_view bytes);

/// The message looks at `bytes` as long as it lives.
[[nodiscard]] Owned<GMimeMessage> read_message(std::string_view bytes, GMimeParserOptions* options);

[[nodiscard]] bool has_mail_headers(GMimeMessage* message);

} // namespace interchange::mail

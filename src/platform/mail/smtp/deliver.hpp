// One message given to the SMTP server by libcurl.
#pragma once

#include "platform/mail/mail.hpp"

#include <cstdint>
#include <string_view>

namespace platform::mail {

enum class Answer : std::uint8_t {
    Taken,
    NotNow,  // 4xx, or no conversation at all
    Refused, // 5xx about this message
};

struct Delivery {
    Answer answer = Answer::NotNow;
    long code = 0; // the server's last, 0 when it said none
    int curl = 0;  // CURLcode
};

/// Once a process, before threads.
void start_curl();

/// `to` in its wire form, `bytes` as compose() made them.
[[nodiscard]] Delivery deliver(const MailPolicy& policy, std::string_view to,
                               std::string_view bytes);

} // namespace platform::mail

// What composing and sending share about who sends.
#pragma once

#include <string>
#include <string_view>

namespace platform::mail {

/// Once a process, before anything of GMime.
void start_gmime();

/// The address alone of what is_sender().
[[nodiscard]] std::string sender_address(std::string_view from);

} // namespace platform::mail

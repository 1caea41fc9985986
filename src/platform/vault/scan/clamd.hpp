// The antivirus daemon of ClamAV, spoken to in its protocol (clamd(8), INSTREAM).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace platform::vault {

enum class Verdict : std::uint8_t {
    Clean,
    Infected,
    TooLarge, // for the daemon's own limit (StreamMaxLength): asking again changes nothing
    Unknown,  // it is absent, slow or failing: ask later
};

struct ClamdPolicy {
    std::string address; // path of a unix socket, or host:port
    std::chrono::seconds connect_max{5};
    std::chrono::seconds time_max{45}; // of one file: our transactions may idle for 60 s
};

/// `next` gives the content in pieces, empty at the end.
[[nodiscard]] Verdict ask_clamd(const ClamdPolicy& policy,
                                const std::function<std::string()>& next);

} // namespace platform::vault

// Instants as the interchange format writes them: RFC 3339 in, seconds since 1970 inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Seconds since 1970-01-01T00:00:00Z, no leap seconds.
using UnixSeconds = std::int64_t;

/// Parses an RFC 3339 date-time ("2026-03-01T09:30:00+01:00"), or a full-date alone, taken as
/// midnight UTC. Fractions of a second are accepted and dropped. Nothing when it is neither.
[[nodiscard]] std::optional<UnixSeconds> parse_rfc3339(std::string_view text);

/// "2026-03-01T08:30:00Z".
[[nodiscard]] std::string to_rfc3339(UnixSeconds at);

/// "2026-03-01".
[[nodiscard]] std::string to_iso_date(UnixSeconds at);

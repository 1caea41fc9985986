// gzip for answers (RFC 1952), when the asker takes it (RFC 9110 §12.5.3).
#pragma once

#include <string>
#include <string_view>

namespace platform::http {

inline constexpr std::size_t kCompressedFrom = 1024; // below, a packet carries it anyway

[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);
/// Texts; pictures and archives are compressed as they are.
[[nodiscard]] bool is_compressible(std::string_view content_type);
[[nodiscard]] std::string gzip(std::string_view bytes);

} // namespace platform::http

// Where a login may lead back to: a page of ours, whatever the address bar was made to say.
#pragma once

#include <string>
#include <string_view>

namespace identity {

/// Begins with one '/', holds printable ASCII without '\' alone, and is short: no browser reads
/// another host in it (WHATWG URL §4.4).
[[nodiscard]] bool is_local_path(std::string_view path);
/// The path, or the home page when it is none of ours.
[[nodiscard]] std::string local_path_or(std::string_view path, std::string_view home);

} // namespace identity

#include "identity/local_path.hpp"

#include <algorithm>

namespace identity {
namespace {

constexpr std::size_t kBytesMax = 512; // our longest address with its query has a hundred

} // namespace

bool is_local_path(std::string_view path) {
    if (path.empty() || path.size() > kBytesMax || path.front() != '/') return false;
    if (path.starts_with("//")) return false;
    return std::ranges::all_of(path, [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
}

std::string local_path_or(std::string_view path, std::string_view home) {
    return std::string{is_local_path(path) ? path : home};
}

} // namespace identity

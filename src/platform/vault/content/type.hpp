// What a file is, by how it begins. Nothing is parsed: signatures and the look of the bytes.
#pragma once

#include "platform/vault/vault.hpp"

#include <string_view>

namespace platform::vault {

constexpr std::size_t kHeadBytes = 4096; // of a file are looked at

[[nodiscard]] FileType type_of(std::string_view head);
/// As it stands in the database.
[[nodiscard]] std::string_view name_of(FileType type);
[[nodiscard]] FileType type_named(std::string_view name);

} // namespace platform::vault

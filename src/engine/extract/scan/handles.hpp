// Accounts on platforms, by an "@" or by the platform's name before them.
#pragma once

#include "engine/extract/scan/scan.hpp"

namespace engine::extract::scan {

/// "@jean_d", with the platform that the words around name.
std::size_t read_at_handle(Scan& scan, std::size_t at);

} // namespace engine::extract::scan

// E-mail addresses around an at-sign, whatever stands for it.
#pragma once

#include "engine/extract/scan/hosts.hpp"

namespace engine::extract::scan {

/// The address around the at-sign at `sign`; gives the place from which the scan goes on, at least
/// one past `anchor`.
std::size_t read_email_around(Scan& scan, Span sign, std::size_t anchor);

/// "jean at <host>": adds the address whose host was read, when an at-sign stands before it.
bool add_email_before_host(Scan& scan, const Host& host);

} // namespace engine::extract::scan

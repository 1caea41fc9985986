// URLs and bare domains.
#pragma once

#include "engine/extract/scan/hosts.hpp"

namespace engine::extract::scan {

/// Where the path, query and fragment that begin at `begin` end, without the sentence's own
/// punctuation.
[[nodiscard]] std::size_t url_tail_end(std::string_view text, std::size_t begin);

/// Adds the URL whose host was read at `host`; `begin` is where its scheme begins, or the host.
/// False when it is none.
bool add_url(Scan& scan, std::size_t begin, const Host& host, unsigned confidence);

/// The account that a link names ("t.me/jean"), or the number ("wa.me/33…"): added as parts of the
/// URL added last.
void add_account_of_link(Scan& scan, Span url, std::string_view href);

} // namespace engine::extract::scan

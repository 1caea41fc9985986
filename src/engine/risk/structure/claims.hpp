// Whose name a message uses: a body that it claims to come from.
#pragma once

#include "engine/risk/structure/findings.hpp"
#include "engine/risk/structure/read_text.hpp"

#include <cstdint>
#include <vector>

namespace engine::risk::structure {

struct Claim {
    std::uint16_t brand = 0; // of table::kBrands
    Span quote;
};

/// A body is claimed where names of senders stand: anywhere in a short message or in a heading
/// ("De :"); and when the message tells a swindler's story, in its first and last words, where a
/// newsletter only names what it speaks about. Each once.
[[nodiscard]] std::vector<Claim> find_claims(const ReadText& read, bool tells_story);

/// Every place where a body is named.
[[nodiscard]] std::vector<Claim> find_names(const ReadText& read);

[[nodiscard]] const table::Brand& brand_of(const Claim& claim);

/// `host` is the brand's own, or below it.
[[nodiscard]] bool is_home(const table::Brand& brand, std::string_view host);

/// Who writes, in the headings of a pasted mail, against the bodies named there.
void check_senders(const ReadText& read, Findings& out);

} // namespace engine::risk::structure

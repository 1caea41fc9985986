// The public suffix list (publicsuffix.org, algorithm of its wiki page "Format").
#pragma once

#include <cstddef>
#include <string_view>

namespace engine::normalise::web {

struct SuffixMatch {
    std::size_t suffix = 0;      // where the public suffix starts
    std::size_t registrable = 0; // where the registrable domain starts; `suffix` when there is none
    bool is_listed = false;      // false: the list does not know the top-level domain
    bool is_private = false;     // the rule belongs to an organisation (github.io), not to ICANN
};

/// `host` is lower-case ASCII, labels parted by single dots, without a dot at either end.
[[nodiscard]] SuffixMatch match_suffix(std::string_view host);

} // namespace engine::normalise::web

// Where links lead: domains that use or imitate a body's name, that hide where they lead, or that
// are made of the words of swindlers' pages.
#pragma once

#include "engine/risk/structure/claims.hpp"

#include <span>
#include <string>
#include <vector>

namespace engine::risk::structure {

/// Hosts of one text that are looked at; a text with more is a list.
constexpr std::size_t kHostsMax = 100;

struct Host {
    std::string value; // canonical, as normalise::parse_domain gives it
    Span quote;
    bool of_email = false;
};

/// Each host once, at its first place.
[[nodiscard]] std::vector<Host> find_hosts(const ReadText& read);

/// `claims`: bodies whose links should lead to their own pages.
void check_hosts(const ReadText& read, std::span<const Host> hosts, std::span<const Claim> claims,
                 Findings& out);

} // namespace engine::risk::structure

// Whom to call and where to pay: telephone numbers and accounts.
#pragma once

#include "engine/risk/structure/claims.hpp"

#include <span>

namespace engine::risk::structure {

void check_phones(const ReadText& read, std::span<const Claim> claims, Findings& out);

/// Accounts that cannot be, and accounts of another country than the body that is named.
void check_accounts(const ReadText& read, Findings& out);

} // namespace engine::risk::structure

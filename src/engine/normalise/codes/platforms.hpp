// Names of the platforms on which people have accounts.
#pragma once

#include <string>
#include <string_view>

namespace engine::normalise::codes {

/// One spelling for each platform ("Le Bon Coin" → "leboncoin", "insta" → "instagram"); the folded
/// word itself when it is not known, "unknown" when nothing is said.
[[nodiscard]] std::string platform_name(std::string_view as_written);

struct AccountLink {
    std::string_view platform; // empty: no link to an account
    std::string_view account;
};

/// The account that a link names ("https://t.me/jean_dupont"). `folded` is in lower case.
[[nodiscard]] AccountLink account_link(std::string_view folded);

} // namespace engine::normalise::codes

// The closed lists that the report's pages offer. Values are words of the interchange format; their
// labels stand in the locales under "category", "means" and "platform".
#pragma once

#include "intake/declaration.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace intake::web {

constexpr std::array<std::string_view, 16> kScamCategories{
    "phishing",         "fake_shop",
    "fake_seller",      "fake_buyer",
    "fake_rental",      "fake_bank_adviser",
    "romance",          "sextortion",
    "account_takeover", "contact_impersonation",
    "tech_support",     "investment",
    "crypto",           "ransomware",
    "identity_theft",   "other"};
constexpr std::array<std::string_view, 8> kIllicitCategories{
    "child_abuse", "terrorism",    "threats_violence", "hate",
    "harassment",  "endangerment", "drugs_weapons",    "other_illicit"};
constexpr std::array<std::string_view, 11> kMeans{
    "transfer",    "card", "voucher", "gift_card",    "crypto", "payment_app",
    "money_order", "cash", "cheque",  "direct_debit", "other"};
constexpr std::array<std::string_view, 21> kPlatforms{
    "sms",      "email",       "phone",       "whatsapp",    "telegram", "signal",  "messenger",
    "facebook", "instagram",   "snapchat",    "tiktok",      "x",        "discord", "linkedin",
    "youtube",  "dating_site", "classifieds", "marketplace", "website",  "game",    "other"};

[[nodiscard]] inline std::span<const std::string_view> categories_of(std::string_view nature) {
    if (nature == name_of(Nature::Illicit)) return kIllicitCategories;
    return kScamCategories;
}

/// Who reports this may be watched by someone close: the quick exit is shown.
[[nodiscard]] inline bool is_at_risk(std::string_view category) {
    constexpr std::array<std::string_view, 5> kAtRisk{"romance", "sextortion", "child_abuse",
                                                      "harassment", "threats_violence"};
    return std::ranges::find(kAtRisk, category) != kAtRisk.end();
}

template <class List> [[nodiscard]] bool is_one_of(std::string_view word, const List& list) {
    return std::ranges::find(list, word) != std::ranges::end(list);
}

} // namespace intake::web

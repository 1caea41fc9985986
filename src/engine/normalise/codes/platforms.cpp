#include "engine/normalise/codes/platforms.hpp"

#include "engine/normalise/written/fold.hpp"

#include <algorithm>

namespace engine::normalise::codes {
namespace {

struct Alias {
    std::string_view written; // folded, without spaces
    std::string_view name;
};

constexpr Alias kAliases[]{
    {"fb", "facebook"},
    {"facebookmessenger", "facebook"},
    {"messenger", "facebook"},
    {"facebookmarketplace", "facebook"},
    {"marketplace", "facebook"},
    {"meta", "facebook"},
    {"insta", "instagram"},
    {"ig", "instagram"},
    {"tg", "telegram"},
    {"tele", "telegram"},
    {"télégram", "telegram"},
    {"wa", "whatsapp"},
    {"wapp", "whatsapp"},
    {"watsapp", "whatsapp"},
    {"watsap", "whatsapp"},
    {"whatsap", "whatsapp"},
    {"whatsup", "whatsapp"},
    {"whatsappbusiness", "whatsapp"},
    {"snap", "snapchat"},
    {"sc", "snapchat"},
    {"x", "twitter"},
    {"tik", "tiktok"},
    {"tt", "tiktok"},
    {"lbc", "leboncoin"},
    {"boncoin", "leboncoin"},
    {"leboncoinfr", "leboncoin"},
    {"vintedfr", "vinted"},
    {"googlechat", "hangouts"},
    {"hangout", "hangouts"},
    {"skypeid", "skype"},
    {"paypalme", "paypal"},
    {"yt", "youtube"},
    {"linkedln", "linkedin"},
    {"badoofr", "badoo"},
    {"meeticfr", "meetic"},
};

struct Host {
    std::string_view host;
    std::string_view platform;
};

constexpr Host kHosts[]{
    {"t.me", "telegram"},
    {"telegram.me", "telegram"},
    {"telegram.dog", "telegram"},
    {"wa.me", "whatsapp"},
    {"instagram.com", "instagram"},
    {"instagr.am", "instagram"},
    {"facebook.com", "facebook"},
    {"fb.com", "facebook"},
    {"fb.me", "facebook"},
    {"m.me", "facebook"},
    {"snapchat.com", "snapchat"},
    {"tiktok.com", "tiktok"},
    {"twitter.com", "twitter"},
    {"x.com", "twitter"},
    {"linkedin.com", "linkedin"},
    {"vinted.fr", "vinted"},
    {"vinted.com", "vinted"},
    {"leboncoin.fr", "leboncoin"},
    {"paypal.me", "paypal"},
    {"paypal.com", "paypal"},
    {"youtube.com", "youtube"},
    {"discord.com", "discord"},
    {"vk.com", "vk"},
    {"onlyfans.com", "onlyfans"},
};

// Path segments that stand before the account's own.
constexpr std::string_view kLeadingSegments[]{"add",      "in",     "people",  "user",    "users",
                                              "u",        "member", "membre",  "profile", "profil",
                                              "paypalme", "c",      "channel", "s",       "public"};

constexpr std::string_view kSubdomains[]{"www.", "m.", "web.", "mobile.", "fr-fr.", "fr."};

std::string_view without_scheme(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
    for (const std::string_view subdomain : kSubdomains) {
        if (text.starts_with(subdomain)) text.remove_prefix(subdomain.size());
    }
    return text;
}

// "profile.php?id=1000…": the account is the number.
std::string_view account_in_query(std::string_view path) {
    const std::size_t id = path.find("profile.php?id=");
    if (id == std::string_view::npos) return {};
    const std::string_view value = path.substr(id + std::string_view{"profile.php?id="}.size());
    return value.substr(0, value.find_first_not_of("0123456789"));
}

std::string_view account_in_path(std::string_view path) {
    if (const std::string_view account = account_in_query(path); !account.empty()) return account;
    path = path.substr(0, path.find_first_of("?#"));
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (segment.empty() || std::ranges::count(kLeadingSegments, segment) != 0) continue;
        return segment;
    }
    return {};
}

} // namespace

std::string platform_name(std::string_view as_written) {
    std::string name;
    for (const char c : written::fold_case(as_written)) {
        const bool separates = c == ' ' || c == '.' || c == '-' || c == '_' || c == '\t';
        if (!separates) name += c;
    }
    if (name.empty()) return "unknown";
    for (const Alias& alias : kAliases) {
        if (name == alias.written) return std::string{alias.name};
    }
    return name;
}

AccountLink account_link(std::string_view folded) {
    const std::string_view link = without_scheme(folded);
    const std::size_t slash = link.find('/');
    if (slash == std::string_view::npos) return {};
    for (const Host& host : kHosts) {
        if (link.substr(0, slash) != host.host) continue;
        return {host.platform, account_in_path(link.substr(slash + 1))};
    }
    return {};
}

} // namespace engine::normalise::codes

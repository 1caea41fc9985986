// Names of click and campaign identifiers come from the documentation of those who add them: Google
// Ads, Meta, Microsoft Advertising, TikTok, X, LinkedIn, Yandex, Mailchimp, HubSpot, Marketo,
// Matomo, AT Internet, Adobe. The others are the names under which kits pass the victim's address.
#include "engine/normalise/web/victim_parameters.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/digest/base64.hpp"
#include "engine/normalise/web/percent.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace engine::normalise::web {
namespace {

constexpr auto kNone = std::string_view::npos;

constexpr auto kNames = std::to_array<std::string_view>({
    "_ga",           "_gl",          "_hsenc",     "_hsmi",     "_openstat",  "adresse_email",
    "adressemail",   "courriel",     "dclid",      "e-mail",    "e_mail",     "email",
    "email_address", "emailaddress", "epik",       "fbclid",    "gad_source", "gbraid",
    "gclid",         "gclsrc",       "igsh",       "igshid",    "li_fat_id",  "login_hint",
    "mail",          "mc_cid",       "mc_eid",     "mkt_tok",   "msclkid",    "mtm_campaign",
    "oly_anon_id",   "oly_enc_id",   "rb_clickid", "recipient", "s_cid",      "scclid",
    "srsltid",       "ttclid",       "twclid",     "useremail", "vero_conv",  "vero_id",
    "wbraid",        "wickedid",     "xtor",       "yclid",     "ysclid",
});
static_assert(std::ranges::is_sorted(kNames));

constexpr std::array<std::string_view, 3> kFamilies{"utm_", "pk_", "hsa_"};

bool is_named_after_a_click(std::string_view name) {
    const std::string lower = lower_ascii(name);
    if (std::ranges::binary_search(kNames, std::string_view{lower})) return true;
    return std::ranges::any_of(kFamilies,
                               [&](std::string_view family) { return lower.starts_with(family); });
}

// local@label.tld, loosely: enough to know that a value is somebody's address.
bool looks_like_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == kNone || at == 0 || text.find('@', at + 1) != kNone) return false;
    const std::string_view host = text.substr(at + 1);
    const std::size_t dot = host.rfind('.');
    if (dot == kNone || dot == 0 || host.size() - dot < 3) return false;
    const auto is_address_character = [](char c) {
        const char lower = to_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view{"._%+-@"}.find(c) != kNone || static_cast<unsigned char>(c) > 0x7F;
    };
    return std::ranges::all_of(text, is_address_character);
}

// What the value says in base64 or base64url; empty when it is neither.
std::string base64_decode(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string decoded;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int digit = digest::base64_digit(c);
        if (digit < 0) return {};
        bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            decoded += static_cast<char>(bits >> count & 255U);
        }
    }
    return decoded;
}

constexpr std::size_t kEmailBytesMax = 254; // RFC 5321, erratum 1690

bool names_a_victim(std::string_view parameter) {
    const std::size_t equals = parameter.find('=');
    if (equals != kNone && is_named_after_a_click(percent_decode(parameter.substr(0, equals)))) {
        return true;
    }
    const std::string value =
        percent_decode(equals == kNone ? parameter : parameter.substr(equals + 1));
    if (value.size() > kEmailBytesMax * 4 / 3) return false;
    return looks_like_email(value) || looks_like_email(base64_decode(value));
}

} // namespace

std::string without_victim_parameters(std::string_view query) {
    std::string kept;
    kept.reserve(query.size());
    while (true) {
        const std::size_t end = query.find('&');
        const std::string_view parameter = query.substr(0, end);
        if (!parameter.empty() && !names_a_victim(parameter)) {
            if (!kept.empty()) kept += '&';
            kept += parameter;
        }
        if (end == kNone) return kept;
        query.remove_prefix(end + 1);
    }
}

} // namespace engine::normalise::web

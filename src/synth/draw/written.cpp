#include "synth/draw/written.hpp"

#include "base/ascii.hpp"

#include <array>

namespace synth {
namespace {

using engine::record::IdentifierType;

std::string grouped(std::string_view text, std::size_t size, std::string_view joint,
                    std::size_t first = 0) {
    std::string out{text.substr(0, first)};
    for (std::size_t i = first; i < text.size(); i += size) {
        if (i > 0) out += joint;
        out += text.substr(i, size);
    }
    return out;
}

std::string in_words(std::string_view pair) {
    constexpr std::array<std::string_view, 17> kSmall{
        "zéro", "un",  "deux", "trois", "quatre", "cinq",     "six",    "sept", "huit",
        "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"};
    constexpr std::array<std::string_view, 7> kTens{"",         "dix",       "vingt",   "trente",
                                                    "quarante", "cinquante", "soixante"};
    const std::size_t tens = static_cast<std::size_t>(pair[0] - '0');
    const std::size_t units = static_cast<std::size_t>(pair[1] - '0');
    const std::size_t number = tens * 10 + units;
    if (tens == 0) return std::string{kSmall[0]} + " " + std::string{kSmall[units]};
    if (number < 17) return std::string{kSmall[number]};
    if (number < 20) return "dix-" + std::string{kSmall[units]};
    if (tens == 8)
        return units == 0 ? "quatre-vingts" : "quatre-vingt-" + std::string{kSmall[units]};
    if (tens == 7 || tens == 9) {
        const std::string base = tens == 7 ? "soixante" : "quatre-vingt";
        const std::string joint = number == 71 ? " et " : "-";
        return base + joint +
               (units < 7 ? std::string{kSmall[10 + units]} : "dix-" + std::string{kSmall[units]});
    }
    if (units == 0) return std::string{kTens[tens]};
    return std::string{kTens[tens]} + (units == 1 ? " et " : "-") + std::string{kSmall[units]};
}

std::string french_phone(std::string_view national, Random& random) {
    std::string with_zero = "0" + std::string{national};
    const std::string rest = grouped(national.substr(1), 2, " ");
    switch (random.below(41)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7: return with_zero;
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
    case 15: return grouped(with_zero, 2, " ");
    case 16:
    case 17:
    case 18:
    case 19: return grouped(with_zero, 2, ".");
    case 20:
    case 21: return grouped(with_zero, 2, "-");
    case 22:
    case 23:
    case 24: return "+33 " + std::string{national.substr(0, 1)} + " " + rest;
    case 25:
    case 26:
    case 27:
    case 28:
    case 29: return "+33" + std::string{national};
    case 30: return "+33 (0)" + std::string{national.substr(0, 1)} + " " + rest;
    case 31:
    case 32: return "0033" + std::string{national};
    case 33: return grouped(with_zero, 2, "/");
    case 34: return grouped(with_zero, 3, " ", 4);
    case 35: return grouped(with_zero, 2, "\u00A0");
    case 36: return "(" + with_zero.substr(0, 2) + ") " + grouped(with_zero.substr(2), 2, " ");
    case 37: { // a letter for the first zero
        std::string text = grouped(with_zero, 2, " ");
        text[0] = 'O';
        return text;
    }
    case 38: { // dictated
        const bool digits = with_zero.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || random.chance(.5)) return grouped(with_zero, 2, ", ");
        std::string text;
        for (std::size_t i = 0; i < with_zero.size(); i += 2) {
            text += (i > 0 ? " " : "") + in_words(with_zero.substr(i, 2));
        }
        return text;
    }
    case 39: return "https://wa.me/33" + std::string{national};
    default: return grouped(with_zero, 2, " . ");
    }
}

std::string foreign_phone(std::string_view canonical, Random& random) {
    const std::string country{canonical.substr(0, 4)};
    const std::string_view rest = canonical.substr(4);
    switch (random.below(5)) {
    case 0: return std::string{canonical};
    case 1: return country + " " + grouped(rest, 2, " ");
    case 2: return "00" + country.substr(1) + std::string{rest};
    case 3: return country + " " + std::string{rest};
    default: return country + "-" + grouped(rest, 2, "-");
    }
}

std::string iban_in_text(std::string_view canonical, Random& random) {
    const bool french = canonical.starts_with("FR");
    switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: return std::string{canonical};
    case 5: return lower_ascii(canonical);
    case 6: return lower_ascii(grouped(canonical, 4, " "));
    case 7: return grouped(canonical, 4, "-");
    case 8: // broken over two lines
        return grouped(canonical.substr(0, 12), 4, " ") + "\n" +
               grouped(canonical.substr(12), 4, " ");
    case 9: return "IBAN:" + std::string{canonical};
    case 10:
        if (french) { // RIB: bank, branch, account, key
            const std::string_view rib = canonical.substr(4);
            return std::string{rib.substr(0, 5)} + " " + std::string{rib.substr(5, 5)} + " " +
                   std::string{rib.substr(10, 11)} + " " + std::string{rib.substr(21)};
        }
        return std::string{canonical};
    case 11: return grouped(canonical, 4, "\u00A0");
    case 12: return grouped(canonical, 4, "  ");
    default: return grouped(canonical, 4, " ");
    }
}

std::string mail_in_text(std::string_view canonical, Random& random) {
    const std::size_t at = canonical.find('@');
    const std::string local{canonical.substr(0, at)};
    const std::string host{canonical.substr(at + 1)};
    const std::size_t dot = host.rfind('.');
    switch (random.below(25)) {
    case 0: return local + " arobase " + host.substr(0, dot) + " point " + host.substr(dot + 1);
    case 1: return local + " @ " + host;
    case 2: return local + "[at]" + host;
    case 3: return local + " (at) " + host.substr(0, dot) + " dot " + host.substr(dot + 1);
    case 4:
        return static_cast<char>(local[0] >= 'a' && local[0] <= 'z' ? local[0] - 'a' + 'A'
                                                                    : local[0]) +
               local.substr(1) + "@" + host;
    case 5: return "<" + local + "@" + host + ">";
    case 6: return "mailto:" + local + "@" + host;
    default: return local + "@" + host;
    }
}

std::string domain_in_text(std::string_view canonical, Random& random) {
    std::string host{canonical};
    const std::size_t dot = host.rfind('.');
    switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5: return "https://" + host;
    case 6:
    case 7: return "https://www." + host + "/";
    case 8:
    case 9: return "www." + host;
    case 10: return "http://" + host + "/";
    case 11: return "hxxps://" + host.substr(0, dot) + "[.]" + host.substr(dot + 1);
    case 12: return host.substr(0, dot) + " point " + host.substr(dot + 1);
    case 13: return host.substr(0, dot) + "[.]" + host.substr(dot + 1);
    case 14: return "Https://" + host;
    default: return host;
    }
}

std::string handle_in_text(std::string_view canonical, Random& random) {
    const std::size_t colon = canonical.find(':');
    const std::string platform{canonical.substr(0, colon)};
    const std::string account{canonical.substr(colon + 1)};
    switch (random.below(6)) {
    case 0: return "@" + account + " (" + platform + ")";
    case 1: return account + " sur " + platform;
    case 2: return platform + " : @" + account;
    case 3: return "@" + account + " sur " + platform;
    case 4: return platform + " " + account;
    default: return "« " + account + " » sur " + platform;
    }
}

} // namespace

std::string written(IdentifierType type, std::string_view canonical, Random& random) {
    switch (type) {
    case IdentifierType::Phone:
        return canonical.starts_with("+33") ? french_phone(canonical.substr(3), random)
                                            : foreign_phone(canonical, random);
    case IdentifierType::Iban: return iban_in_text(canonical, random);
    case IdentifierType::Email: return mail_in_text(canonical, random);
    case IdentifierType::Domain: return domain_in_text(canonical, random);
    case IdentifierType::Handle: return handle_in_text(canonical, random);
    case IdentifierType::Voucher:
        return random.chance(.5) ? grouped(canonical, 4, " ") : std::string{canonical};
    case IdentifierType::Url:
    case IdentifierType::Wallet:
    case IdentifierType::Parcel:
    case IdentifierType::Card:
    case IdentifierType::Ip:
    case IdentifierType::Order:
    case IdentifierType::Name: break;
    }
    return std::string{canonical};
}

std::string declared(IdentifierType type, std::string_view canonical, Random& random) {
    switch (type) {
    case IdentifierType::Phone:
        if (!canonical.starts_with("+33")) return std::string{canonical};
        return random.chance(.5) ? "0" + std::string{canonical.substr(3)}
                                 : grouped("0" + std::string{canonical.substr(3)}, 2, " ");
    case IdentifierType::Iban:
        return random.chance(.6) ? std::string{canonical} : grouped(canonical, 4, " ");
    case IdentifierType::Domain:
        return random.chance(.5) ? std::string{canonical} : "www." + std::string{canonical};
    case IdentifierType::Handle: return std::string{canonical.substr(canonical.find(':') + 1)};
    case IdentifierType::Email:
    case IdentifierType::Url:
    case IdentifierType::Wallet:
    case IdentifierType::Voucher:
    case IdentifierType::Parcel:
    case IdentifierType::Card:
    case IdentifierType::Ip:
    case IdentifierType::Order:
    case IdentifierType::Name: break;
    }
    return std::string{canonical};
}

std::string slipped(std::string_view canonical, Random& random) {
    constexpr std::string_view kLookAlikes = "0O1I8B5S2Z6G";
    std::string text{canonical};
    // The country of a number or an account is rarely wrong: slips fall on the rest.
    const std::size_t start = text.size() > 8 ? 5 : 1;
    const std::size_t at = start + random.index(text.size() - start);
    const char c = text[at];
    const std::size_t twin = kLookAlikes.find(c);
    if (random.chance(.3) && at + 1 < text.size() && text[at + 1] != c) {
        std::swap(text[at], text[at + 1]);
    } else if (random.chance(.25) && twin != std::string_view::npos) {
        text[at] = kLookAlikes[twin ^ 1];
    } else if (c >= '0' && c <= '9') {
        text[at] = static_cast<char>('0' + (c - '0' + 1 + static_cast<int>(random.below(9))) % 10);
    } else if (c >= 'a' && c <= 'z') {
        text[at] = static_cast<char>('a' + (c - 'a' + 1 + static_cast<int>(random.below(25))) % 26);
    } else {
        text.insert(at, 1, c);
    }
    return text;
}

} // namespace synth

#include "engine/extract/scan/web.hpp"

#include "engine/extract/scan/email.hpp"
#include "engine/extract/scan/plausible.hpp"
#include "engine/extract/scan/words.hpp"
#include "engine/normalise/codes.hpp"
#include "engine/normalise/phone.hpp"
#include "engine/normalise/web.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kUrlBytesMax = 2048; // what browsers and messaging applications agree on
constexpr std::size_t kUserBytesMax = 64;
constexpr std::size_t kLabelsDroppedMax = 3; // "exemple.fr.Merci.Bonne journée"

std::string_view domain_rule(std::string_view canonical, bool disguised) {
    if (disguised) return "domain.defanged";
    return canonical.find("xn--") == std::string_view::npos ? "domain.bare" : "domain.idn";
}

// Past "user:password@" of a URL; `begin` when there is none.
std::size_t skip_user(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at - begin < kUserBytesMax && is_at(text, at, kLocal) && text[at] != '/' &&
           text[at] != '?') {
        ++at;
    }
    return byte_at(text, at) == '@' && at > begin ? at + 1 : begin;
}

std::size_t port_end(std::string_view text, std::size_t at) {
    if (byte_at(text, at) != ':' || !is_at(text, at + 1, kDigit)) return at;
    std::size_t end = at + 1;
    while (end - at <= 5 && is_at(text, end, kDigit)) ++end;
    return is_at(text, end, kWord) ? at : end;
}

bool begins_tail(std::string_view text, std::size_t at) {
    const char c = byte_at(text, at);
    return c == '/' || ((c == '?' || c == '#') && is_at(text, at + 1, kAlnum));
}

// A card's number in a link is masked like any other.
void mask_card_digits(std::string& href, const normalise::CardKey& key) {
    constexpr std::size_t kCardDigitsMin = 13;
    for (std::size_t at = 0; at < href.size(); ++at) {
        std::size_t end = at;
        while (is_at(href, end, kDigit)) ++end;
        const std::string_view digits = std::string_view{href}.substr(at, end - at);
        if (digits.size() >= kCardDigitsMin && normalise::pseudonymise_card(digits, key)) {
            std::fill(href.begin() + static_cast<std::ptrdiff_t>(at + 6),
                      href.begin() + static_cast<std::ptrdiff_t>(end - 4), '*');
        }
        at = std::max(at, end);
    }
}

// Words that are no account in the first place of a path.
constexpr std::string_view kReservedSegments[]{
    "ad",     "ads",        "about",   "accounts",  "checkout", "events",      "explore",
    "groups", "hashtag",    "help",    "home",      "i",        "intent",      "item",
    "items",  "joinchat",   "login",   "p",         "pages",    "photo",       "photos",
    "post",   "posts",      "privacy", "reel",      "reels",    "search",      "share",
    "sharer", "sharer.php", "shorts",  "signin",    "story",    "status",      "stories",
    "video",  "videos",     "watch",   "webscr",    "send",     "marketplace", "channels",
    "invite", "pay",        "vi",      "recherche", "boutique", "catalog"};

constexpr std::string_view kArticlesWords[]{"le.",      "un.",    "ce.",  "au.",   "du.",
                                            "mon.",     "ton.",   "son.", "quel.", "premier.",
                                            "dernier.", "autre.", "the."};
constexpr Cues kArticles{kArticlesWords};

// Where an address may name an account; what it names is for normalise::parse_handle to say.
constexpr std::string_view kAccountHosts[]{"discord.com",
                                           "facebook.com",
                                           "fb.com",
                                           "fb.me",
                                           "instagr.am",
                                           "instagram.com",
                                           "leboncoin.fr",
                                           "linkedin.com",
                                           "m.facebook.com",
                                           "m.me",
                                           "onlyfans.com",
                                           "paypal.com",
                                           "paypal.me",
                                           "snapchat.com",
                                           "t.me",
                                           "telegram.me",
                                           "tiktok.com",
                                           "twitter.com",
                                           "vinted.com",
                                           "vinted.fr",
                                           "vk.com",
                                           "wa.me",
                                           "api.whatsapp.com",
                                           "x.com",
                                           "youtube.com",
                                           "fr-fr.facebook.com",
                                           "web.facebook.com",
                                           "mobile.twitter.com",
                                           "telegram.dog",
                                           "fr.linkedin.com"};

bool may_name_account(std::string_view host) {
    return std::ranges::find(kAccountHosts, host) != std::end(kAccountHosts);
}

} // namespace

std::size_t url_tail_end(std::string_view text, std::size_t begin) {
    const std::size_t limit = std::min(text.size(), begin + kUrlBytesMax);
    std::size_t end = begin;
    int open_brackets = 0;
    while (end < limit) {
        const std::size_t letter = is(text[end], kUrl) ? 1 : label_character_at(text, end);
        if (letter == 0) break;
        if (text[end] == '(') ++open_brackets;
        if (text[end] == ')' && --open_brackets < 0) break;
        end += letter;
    }
    constexpr std::string_view kSentenceMarks = ".,;:!?'*|";
    while (end > begin && kSentenceMarks.find(text[end - 1]) != std::string_view::npos) --end;
    return end;
}

void add_account_of_link(Scan& scan, Span url, std::string_view href) {
    const std::size_t scheme = href.find("://");
    if (scheme == std::string_view::npos) return;
    std::string_view link = href.substr(scheme + 3);
    if (link.starts_with("www.")) link.remove_prefix(4);
    const bool whatsapp = link.starts_with("wa.me/") || link.starts_with("api.whatsapp.com/");
    if (whatsapp) {
        const std::size_t digits = link.find_first_of("0123456789");
        if (digits == std::string_view::npos) return;
        const std::size_t end = std::min(link.find_first_not_of("0123456789", digits), link.size());
        const std::string_view number = link.substr(digits, end - digits);
        const std::size_t at = scan.text.substr(url.begin, url.end - url.begin).find(number);
        auto phone = normalise::parse_e164_digits(number);
        if (!phone || at == std::string_view::npos) return;
        const Span span{url.begin + at, url.begin + at + number.size()};
        scan.finds.add_part(IdentifierType::Phone, span, std::move(phone->e164),
                            "phone.whatsapp_link", 95);
        return;
    }
    auto handle = normalise::parse_handle(link, {});
    if (!handle || handle->starts_with("unknown:")) return;
    const std::size_t colon = handle->find(':');
    const std::string_view platform = std::string_view{*handle}.substr(0, colon);
    const std::string_view account = std::string_view{*handle}.substr(colon + 1);
    const bool shop = platform == "leboncoin" || platform == "vinted" || platform == "linkedin" ||
                      platform == "paypal";
    const bool profile = link.find("/prof") != std::string_view::npos ||
                         link.find("/member/") != std::string_view::npos ||
                         link.find("/in/") != std::string_view::npos ||
                         link.find("paypalme/") != std::string_view::npos ||
                         link.starts_with("paypal.me/");
    if (shop && !profile) return;
    if (account.size() < 3 || std::ranges::count(kReservedSegments, account) != 0) return;
    scan.finds.add_part(IdentifierType::Handle, url, *std::move(handle), "handle.link", 90);
}

bool add_url(Scan& scan, std::size_t begin, const Host& host, unsigned confidence) {
    const std::string_view text = scan.text;
    const std::size_t after_port = port_end(text, host.span.end);
    const std::size_t end =
        begins_tail(text, after_port) ? url_tail_end(text, after_port) : after_port;
    const std::string_view tail = text.substr(host.span.end, end - host.span.end);
    Result<normalise::Url, normalise::WebRefusal> url = refuse(normalise::WebRefusal::Empty);
    const std::string_view scheme = text.substr(begin, host.span.begin - begin);
    const bool plain = !host.disguised && (scheme.empty() || reads(scheme, 0, "http"));
    if (plain) {
        url = normalise::parse_url(text.substr(begin, end - begin));
    } else {
        std::string clean{scheme.find_first_of("sS") == std::string_view::npos ? "http://"
                                                                               : "https://"};
        if (scheme.empty()) clean.clear();
        clean.append(host.text()).append(tail);
        url = normalise::parse_url(clean);
    }
    if (!url) return false;
    mask_card_digits(url->href, scan.policy.card_key);
    const bool address = url->host.find_first_not_of("0123456789.") == std::string::npos ||
                         url->host.find(':') != std::string::npos;
    const std::string link = may_name_account(url->host) ? url->href : std::string{};
    const std::string_view rule = !plain           ? "url.defanged"
                                  : scheme.empty() ? "url.no_scheme"
                                                   : "url.http";
    if (!scan.finds.add(IdentifierType::Url, {begin, end}, std::move(url->href), rule,
                        confidence)) {
        return false;
    }
    if (address) {
        scan.finds.add_part(IdentifierType::Ip, host.span, std::move(url->host), "ip.of_url",
                            confidence);
    } else {
        scan.finds.add_part(IdentifierType::Domain, host.span, std::move(url->host),
                            "domain.of_url", confidence);
        if (!link.empty()) add_account_of_link(scan, {begin, end}, link);
    }
    return true;
}

namespace {

// The longest beginning of the host that is a domain and is meant as one: "exemple.fr.Merci" is
// "exemple.fr". Gives the number of labels, 0 when there is none.
struct BareDomain {
    std::size_t labels = 0;
    unsigned confidence = 0;
    std::string canonical;
};

BareDomain bare_domain(std::string_view text, const Host& host) {
    for (std::size_t count = host.labels; count >= 2; --count) {
        if (host.labels - count > kLabelsDroppedMax) break;
        const std::string_view candidate = host.first_labels(count);
        const Span span{host.span.begin, host.written_end(count)};
        if (const unsigned confidence = bare_domain_confidence(text, span, candidate)) {
            if (auto domain = normalise::parse_domain(candidate)) {
                const bool whole = count == host.labels;
                return {count, whole ? confidence : std::min(confidence, 75U), *std::move(domain)};
            }
        }
        if (is_file_extension(host.label(count - 1))) break;
    }
    return {};
}

// A host with a path, or none: URL or domain.
bool add_host(Scan& scan, const Host& host) {
    const std::string_view text = scan.text;
    const std::size_t after_port = port_end(text, host.span.end);
    const std::string_view last = host.label(host.labels - 1);
    // "et/ou", "s.f/12": a path after a word of the language needs a name that is one.
    if (begins_tail(text, after_port) && host.label(host.labels - 2).size() > 1) {
        const bool usual = top_level_of(last) == TopLevel::Usual;
        const bool path = url_tail_end(text, after_port) > after_port + 1;
        const bool known =
            path && is_at(text, after_port + 1, kAlnum) && top_level_of(last) == TopLevel::Word;
        if ((usual || known || reads(host.text(), 0, "www.") || host.text() == "t.me") &&
            add_url(scan, host.span.begin, host, usual ? 95 : 80)) {
            return true;
        }
    }
    if (begins_tail(text, after_port) && host.label(host.labels - 2).size() == 1 &&
        url_tail_end(text, after_port) > after_port + 2 &&
        top_level_of(last) != TopLevel::Starter) { // t.me/…, x.com/…, g.co/…
        if (add_url(scan, host.span.begin, host, 90)) return true;
    }
    BareDomain found = bare_domain(text, host);
    if (found.labels == 0) return false;
    const Span span{host.span.begin, host.written_end(found.labels)};
    const std::string_view rule = domain_rule(found.canonical, host.disguised);
    return scan.finds.add(IdentifierType::Domain, span, std::move(found.canonical), rule,
                          found.confidence);
}

std::size_t read_host_at(Scan& scan, std::size_t begin, Dots dots) {
    const std::string_view text = scan.text;
    const Host host = read_host(text, begin, dots);
    if (host.too_long || host.labels < 2) return std::max(host.span.end, begin + 1);
    // The local part of an address: the at-sign reads it.
    std::size_t local = host.span.end;
    while (local - host.span.end < kUserBytesMax && is_at(text, local, kLocal)) ++local;
    if (byte_at(text, local) == '@') return local;
    const bool found = is_before(text, begin, kLocal) && text[begin - 1] == '@'
                           ? false
                           : add_email_before_host(scan, host) || add_host(scan, host);
    return found && scan.finds.reaches(host.span.begin)
               ? std::max(host.span.begin + 1, std::min(host.span.end, scan.finds.end()))
               : host.span.end;
}

bool is_scheme(std::string_view written) {
    constexpr std::string_view kSchemes[]{"http", "https", "hxxp", "hxxps", "h**p",  "h**ps",
                                          "htxp", "htxps", "httx", "httxs", "hxtp",  "hxtps",
                                          "ttp",  "ttps",  "htp",  "htps",  "htttp", "htttps"};
    return std::ranges::any_of(kSchemes, [&](std::string_view scheme) {
        return written.size() == scheme.size() && reads(written, 0, scheme);
    });
}

// "scheme://" whose slashes end at `end`: where the scheme begins, `end` when it is none.
std::size_t scheme_begin(std::string_view text, std::size_t colon) {
    constexpr std::size_t kSchemeBytesMax = 6;
    std::size_t begin = colon;
    while (colon - begin < kSchemeBytesMax &&
           (is_before(text, begin, kLetter) || (begin > 0 && text[begin - 1] == '*'))) {
        --begin;
    }
    for (; begin < colon; ++begin) { // "icihttps://"
        if (is_scheme(text.substr(begin, colon - begin))) return begin;
    }
    return colon;
}

std::size_t read_url(Scan& scan, std::size_t scheme, std::size_t after_slashes) {
    const std::string_view text = scan.text;
    const std::size_t begin = skip_user(text, after_slashes);
    const Host host = read_host(text, begin, Dots::Bracketed);
    if (host.labels == 0) return after_slashes;
    if (host.labels >= 2 && !host.too_long && add_url(scan, scheme, host, 99)) {
        return std::max(scan.finds.end(), after_slashes);
    }
    return after_slashes;
}

std::size_t read_ipv6(Scan& scan, std::size_t colon) {
    constexpr std::size_t kAddressBytesMax = 45; // with an IPv4 tail
    const std::string_view text = scan.text;
    std::size_t begin = colon;
    while (colon - begin < kAddressBytesMax &&
           (is_before(text, begin, kHex) || (begin > 0 && text[begin - 1] == ':'))) {
        --begin;
    }
    std::size_t end = colon;
    while (end - colon < kAddressBytesMax &&
           (is_at(text, end, kHex) || byte_at(text, end) == ':' || byte_at(text, end) == '.')) {
        ++end;
    }
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == ':')) --end;
    const std::string_view written = text.substr(begin, end > begin ? end - begin : 0);
    const auto colons = std::ranges::count(written, ':');
    const bool shaped = colons == 7 || (written.find("::") != std::string_view::npos &&
                                        colons >= 3 && written.size() >= 7);
    if (!shaped || is_before(text, begin, kWord) || is_at(text, end, kWord)) return colon + 1;
    auto address = normalise::parse_ip(written);
    if (address &&
        scan.finds.add(IdentifierType::Ip, {begin, end}, *std::move(address), "ip.v6", 90)) {
        return end;
    }
    return std::max(end, colon + 1);
}

} // namespace

std::size_t read_dotted_name(Scan& scan, std::size_t dot) {
    const std::size_t begin = label_begin(scan.text, dot);
    return begin == dot ? dot + 1 : std::max(read_host_at(scan, begin, Dots::Bracketed), dot + 1);
}

std::size_t read_colon(Scan& scan, std::size_t colon) {
    const std::string_view text = scan.text;
    if (!text.substr(colon + 1).starts_with("//")) return read_ipv6(scan, colon);
    const std::size_t scheme = scheme_begin(text, colon);
    return scheme == colon ? colon + 1 : read_url(scan, scheme, colon + 3);
}

std::size_t read_open_bracket(Scan& scan, std::size_t open) {
    const std::string_view text = scan.text;
    if (text.substr(open + 1).starts_with(":]//") || text.substr(open + 1).starts_with("://]")) {
        const std::size_t scheme = scheme_begin(text, open);
        if (scheme != open) return std::max(read_url(scan, scheme, open + 5), open + 1);
        return open + 1;
    }
    const std::size_t word_end = skip_spaces_back(text, open, 1);
    if (dot_size_at(text, word_end, Dots::Bracketed) > 1) {
        const std::size_t begin = label_begin(text, word_end);
        if (begin < word_end) {
            return std::max(read_host_at(scan, begin, Dots::Bracketed), open + 1);
        }
    }
    const Span sign = at_sign_at(text, word_end, false);
    if (sign.end <= open + 1) return open + 1;
    return read_email_around(scan, sign, open);
}

namespace {

// "exemple tiret colis": where the label begins whose last word ends at `end`.
std::size_t spoken_label_begin(std::string_view text, std::size_t end) {
    constexpr std::size_t kHyphensMax = 4;
    std::size_t begin = label_begin(text, end);
    for (std::size_t hyphens = 0; hyphens < kHyphensMax && begin < end; ++hyphens) {
        const FoldedWord hyphen = word_before(text, begin, 2);
        if (hyphen.letters() != "tiret") break;
        const std::size_t before = skip_spaces_back(text, hyphen.begin, 2);
        const std::size_t earlier = label_begin(text, before);
        if (before == hyphen.begin || earlier == before) break;
        begin = earlier;
    }
    return begin;
}

} // namespace

std::size_t read_spoken_dot(Scan& scan, std::size_t word) {
    const std::string_view text = scan.text;
    const std::size_t end = skip_spaces_back(text, word, 2);
    if (end == word) return word + 1;
    const std::size_t begin = spoken_label_begin(text, end);
    if (begin == end) return word + 1;
    const Host host = read_host(text, begin, Dots::Spoken);
    if (host.labels < 2 || host.too_long) return word + 1;
    if (add_email_before_host(scan, host)) return scan.finds.end();
    const Span sign = at_sign_at(text, host.span.end, true);
    if (sign.end > host.span.end) return std::max(read_email_around(scan, sign, word), word + 1);
    const std::string_view last = host.label(host.labels - 1);
    if (top_level_of(last) != TopLevel::Usual || is_cue(host.label(0), kArticles)) return word + 1;
    auto domain = normalise::parse_domain(host.text());
    if (!domain || !scan.finds.add(IdentifierType::Domain, host.span, *std::move(domain),
                                   "domain.spoken", 75)) {
        return word + 1;
    }
    return host.span.end;
}

} // namespace engine::extract::scan

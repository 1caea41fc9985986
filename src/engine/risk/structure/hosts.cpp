#include "engine/risk/structure/hosts.hpp"

#include "engine/normalise/web.hpp"
#include "engine/priors/priors.hpp"
#include "engine/risk/structure/imitation.hpp"

#include <algorithm>

namespace engine::risk::structure {
namespace {

using priors::Known;
using record::IdentifierType;

Known known_domain(std::string_view host) {
    return priors::known(IdentifierType::Domain, host);
}

/// Bodies whose name alone tells the reader that the link leads where it says.
bool is_body(Known known) {
    switch (known) {
    case Known::PublicService:
    case Known::Bank:
    case Known::PaymentProvider:
    case Known::CryptoExchange:
    case Known::Marketplace:
    case Known::Shop:
    case Known::Travel:
    case Known::Carrier:
    case Known::Telecom:
    case Known::Energy:
    case Known::Insurer:
    case Known::Helpline:
    case Known::Technology: return true;
    case Known::No:
    case Known::Dating:
    case Known::SocialNetwork:
    case Known::Messaging:
    case Known::MailProvider:
    case Known::DisposableMail:
    case Known::LinkShortener:
    case Known::LinkPage:
    case Known::Mailer:
    case Known::Hosting:
    case Known::TokenContract:
    case Known::PrivateAddress: return false;
    }
    return false;
}

/// A page that anybody opens below a host's domain: jean.github.io.
bool is_page_of_anybody(std::string_view host) {
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    const Known above = known_domain(host.substr(dot + 1));
    return above == Known::Hosting || above == Known::LinkPage;
}

bool is_in_email(const ReadText& read, const record::Mention& domain) {
    constexpr std::size_t kAddressBytesMax = 320; // RFC 5321: 64 before the at sign, 255 after
    const std::size_t begin = domain.start - std::min<std::size_t>(domain.start, kAddressBytesMax);
    const auto around = mentions_between(read, begin, domain.start + std::size_t{1});
    return std::ranges::any_of(around, [&](const record::Mention& other) {
        return other.type == IdentifierType::Email && domain.end <= other.end;
    });
}

bool is_address(std::string_view host) {
    return host.find_first_not_of("0123456789.") == std::string_view::npos ||
           host.find(':') != std::string_view::npos;
}

void check_link_text(const ReadText& read, const record::Mention& link, Findings& out) {
    const std::string_view written = read.text.substr(link.start, link.end - link.start);
    const std::size_t scheme = written.find("://");
    const std::string_view rest =
        scheme == std::string_view::npos ? written : written.substr(scheme + 3);
    if (rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos) {
        out.add("user_in_link", span_of(link));
    }
    const auto url = normalise::parse_url(link.value);
    if (url && is_address(url->host) && priors::known(IdentifierType::Ip, url->host) == Known::No) {
        out.add("bare_address", span_of(link));
    }
}

class HostCheck {
public:
    HostCheck(std::span<const Claim> claims, Findings& out) : claims_{claims}, out_{out} {
        for (const Claim& claim : claims) claimed_.push_back(&brand_of(claim));
    }

    void check(const Host& host) {
        const Known known = known_domain(host.value);
        if (known == Known::LinkShortener && !host.of_email) {
            out_.add("shortener", host.quote, host.value);
        } else if (known == Known::LinkPage ||
                   (known == Known::No && is_page_of_anybody(host.value))) {
            out_.add("free_page", host.quote, host.value);
            check_name(host);
        } else if (is_body(known)) {
            out_.add("official_domain", host.quote,
                     priors::body_of(IdentifierType::Domain, host.value));
        } else if (known == Known::No && !is_home_of_any(host.value)) {
            check_unknown(host);
        }
    }

private:
    static bool is_home_of_any(std::string_view host) {
        return std::ranges::any_of(table::kBrands,
                                   [&](const table::Brand& brand) { return is_home(brand, host); });
    }

    bool check_name(const Host& host) {
        const std::optional<Imitation> imitation = imitated(host.value, claimed_);
        if (!imitation) return false;
        const std::string_view name = imitation->brand->name;
        switch (imitation->likeness) {
        case Likeness::NameInside: out_.add("official_name_inside", host.quote, name); break;
        case Likeness::Token: out_.add("brand_in_domain", host.quote, name); break;
        case Likeness::Letters: out_.add("look_alike", host.quote, name); break;
        }
        return true;
    }

    void check_unknown(const Host& host) {
        const bool imitates = check_name(host);
        if (is_story_domain(host.value)) out_.add("story_domain", host.quote, host.value);
        if (host.of_email) return;
        if (!imitates) {
            for (const Claim& claim : claims_) {
                out_.add("claimed_elsewhere", {claim.quote, host.quote}, brand_of(claim).name);
            }
        }
        if (host.value.starts_with("xn--") || host.value.find(".xn--") != std::string::npos) {
            out_.add("punycode", host.quote, host.value);
        }
        const std::string ending = host.value.substr(host.value.rfind('.') + 1);
        if (std::ranges::binary_search(table::kEndings, ending)) {
            out_.add("unusual_ending", host.quote, ending);
        }
    }

    std::span<const Claim> claims_;
    std::vector<const table::Brand*> claimed_;
    Findings& out_;
};

} // namespace

std::vector<Host> find_hosts(const ReadText& read) {
    std::vector<Host> hosts;
    for (const record::Mention& mention : read.mentions) {
        if (mention.type != IdentifierType::Domain || hosts.size() == kHostsMax) continue;
        const bool of_email = is_in_email(read, mention);
        const auto same = std::ranges::find(hosts, mention.value, &Host::value);
        if (same == hosts.end()) {
            hosts.push_back({mention.value, span_of(mention), of_email});
        } else {
            same->of_email = same->of_email && of_email;
        }
    }
    return hosts;
}

void check_hosts(const ReadText& read, std::span<const Host> hosts, std::span<const Claim> claims,
                 Findings& out) {
    std::size_t links = 0;
    for (const record::Mention& mention : read.mentions) {
        if (mention.type != IdentifierType::Url) continue;
        if (++links > kHostsMax) break;
        check_link_text(read, mention, out);
    }
    HostCheck host_check{claims, out};
    for (const Host& host : hosts) host_check.check(host);
}

} // namespace engine::risk::structure

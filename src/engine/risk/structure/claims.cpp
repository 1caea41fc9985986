#include "engine/risk/structure/claims.hpp"

#include "engine/priors/priors.hpp"

#include <algorithm>
#include <array>

namespace engine::risk::structure {
namespace {

using priors::Known;
using record::IdentifierType;

constexpr std::size_t kFirstWords = 7;
constexpr std::size_t kLastWords = 5;
constexpr std::size_t kShortMessageWords = 30;
constexpr std::size_t kHeadingBytesMax = 320; // an address has 254 (RFC 5321), a name stands before

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The line around a place, as far as a heading may reach on either side of it.
Line line_of(std::string_view text, std::size_t at) {
    const std::size_t begin = at - std::min(at, kHeadingBytesMax);
    const std::size_t before = text.substr(begin, at - begin).rfind('\n');
    const std::string_view rest = text.substr(at, kHeadingBytesMax);
    return {before == std::string_view::npos ? begin : begin + before + 1,
            at + std::min(rest.find('\n'), rest.size())};
}

// The heading under which a mail's line says who sent it; the tokens of the line are given.
bool is_sender_line(const ReadText& read, Line line) {
    constexpr std::array<std::string_view, 5> kHeadings{"de", "from", "expediteur", "sender",
                                                        "reply"};
    const auto first = std::ranges::lower_bound(read.tokens.all(), line.begin, {},
                                                [](const auto& token) { return token.start; });
    if (first == read.tokens.all().end() || first->start >= line.end) return false;
    const std::size_t after = first->end;
    const bool colon = read.text.substr(after, 8).find(':') != std::string_view::npos;
    return colon && std::ranges::find(kHeadings, read.tokens.letters_of(*first)) != kHeadings.end();
}

Span quote_of(const ReadText& read, const script::Hit& hit) {
    return {read.tokens.all()[hit.first].start, read.tokens.all()[hit.last].end};
}

bool is_claim(const ReadText& read, const script::Hit& hit, bool tells_story) {
    const std::size_t words = read.tokens.all().size();
    if (words <= kShortMessageWords) return true;
    if (tells_story && (hit.first < kFirstWords || hit.last + kLastWords >= words)) return true;
    return is_sender_line(read, line_of(read.text, read.tokens.all()[hit.first].start));
}

bool add_once(Claim claim, std::vector<Claim>& claims) {
    if (std::ranges::find(claims, claim.brand, &Claim::brand) != claims.end()) return false;
    claims.push_back(claim);
    return true;
}

bool is_mailbox_of_anybody(std::string_view domain) {
    const Known known = priors::known(IdentifierType::Domain, domain);
    return known == Known::MailProvider || known == Known::DisposableMail;
}

} // namespace

const table::Brand& brand_of(const Claim& claim) {
    return table::kBrands[claim.brand];
}

bool is_home(const table::Brand& brand, std::string_view host) {
    const auto homes = table::kBrandHomes.subspan(brand.first_home,
                                                  std::size_t{brand.last_home} - brand.first_home);
    return std::ranges::any_of(homes, [&](std::string_view home) {
        return host.ends_with(home) &&
               (host.size() == home.size() || host[host.size() - home.size() - 1] == '.');
    });
}

std::vector<Claim> find_names(const ReadText& read) {
    std::vector<Claim> names;
    for (const script::Hit& hit : read.hits) {
        if (hit.owner < table::kCues) continue;
        add_once({static_cast<std::uint16_t>(hit.owner - table::kCues), quote_of(read, hit)},
                 names);
    }
    return names;
}

std::vector<Claim> find_claims(const ReadText& read, bool tells_story) {
    std::vector<Claim> claims;
    for (const script::Hit& hit : read.hits) {
        if (hit.owner < table::kCues || !is_claim(read, hit, tells_story)) continue;
        add_once({static_cast<std::uint16_t>(hit.owner - table::kCues), quote_of(read, hit)},
                 claims);
    }
    return claims;
}

void check_senders(const ReadText& read, Findings& out) {
    for (const record::Mention& mention : read.mentions) {
        if (mention.type != IdentifierType::Email) continue;
        const Line line = line_of(read.text, mention.start);
        if (!is_sender_line(read, line)) continue;
        const std::string_view domain =
            std::string_view{mention.value}.substr(mention.value.rfind('@') + 1);
        for (const script::Hit& hit : hits_between(read, line.begin, line.end)) {
            if (hit.owner < table::kCues) continue;
            const Claim claim{static_cast<std::uint16_t>(hit.owner - table::kCues),
                              quote_of(read, hit)};
            if (is_home(brand_of(claim), domain)) continue;
            if (is_mailbox_of_anybody(domain)) {
                out.add("free_mailbox", {claim.quote, span_of(mention)}, brand_of(claim).name);
            } else if (priors::known(IdentifierType::Domain, domain) == Known::No) {
                out.add("sender_elsewhere", {claim.quote, span_of(mention)}, brand_of(claim).name);
            }
        }
    }
}

} // namespace engine::risk::structure

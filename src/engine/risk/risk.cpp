#include "engine/risk/risk.hpp"

#include "engine/extract/extract.hpp"
#include "engine/normalise/web.hpp"
#include "engine/risk/script/scripts.hpp"
#include "engine/risk/structure/hosts.hpp"
#include "engine/risk/structure/numbers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace engine::risk {
namespace {

using record::Mention;
using structure::Findings;
using structure::ReadText;

constexpr double kRepeatedShare = 0.25; // of a group's signs beside the heaviest
constexpr std::size_t kLettersMin = 2;  // words with strange letters: one may be a slip

std::string_view read_part(std::string_view text) {
    if (text.size() <= kTextBytesMax) return text;
    std::size_t size = kTextBytesMax;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    return text.substr(0, size);
}

std::vector<Mention> mentions_of(std::string_view text) {
    std::vector<Mention> mentions;
    const record::Field field{.kind = record::FieldKind::Narrative, .index = 0};
    extract::scan_text(text, field, record::Speaker::Other, {}, mentions);
    std::ranges::stable_sort(mentions, [](const Mention& a, const Mention& b) {
        return a.start != b.start ? a.start < b.start : a.end > b.end;
    });
    return mentions;
}

ReadText read_text(std::string_view text) {
    std::vector<Mention> mentions = mentions_of(text);
    reading::Tokens tokens{text, mentions};
    std::vector<script::Hit> hits = script::find_phrases(tokens);
    return {text, std::move(mentions), std::move(tokens), std::move(hits)};
}

void check_letters(const ReadText& read, Findings& out) {
    for (const Span word : read.tokens.mixed()) out.add("mixed_letters", word);
    if (read.tokens.hidden().size() < kLettersMin) return;
    for (const Span word : read.tokens.hidden()) out.add("hidden_letters", word);
}

/// Links there are, all of bodies; nothing else than the story speaks against the message.
bool leads_to_bodies_only(std::span<const Finding> findings) {
    const auto has = [&](auto wanted) { return std::ranges::any_of(findings, wanted); };
    return has([](const Finding& one) { return one.sign == "official_domain"; }) &&
           !has([](const Finding& one) {
               return one.group == Group::Link || one.group == Group::Sender ||
                      one.group == Group::Demand || one.group == Group::Account ||
                      one.group == Group::Phone || one.group == Group::Confirmed;
           });
}

double total_bits(std::span<const Finding> sorted) {
    std::map<std::string_view, Group> weighed; // a sign counts once, whatever it is about
    std::map<Group, bool> seen;
    double total = 0;
    for (const Finding& finding : sorted) {
        if (!weighed.emplace(finding.sign, finding.group).second) continue;
        const bool repeats = finding.bits > 0 && std::exchange(seen[finding.group], true);
        total += repeats ? finding.bits * kRepeatedShare : finding.bits;
    }
    return std::max(total, 0.0);
}

void order(std::vector<Finding>& findings) {
    std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
        return a.bits != b.bits ? a.bits > b.bits : a.sign < b.sign;
    });
    for (Finding& finding : findings) std::ranges::sort(finding.quotes, {}, &Span::start);
}

} // namespace

struct Reading::State {
    explicit State(std::string_view text)
        : cut{text.size() > kTextBytesMax}, read{read_text(read_part(text))},
          hosts{structure::find_hosts(read)} {}

    bool cut;
    ReadText read;
    std::vector<structure::Host> hosts;
};

Reading::Reading(std::string_view text) : state_{std::make_unique<State>(text)} {}
Reading::~Reading() = default;

std::vector<std::string> Reading::domains() const {
    std::vector<std::string> domains;
    for (const structure::Host& host : state_->hosts) {
        std::string domain = normalise::registrable_domain(host.value);
        if (std::ranges::find(domains, domain) == domains.end()) {
            domains.push_back(std::move(domain));
        }
    }
    return domains;
}

Assessment Reading::assess(std::span<const std::string> confirmed) const {
    const ReadText& read = state_->read;
    Assessment assessment;
    assessment.findings = script::find_signs(read.tokens, read.hits);
    const bool tells_story = std::ranges::any_of(
        assessment.findings, [](const Finding& sign) { return sign.group == Group::Story; });
    const std::vector<structure::Claim> claims = structure::find_claims(read, tells_story);
    Findings seen;
    for (const structure::Host& host : state_->hosts) {
        const std::string domain = normalise::registrable_domain(host.value);
        if (std::ranges::find(confirmed, domain) == confirmed.end()) continue;
        seen.add("domain_confirmed", host.quote, domain);
    }
    structure::check_hosts(read, state_->hosts, claims, seen);
    structure::check_senders(read, seen);
    structure::check_phones(read, claims, seen);
    structure::check_accounts(read, seen);
    check_letters(read, seen);

    std::ranges::move(seen.take(), std::back_inserter(assessment.findings));
    if (leads_to_bodies_only(assessment.findings)) {
        Findings facts;
        facts.add("only_official_links", std::vector<Span>{});
        std::ranges::move(facts.take(), std::back_inserter(assessment.findings));
    }
    order(assessment.findings);
    assessment.bits = total_bits(assessment.findings);
    assessment.level = assessment.bits >= kManyBits   ? Level::Many
                       : assessment.bits >= kSomeBits ? Level::Some
                                                      : Level::Nothing;
    const auto told = std::ranges::find_if(
        assessment.findings, [](const Finding& finding) { return !finding.story.empty(); });
    if (told != assessment.findings.end()) assessment.story = told->story;
    assessment.cut = state_->cut;
    return assessment;
}

std::string_view name_of(Level level) {
    constexpr std::array<std::string_view, 3> kNames{"nothing", "some", "many"};
    return kNames[static_cast<std::size_t>(level)];
}

std::string_view name_of(Group group) {
    constexpr std::array<std::string_view, 10> kNames{"story",     "demand", "pressure", "link",
                                                      "sender",    "phone",  "account",  "text",
                                                      "confirmed", "fact"};
    return kNames[static_cast<std::size_t>(group)];
}

std::vector<std::string_view> all_signs() {
    std::vector<std::string_view> names;
    for (const table::Sign& sign : table::kSigns) names.push_back(sign.name);
    for (const table::Structure& row : table::kStructures) names.push_back(row.name);
    return names;
}

std::vector<std::string_view> all_stories() {
    std::vector<std::string_view> stories;
    for (const table::Sign& sign : table::kSigns) {
        if (sign.story.empty()) continue;
        if (std::ranges::find(stories, sign.story) == stories.end()) stories.push_back(sign.story);
    }
    return stories;
}

} // namespace engine::risk

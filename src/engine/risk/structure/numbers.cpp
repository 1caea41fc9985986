#include "engine/risk/structure/numbers.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/bank.hpp"
#include "engine/priors/priors.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace engine::risk::structure {
namespace {

using priors::Known;
using reading::Token;
using record::IdentifierType;
using table::Class;

bool has_cue(const ReadText& read, std::string_view name) {
    const auto row = std::ranges::find(table::kCueNames, name);
    const auto cue = row - table::kCueNames.begin();
    return std::ranges::any_of(read.hits, [&](const script::Hit& hit) { return hit.owner == cue; });
}

bool is_digits(std::string_view letters) {
    return !letters.empty() &&
           std::ranges::all_of(letters, [](char c) { return c >= '0' && c <= '9'; });
}

/// "le 17", "composez le 3639": short numbers, which the extraction leaves alone.
void check_short_numbers(const ReadText& read, Findings& out) {
    constexpr std::array<std::string_view, 9> kBefore{
        "le", "au", "appelez", "composez", "numero", "call", "dial", "appeler", "contactez"};
    const std::span<const Token> tokens = read.tokens.all();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view digits = read.tokens.letters_of(tokens[i]);
        if (digits.size() < 2 || digits.size() > 6 || !is_digits(digits)) continue;
        const bool named =
            i > 0 &&
            std::ranges::find(kBefore, read.tokens.letters_of(tokens[i - 1])) != kBefore.end();
        if (!named && tokens.size() > 1) continue;
        if (priors::known(IdentifierType::Phone, digits) == Known::No) continue;
        out.add("official_number", {tokens[i].start, tokens[i].end},
                priors::body_of(IdentifierType::Phone, digits));
    }
}

// Words without which digits after two letters are no account.
bool speaks_of_accounts(const ReadText& read) {
    constexpr std::array<std::string_view, 7> kWords{"iban",     "rib",     "compte", "virement",
                                                     "transfer", "account", "bank"};
    return std::ranges::any_of(read.tokens.all(), [&](const Token& token) {
        return std::ranges::find(kWords, read.tokens.letters_of(token)) != kWords.end();
    });
}

constexpr std::size_t kIbanMin = 14; // a parcel's number has thirteen characters (UPU S10)
constexpr std::size_t kIbanMax = 36;
constexpr std::size_t kIbanDigitsMin = 10;

struct Written {
    std::string compact;
    std::size_t end = 0;
};

bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What is written at `at` like an account: two letters, two digits, then groups with digits.
Written written_account(std::string_view text, std::size_t at) {
    Written read{.compact = {}, .end = at};
    while (at < text.size()) {
        std::size_t end = at;
        bool digit = false;
        while (end < text.size() && is_alnum(text[end])) {
            digit = digit || (text[end] >= '0' && text[end] <= '9');
            ++end;
        }
        if (end == at || !digit || read.compact.size() + end - at > kIbanMax) break;
        read.compact.append(text.substr(at, end - at));
        read.end = end;
        if (end == text.size() || (text[end] != ' ' && text[end] != '-' && text[end] != '.')) break;
        at = end + 1;
    }
    return read;
}

bool begins_account(std::string_view text, std::size_t at) {
    if (text.size() - at < kIbanMin || (at > 0 && is_alnum(text[at - 1]))) return false;
    const auto upper = [](char c) { return static_cast<char>(c & ~0x20); };
    const auto letter = [&](char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return letter(text[at]) && letter(text[at + 1]) && digit(text[at + 2]) && digit(text[at + 3]) &&
           normalise::iban_length(upper(text[at]), upper(text[at + 1])) > 0;
}

void check_wrong_accounts(const ReadText& read, Findings& out) {
    const std::string_view text = read.text;
    const bool spoken_of = speaks_of_accounts(read);
    for (std::size_t at = 0; at + kIbanMin <= text.size(); ++at) {
        if (!begins_account(text, at)) continue;
        const Written written = written_account(text, at);
        const auto digits =
            std::ranges::count_if(written.compact, [](char c) { return c >= '0' && c <= '9'; });
        const bool alone = at == 0 && written.end == text.size();
        if (written.compact.size() < kIbanMin ||
            static_cast<std::size_t>(digits) < kIbanDigitsMin || (!spoken_of && !alone)) {
            continue;
        }
        const bool is_found = !mentions_between(read, at, written.end).empty();
        if (!is_found && !normalise::parse_iban(written.compact)) {
            out.add("iban_wrong",
                    {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(written.end)});
        }
        at = written.end;
    }
}

} // namespace

void check_phones(const ReadText& read, std::span<const Claim> claims, Findings& out) {
    check_short_numbers(read, out);
    const bool asks_to_call = has_cue(read, "call");
    for (const Token& token : read.tokens.all()) {
        if (token.kind != Class::Phone) continue;
        const Span quote{token.start, token.end};
        const auto here = mentions_between(read, token.start, token.start + std::size_t{1});
        const auto mention = std::ranges::find(here, IdentifierType::Phone, &record::Mention::type);
        if (mention != here.end() &&
            priors::known(IdentifierType::Phone, mention->value) != Known::No) {
            out.add("official_number", quote,
                    priors::body_of(IdentifierType::Phone, mention->value));
            continue;
        }
        if (token.premium) out.add("premium_number", quote);
        if (!asks_to_call) continue;
        for (const Claim& claim : claims) {
            out.add("call_unknown", {claim.quote, quote}, brand_of(claim).name);
        }
    }
}

void check_accounts(const ReadText& read, Findings& out) {
    const std::vector<Claim> names = find_names(read);
    for (const record::Mention& mention : read.mentions) {
        if (mention.type != IdentifierType::Iban) continue;
        const std::string_view country = std::string_view{mention.value}.substr(0, 2);
        out.add("account_country", span_of(mention), country);
        for (const Claim& claim : names) {
            const table::Brand& brand = brand_of(claim);
            if (brand.country.empty() || brand.country == country) continue;
            out.add("iban_abroad", {claim.quote, span_of(mention)}, brand.name);
        }
    }
    check_wrong_accounts(read, out);
}

} // namespace engine::risk::structure

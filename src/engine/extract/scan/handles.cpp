#include "engine/extract/scan/handles.hpp"

#include "engine/extract/scan/words.hpp"
#include "engine/normalise/codes.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kAccountBytesMin = 3;
constexpr std::size_t kAccountBytesMax = 50; // Facebook's user names, the longest
constexpr std::size_t kPlatformWindow = 48;  // bytes around an "@"
constexpr std::size_t kConnectorsMax = 6;    // "insta c'est : @"

constexpr std::string_view kPlatformsWords[]{
    "insta",    "snap",    "telegram",  "tg.",       "skype",  "discord", "tiktok",
    "facebook", "fb.",     "messenger", "whatsapp",  "watsap", "signal.", "twitter",
    "viber",    "wechat",  "vinted",    "leboncoin", "paypal", "tinder",  "badoo",
    "meetic",   "youtube", "linkedin",  "onlyfans",  "twitch", "session."};
constexpr Cues kPlatforms{kPlatformsWords};

// Words that lead from the platform to the account.
constexpr std::string_view kConnectorsWords[]{
    "c.",      "est.",      "is.",      "pseudo",      "compte.", "id.",   "nom.", "profil",
    "user",    "username",  "account.", "utilisateur", "d.",      "de.",   "mon.", "son.",
    "handle.", "messenger", "chat.",    "nomme",       "appele",  "sous.", "le."};
constexpr Cues kConnectors{kConnectorsWords};

bool is_account(char c) {
    return is(c, kAlnum) || c == '_' || c == '.' || c == '-';
}

Span account_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end - begin <= kAccountBytesMax && end < text.size() && is_account(text[end])) ++end;
    if (end - begin > kAccountBytesMax || is_at(text, end, kHigh)) return {begin, begin};
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    return {begin, end};
}

std::string_view platform_between(std::string_view text, std::size_t begin, std::size_t end,
                                  bool last) {
    std::string_view found;
    for (std::size_t at = begin; at < end;) {
        if (!is(text[at], kLetter)) {
            ++at;
            continue;
        }
        if (kPlatforms.may_begin_with(lower(text[at]))) {
            const FoldedWord word = word_at(text, at);
            for (const std::string_view platform : kPlatforms.words()) {
                if (!is_cue(word.letters(), Cues{std::span{&platform, 1}})) continue;
                found = platform.substr(0, platform.find('.'));
                if (!last) return found;
            }
        }
        while (at < end && is(text[at], kWord)) ++at;
    }
    return found;
}

std::string_view platform_around(std::string_view text, Span span) {
    std::size_t begin = span.begin - std::min(span.begin, kPlatformWindow);
    while (begin > 0 && begin < span.begin && is(text[begin - 1], kWord)) ++begin;
    const std::string_view before = platform_between(text, begin, span.begin, true);
    if (!before.empty()) return before;
    const std::size_t end = std::min(text.size(), span.end + kPlatformWindow / 2);
    return platform_between(text, span.end, end, false);
}

bool looks_made(std::string_view account) {
    const bool sign = account.find_first_of("0123456789_") != std::string_view::npos;
    const std::size_t dot = account.find('.');
    const bool inner_capital =
        std::any_of(account.begin() + 1, account.end(), [](char c) { return is(c, kUpper); }) &&
        std::ranges::any_of(account, [](char c) { return is(c, kLower); });
    return sign || (dot != std::string_view::npos && dot > 0) || inner_capital;
}

bool closes(std::string_view text, std::size_t end) {
    const char c = byte_at(text, end);
    if (end >= text.size() || c == '\n' || c == '\r') return true;
    if (c == ' ') return false;
    constexpr std::string_view kMarks = ".,;!?)]\"'/";
    return kMarks.find(c) != std::string_view::npos || is(c, kHigh);
}

// What stands between a platform's name and the account.
struct Bridge {
    std::size_t end = 0;
    bool strong = false; // a colon, an equals sign, an "@"
    bool words = false;  // "c'est", "pseudo"
};

Bridge read_bridge(std::string_view text, std::size_t at) {
    Bridge bridge{.end = at};
    for (std::size_t steps = 0; steps < kConnectorsMax; ++steps) {
        bridge.end = skip_spaces(text, bridge.end, 2);
        const char c = byte_at(text, bridge.end);
        if (c == ':' || c == '=' || c == '@' || c == '>') {
            bridge.strong = true;
            ++bridge.end;
            if (c == '@') return bridge;
        } else if (c == '-' || c == '(' || c == '"' || c == '\'' || c == '/') {
            ++bridge.end;
        } else {
            const FoldedWord word = word_at(text, bridge.end);
            if (word.size == 0 || !is_cue(word.letters(), kConnectors)) return bridge;
            if (is_account(byte_at(text, word.end)) && byte_at(text, word.end) != '.') {
                return bridge; // "id_jean" is an account, not "id"
            }
            bridge.words = true;
            bridge.end = word.end;
        }
    }
    return bridge;
}

// "live:.cid.1a2b…": Skype's own names of accounts.
bool add_skype_live(Scan& scan, std::size_t begin) {
    const std::string_view text = scan.text;
    if (!reads(text, begin, "live:")) return false;
    const std::size_t after = begin + 5 + (byte_at(text, begin + 5) == '.' ? 1 : 0);
    const Span account = account_at(text, after);
    if (account.end - account.begin < kAccountBytesMin) return false;
    auto value = normalise::parse_handle(text.substr(begin, account.end - begin), "skype");
    return value && scan.finds.add(IdentifierType::Handle, {begin, account.end}, *std::move(value),
                                   "handle.skype", 90);
}

std::size_t with_discord_number(std::string_view text, std::size_t end) {
    if (byte_at(text, end) != '#') return end;
    std::size_t digits = end + 1;
    while (digits - end <= 4 && is_at(text, digits, kDigit)) ++digits;
    return digits - end == 5 && !is_at(text, digits, kWord) ? digits : end;
}

} // namespace

std::size_t read_at_handle(Scan& scan, std::size_t at) {
    const std::string_view text = scan.text;
    if (is_before(text, at, kWord) || (at > 0 && (text[at - 1] == '/' || text[at - 1] == '@'))) {
        return at + 1;
    }
    const Span account = account_at(text, at + 1);
    const std::string_view written = text.substr(account.begin, account.end - account.begin);
    const bool has_letter = std::ranges::any_of(written, [](char c) { return is(c, kLetter); });
    if (written.size() < kAccountBytesMin || !has_letter) return at + 1;
    const std::string_view platform = platform_around(text, {at, account.end});
    auto value = normalise::parse_handle(written, platform);
    if (!value) return at + 1;
    const bool known = !platform.empty();
    if (!scan.finds.add(IdentifierType::Handle, {at, account.end}, *std::move(value),
                        known ? "handle.at_platform" : "handle.at", known ? 90U : 45U)) {
        return at + 1;
    }
    return account.end;
}

std::size_t read_platform(Scan& scan, std::size_t word) {
    const std::string_view text = scan.text;
    const FoldedWord name = word_at(text, word);
    const std::size_t resume = std::max(name.end, word + 1);
    if (is_before(text, word, kWord) || byte_at(text, name.end) == '.') return resume;
    const Bridge bridge = read_bridge(text, name.end);
    if (add_skype_live(scan, bridge.end)) return scan.finds.end();
    if (!bridge.strong && !bridge.words) return resume;
    const bool anonymous = name.letters().starts_with("pseudo") || name.letters() == "username";
    std::string_view platform = name.letters();
    if (anonymous) platform = platform_around(text, {word, bridge.end});
    for (const std::string_view known : kPlatforms.words()) {
        if (name.letters().starts_with(known)) platform = known;
    }
    const Span account = account_at(text, bridge.end);
    const std::string_view written = text.substr(account.begin, account.end - account.begin);
    if (written.size() < kAccountBytesMin || byte_at(text, account.end) == '@') return resume;
    const std::size_t end = with_discord_number(text, account.end);
    const bool only_digits = written.find_first_not_of("0123456789.-") == std::string_view::npos;
    const bool at_sign = text[bridge.end - 1] == '@';
    const bool named = looks_made(written) || end != account.end || at_sign ||
                       (bridge.strong && closes(text, account.end));
    if (only_digits || !named || is_cue(written, kConnectors)) return resume;
    if (byte_at(text, account.end) == ':' || byte_at(text, account.end) == '/') return resume;
    auto value = normalise::parse_handle(text.substr(account.begin, end - account.begin), platform);
    if (!value) return resume;
    const Span span{at_sign ? bridge.end - 1 : account.begin, end};
    const unsigned confidence = bridge.strong ? 85 : 70;
    if (!scan.finds.add(IdentifierType::Handle, span, *std::move(value), "handle.platform",
                        confidence)) {
        return resume;
    }
    return end;
}

} // namespace engine::extract::scan

#include "engine/extract/scan/email.hpp"

#include "engine/extract/scan/handles.hpp"
#include "engine/extract/scan/plausible.hpp"
#include "engine/extract/scan/words.hpp"
#include "engine/normalise/web.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kLocalBytesMax = 64; // RFC 5321, 4.5.3.1.1
constexpr std::size_t kLocalWordsMax = 6;  // "jean point dupont tiret pro"

bool is_local(char c) {
    return is(c, kAlnum) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

// Where the local part that ends at `end` begins; `end` when there is none.
std::size_t local_begin(std::string_view text, std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && end - begin <= kLocalBytesMax) {
        const std::size_t size =
            is_local(text[begin - 1]) ? 1 : label_character_before(text, begin);
        if (size == 0) break;
        begin -= size;
    }
    if (end - begin > kLocalBytesMax) return end;
    while (begin < end && !is(text[begin], kWord) && text[begin] != '_') ++begin;
    return begin;
}

// A word that stands for a sign inside a local part, ending at `end`: where it begins.
struct SpokenSign {
    std::size_t begin = 0;
    char sign = '\0';
};

SpokenSign spoken_sign_before(std::string_view text, std::size_t end) {
    struct Word {
        std::string_view letters;
        char sign;
    };
    constexpr Word kWords[]{{"point", '.'}, {"dot", '.'}, {"tiret", '-'}, {"underscore", '_'}};
    const std::size_t word_end = skip_spaces_back(text, end, 2);
    if (word_end == end) return {};
    const FoldedWord word = word_ending_at(text, word_end);
    for (const Word& known : kWords) {
        if (word.letters() != known.letters) continue;
        const std::size_t before = skip_spaces_back(text, word.begin, 2);
        if (before != word.begin) return {before, known.sign};
    }
    return {};
}

struct Local {
    std::string text;
    std::size_t begin = 0;
};

// "jean point dupont" → "jean.dupont".
Local read_local(std::string_view text, std::size_t end) {
    const std::size_t begin = local_begin(text, end);
    Local local{std::string{text.substr(begin, end - begin)}, begin};
    for (std::size_t words = 0; words < kLocalWordsMax && !local.text.empty(); ++words) {
        const SpokenSign sign = spoken_sign_before(text, local.begin);
        if (sign.sign == '\0') break;
        const std::size_t word = local_begin(text, sign.begin);
        if (word == sign.begin) break;
        local.text = std::string{text.substr(word, sign.begin - word)} + sign.sign + local.text;
        local.begin = word;
    }
    return local;
}

// Labels that a valid address may be cut down to: "x@gmail.com.Merci" is "x@gmail.com".
constexpr std::size_t kLabelsDroppedMax = 3;

bool add_address(Scan& scan, const Local& local, const Host& host, std::string_view rule,
                 unsigned confidence) {
    for (std::size_t count = host.labels; count >= 2; --count) {
        if (host.labels - count > kLabelsDroppedMax) return false;
        std::string written = local.text;
        written += '@';
        written += host.first_labels(count);
        // A sentence that follows without a space: its first word may be a top-level domain.
        const bool glued = count > 2 && is(host.label(count - 1)[0], kUpper) &&
                           !is(host.label(count - 2)[0], kUpper);
        if (glued) continue;
        auto address = normalise::parse_email(written);
        if (!address) continue;
        const Span span{local.begin, host.written_end(count)};
        std::string domain = address->substr(address->rfind('@') + 1);
        if (!scan.finds.add(IdentifierType::Email, span, *std::move(address), rule, confidence)) {
            return false;
        }
        scan.finds.add_part(IdentifierType::Domain, {host.span.begin, span.end}, std::move(domain),
                            "domain.of_email", confidence);
        return true;
    }
    return false;
}

std::string_view rule_of(std::string_view sign, const Host& host) {
    if (sign == "@") return host.disguised ? "email.spoken_dot" : "email.address";
    return sign.find('@') != std::string_view::npos ? "email.spaced" : "email.spoken_at";
}

} // namespace

std::size_t read_email_around(Scan& scan, Span sign, std::size_t anchor) {
    const std::string_view text = scan.text;
    const std::string_view written = text.substr(sign.begin, sign.end - sign.begin);
    const std::size_t resume = std::max(sign.end, anchor + 1);
    const Host host = read_host(text, sign.end, Dots::Spoken);
    if (host.too_long) return std::max(host.span.end, resume);
    if (host.labels < 2) return resume;
    const Local local = read_local(text, sign.begin);
    if (local.text.empty()) return resume;
    const unsigned confidence = written == "@" ? 98 : 85;
    if (!add_address(scan, local, host, rule_of(written, host), confidence)) return resume;
    return std::max(scan.finds.end(), resume);
}

bool add_email_before_host(Scan& scan, const Host& host) {
    const std::string_view text = scan.text;
    const FoldedWord sign = word_before(text, host.span.begin, 2);
    if (sign.size == 0 || sign.end == host.span.begin) return false;
    const bool spoken = sign.letters() == "arobase" || sign.letters() == "aro";
    if (!spoken && sign.letters() != "at") return false;
    const std::size_t end = skip_spaces_back(text, sign.begin, 2);
    if (end == sign.begin) return false;
    const Local local = read_local(text, end);
    if (local.text.empty()) return false;
    // "look at gmail.com": without a capital AT, the name must look like an account's.
    const bool made = std::ranges::any_of(
        local.text, [](char c) { return is(c, kDigit) || c == '.' || c == '_' || c == '-'; });
    const bool capital = text[sign.begin] == 'A' && text[sign.begin + 1] == 'T';
    const bool provider = is_mail_provider(host.text());
    if (!spoken && !(provider && (made || host.disguised)) && !(capital && (provider || made))) {
        return false;
    }
    return add_address(scan, local, host, "email.spoken_at", 80);
}

std::size_t read_at_sign(Scan& scan, std::size_t at) {
    const std::string_view text = scan.text;
    // "jean@gmail.com", or signs set apart on both sides: "jean @ gmail.com".
    const bool touches = label_character_before(text, at) != 0 || byte_at(text, at - 1) == '.' ||
                         byte_at(text, at - 1) == '+';
    if (at > 0 && touches) {
        const std::size_t after = skip_spaces(text, at + 1, 2);
        return read_email_around(scan, {at, after}, at);
    }
    if (is_at(text, at + 1, kSpace)) {
        const Span sign{skip_spaces_back(text, at, 2), skip_spaces(text, at + 1, 2)};
        return read_email_around(scan, sign, at);
    }
    const Host host = read_host(text, at + 1, Dots::Spoken);
    if (host.labels >= 2 && is_mail_provider(host.text()) && is_before(text, at, kSpace)) {
        const std::size_t resume =
            read_email_around(scan, {skip_spaces_back(text, at, 2), at + 1}, at);
        if (scan.finds.reaches(at)) return resume;
    }
    return read_at_handle(scan, at);
}

std::size_t read_spoken_at(Scan& scan, std::size_t word) {
    const std::string_view text = scan.text;
    const Span sign = at_sign_at(text, skip_spaces_back(text, word, 2), false);
    return sign.end <= word ? word + 1 : read_email_around(scan, sign, word);
}

} // namespace engine::extract::scan

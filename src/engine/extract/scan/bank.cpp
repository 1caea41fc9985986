// IBAN, RIB and cards. The country's length is known before reading, so that no word that follows
// is swallowed; the check decides.
#include "engine/extract/scan/numbers.hpp"

#include "engine/extract/scan/words.hpp"
#include "engine/normalise/bank.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kIbanBytesMax = 34;       // ISO 13616-1
constexpr std::size_t kSeparatorsMax = 4;       // between two characters: " \r\n "
constexpr std::size_t kRibBytes = 23;           // Banque de France: 5 + 5 + 11 + 2
constexpr std::size_t kLabelledRibWindow = 160; // "Code banque … Clé RIB : 12", in bytes

constexpr std::string_view kIbanCuesWords[]{"iban",     "rib.", "compte",
                                            "virement", "vir.", "account"};
constexpr Cues kIbanCues{kIbanCuesWords};
constexpr std::string_view kCardCuesWords[]{"carte",    "card", "cb.",    "visa", "mastercard",
                                            "bancaire", "amex", "master", "blue", "bleue"};
constexpr Cues kCardCues{kCardCuesWords};
constexpr std::size_t kCardCueWindow = 60;

struct Compact {
    std::array<char, kIbanBytesMax + 1> bytes{};
    std::size_t size = 0;
    std::size_t end = 0;
    std::size_t separators = 0; // between its characters
    bool has_lower = false;     // past the first two, which name a country
    bool has_upper = false;
    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
    /// "FR76 3000 … le 12": capitals and small letters together are code and words.
    [[nodiscard]] bool mixes_cases() const { return has_lower && has_upper; }
};

bool separates(char c) {
    return is(c, kSpace) || c == '-' || c == '.' || c == '_' || c == '/';
}

// `length` letters and digits in upper case from `at` on, over separators.
Compact read_compact(std::string_view text, std::size_t at, std::size_t length) {
    Compact compact;
    std::size_t separators = 0;
    while (compact.size < length && at < text.size()) {
        if (is(text[at], kAlnum)) {
            const char c = text[at];
            compact.bytes[compact.size++] = is(c, kLower) ? static_cast<char>(c - 'a' + 'A') : c;
            compact.has_lower |= compact.size > 2 && is(c, kLower);
            compact.has_upper |= compact.size > 2 && is(c, kUpper);
            compact.end = at + 1;
            compact.separators += separators;
            separators = 0;
        } else if (!separates(text[at]) || ++separators > kSeparatorsMax) {
            break;
        }
        ++at;
    }
    return compact;
}

// Letters that stand for digits, as typed or as read from a picture: accepted only when exactly one
// reading passes the check.
std::string repaired_iban(std::string_view written) {
    struct Confusion {
        char letter;
        char digit;
    };
    constexpr Confusion kConfusions[]{{'O', '0'}, {'I', '1'}, {'L', '1'}, {'S', '5'}, {'B', '8'}};
    std::string found;
    for (unsigned choice = 1; choice < 1U << std::size(kConfusions); ++choice) {
        std::string reading{written};
        bool all_used = true;
        for (unsigned i = 0; i < std::size(kConfusions); ++i) {
            if ((choice >> i & 1) == 0) continue;
            const auto changed =
                std::ranges::count(reading.begin() + 2, reading.end(), kConfusions[i].letter);
            all_used &= changed > 0;
            std::replace(reading.begin() + 2, reading.end(), kConfusions[i].letter,
                         kConfusions[i].digit);
        }
        if (!all_used) continue;
        const auto iban = normalise::parse_iban(reading);
        if (!iban || *iban == found) continue;
        if (!found.empty()) return {};
        found = *iban;
    }
    return found;
}

// Where an IBAN's country code begins, whose check digits begin at `digit`; `digit` when none.
std::size_t country_begin(std::string_view text, std::size_t digit) {
    std::size_t end = digit;
    if (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '-')) --end;
    if (end < 2 || !is(text[end - 1], kLetter) || !is(text[end - 2], kLetter)) return digit;
    const std::size_t begin = end - 2;
    if (!is_before(text, begin, kWord)) return begin;
    const bool after_label = begin >= 4 && reads(text, begin - 4, "iban");
    return after_label ? begin : digit;
}

} // namespace

std::size_t add_iban(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    const std::size_t begin = country_begin(text, digit);
    if (begin == digit || !is_at(text, digit + 1, kAlnum)) return 0;
    const auto upper = [](char c) { return is(c, kLower) ? static_cast<char>(c - 'a' + 'A') : c; };
    const std::size_t length = normalise::iban_length(upper(text[begin]), upper(text[begin + 1]));
    if (length == 0 || length > kIbanBytesMax) return 0;
    const Compact compact = read_compact(text, begin, length);
    if (compact.size < length || is_at(text, compact.end, kAlnum)) return 0;
    const bool small_words = compact.has_lower && is(text[begin], kUpper);
    if (compact.mixes_cases() || small_words) return 0;
    const Span span{begin, compact.end};
    if (auto iban = normalise::parse_iban(compact.view())) {
        scan.finds.add(IdentifierType::Iban, span, *std::move(iban), "iban.checksum", 99);
        return span.end;
    }
    const bool capitals =
        is(text[begin], kUpper) && is(text[begin + 1], kUpper) && is_at(text, begin + 2, kDigit);
    if (!capitals && !cue_before(text, begin, 40, kIbanCues)) return 0;
    std::string repaired = repaired_iban(compact.view());
    if (!repaired.empty()) {
        scan.finds.add(IdentifierType::Iban, span, std::move(repaired), "iban.repaired", 75);
        return span.end;
    }
    // A mistyped IBAN is no IBAN, but its digits are no telephone number either.
    const auto digits = std::ranges::count_if(compact.view(), [](char c) { return is(c, kDigit); });
    return capitals && digits >= 12 ? span.end : 0;
}

std::size_t add_rib(Scan& scan, const NumberRun& run) {
    const bool shaped = (run.count >= 2 && run.groups[0].size == 5 && run.groups[1].size == 5) ||
                        run.groups[0].size == kRibBytes || run.groups[0].size == 10 ||
                        (run.glued && run.groups[0].size >= 10);
    if (!shaped || run.plus) return 0;
    const Compact rib = read_compact(scan.text, run.begin, kRibBytes);
    if (rib.size < kRibBytes || is_at(scan.text, rib.end, kAlnum)) return 0;
    // Words must not be swallowed: letters stand in an account of capitals, between three
    // separators at most.
    constexpr std::size_t kFieldSeparatorsMax = 3;
    const bool letters = rib.has_upper || rib.has_lower;
    if (letters && (rib.has_lower || rib.separators > kFieldSeparatorsMax)) return 0;
    auto iban = normalise::iban_of_rib(rib.view());
    if (!iban) return 0;
    const bool added =
        scan.finds.add(IdentifierType::Iban, {run.begin, rib.end}, *std::move(iban), "rib.key", 90);
    return added ? rib.end : 0;
}

namespace {

// The next run of exactly `size` letters and digits, beginning with a digit, in [at, end).
Span field_of(std::string_view text, std::size_t at, std::size_t end, std::size_t size) {
    while (at < end) {
        if (!is(text[at], kAlnum)) {
            ++at;
            continue;
        }
        std::size_t token = at;
        bool has_digit = false;
        while (token < text.size() && is(text[token], kAlnum))
            has_digit |= is(text[token++], kDigit);
        if (token - at == size && has_digit) return {at, token};
        at = token;
    }
    return {};
}

} // namespace

// "Code banque : 30006, code guichet : 00001, compte : 12345678901, clé : 89".
std::size_t read_branch(Scan& scan, std::size_t word) {
    const std::string_view text = scan.text;
    const std::size_t from = word - std::min(word, kLabelledRibWindow / 2);
    const std::size_t until = std::min(text.size(), word + kLabelledRibWindow);
    std::size_t begin = from;
    while (begin > 0 && begin < word && is(text[begin - 1], kAlnum)) ++begin;
    constexpr std::array<std::size_t, 4> kFields{5, 5, 11, 2};
    std::string rib;
    Span span;
    std::size_t at = begin;
    for (const std::size_t size : kFields) {
        const Span field = field_of(text, at, until, size);
        if (field.end == 0) return word + 1;
        if (rib.empty()) span.begin = field.begin;
        rib += text.substr(field.begin, field.end - field.begin);
        at = span.end = field.end;
    }
    auto iban = normalise::iban_of_rib(rib);
    if (!iban ||
        !scan.finds.add(IdentifierType::Iban, span, *std::move(iban), "rib.labelled", 90)) {
        return word + 1;
    }
    return span.end;
}

std::size_t add_card(Scan& scan, const NumberRun& run) {
    if (run.size < 12 || run.plus || run.bytes[0] == '0') return 0;
    const std::string_view text = scan.text;
    if (run.begin > 0 && (is(text[run.begin - 1], kWord) || text[run.begin - 1] == '#')) return 0;
    for (std::size_t groups = std::min<std::size_t>(run.count, 5); groups > 0; --groups) {
        const DigitGroup& last = run.groups[groups - 1];
        const std::size_t size = std::size_t{last.first} + last.size;
        if (size > 19 || (groups == run.count && run.cut)) continue;
        if (size < 12) break;
        if (is_at(text, last.end, kWord)) continue;
        auto card = normalise::pseudonymise_card(run.digits(0, size), scan.policy.card_key);
        if (!card) continue;
        const bool by_four = groups >= 4 && run.groups[0].size == 4 && run.groups[1].size == 4;
        const bool american = groups == 3 && size == 15 && run.groups[1].size == 6;
        const bool named = cue_before(text, run.begin, kCardCueWindow, kCardCues);
        // SIRET and order numbers pass the Luhn check one time in ten, or always.
        if (!named && size != 16 && !american) continue;
        if (!named && groups > 1 && !by_four && !american) continue;
        const unsigned confidence = named ? 97 : by_four || american ? 90 : 70;
        const bool added = scan.finds.add(IdentifierType::Card, {run.begin, last.end},
                                          *std::move(card), "card.luhn", confidence);
        return added ? last.end : 0;
    }
    return 0;
}

} // namespace engine::extract::scan

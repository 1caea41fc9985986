// Vouchers, parcels, orders and Discord names: numbers that only their neighbours explain.
#include "engine/extract/scan/numbers.hpp"

#include "engine/extract/scan/words.hpp"
#include "engine/normalise/codes.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kCodeBytesMax = 40; // with separators
constexpr std::size_t kCodeGroupsMax = 6;
constexpr std::size_t kVoucherCueWindow = 100; // a brand, then a list of two or three codes
constexpr std::size_t kParcelCueWindow = 48;

struct Brand {
    std::string_view cue;  // as in Cues
    std::string_view name; // for parse_voucher
    bool alone;            // names nothing but prepaid codes
};

constexpr Brand kBrands[]{
    {"transcash", "transcash", true},
    {"neosurf", "neosurf", true},
    {"paysafe", "paysafecard", true},
    {"pcs.", "pcs", true},
    {"cashlib", "cashlib", true},
    {"flexepin", "flexepin", true},
    {"itunes", "itunes", true},
    {"google", "google play", false},
    {"steam", "steam", false},
    {"apple", "apple", false},
    {"amazon", "amazon", false},
    {"xbox", "xbox", false},
    {"playstation", "playstation", false},
    {"ticketpremium", "ticket premium", true},
};
constexpr std::string_view kCodeCuesWords[]{"code",    "carte", "coupon", "ticket", "recharge",
                                            "voucher", "gift",  "cadeau", "card",   "prepaye"};
constexpr Cues kCodeCues{kCodeCuesWords};
constexpr std::string_view kOrderCuesWords[]{
    "commande",    "order",   "dossier", "facture", "invoice",     "reference", "ref.",
    "reservation", "booking", "annonce", "contrat", "transaction", "sinistre",  "cmd."};
constexpr Cues kOrderCues{kOrderCuesWords};
constexpr std::string_view kNumberWordsWords[]{"n.",        "no.",    "nr.", "num.",
                                               "numero",    "number", "id.", "ref.",
                                               "reference", "est.",   "is.", "de.commande"};
constexpr Cues kNumberWords{kNumberWordsWords};
constexpr std::string_view kMoneyWordsWords[]{"euro", "eur.", "usd.", "dollar", "fcfa", "chf."};
constexpr Cues kMoneyWords{kMoneyWordsWords};

constexpr std::string_view kDiscordCuesWords[]{"discord"};
constexpr Cues kDiscordCues{kDiscordCuesWords};

bool is_code_character(char c) {
    return is(c, kUpper | kDigit);
}

// A code in groups: "1234 5678 9012", "AB3CD-EFGH7-JKLM9".
struct Code {
    std::size_t begin = 0;
    std::array<std::size_t, kCodeGroupsMax> ends{};
    std::size_t groups = 0;
    std::size_t characters = 0;
};

Code code_around(std::string_view text, std::size_t digit) {
    Code code{.begin = digit};
    while (code.begin > 0 && digit - code.begin < kCodeBytesMax) {
        const char c = text[code.begin - 1];
        // Groups to the left belong when they are joined by a hyphen: letters may come first.
        const bool joined = c == '-' && is_before(text, code.begin - 1, kUpper | kDigit);
        if (!is_code_character(c) && !joined) break;
        --code.begin;
    }
    std::size_t at = code.begin;
    while (code.groups < kCodeGroupsMax && at - code.begin < kCodeBytesMax) {
        const std::size_t group = at;
        while (at < text.size() && is_code_character(text[at]) && at - group < kCodeBytesMax) ++at;
        if (at == group || is_at(text, at, kWord)) break;
        code.characters += at - group;
        code.ends[code.groups++] = at;
        const char c = byte_at(text, at);
        if ((c != ' ' && c != '-' && c != '.') || !is_at(text, at + 1, kUpper | kDigit)) break;
        ++at;
    }
    return code;
}

const Brand* brand_before(std::string_view text, std::size_t at) {
    for (const Brand& brand : kBrands) {
        if (!cue_before(text, at, kVoucherCueWindow, Cues{std::span{&brand.cue, 1}})) continue;
        if (brand.alone || cue_before(text, at, kVoucherCueWindow, kCodeCues)) return &brand;
    }
    return nullptr;
}

// Ten digits in pairs after a zero are a telephone number even beside "PCS".
bool looks_like_phone(std::string_view text, const Code& code) {
    return text[code.begin] == '0' && code.groups >= 4 && code.ends[0] - code.begin == 2;
}

} // namespace

std::size_t add_voucher(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    if (!is_recent(scan.voucher_word, digit, kVoucherCueWindow + kCodeBytesMax)) return 0;
    const Code code = code_around(text, digit);
    constexpr std::size_t kCharactersMin = 10;
    if (code.characters < kCharactersMin || is_before(text, code.begin, kWord)) return 0;
    if (looks_like_phone(text, code)) return 0;
    const Brand* const brand = brand_before(text, code.begin);
    if (brand == nullptr) return 0;
    for (std::size_t groups = code.groups; groups > 0; --groups) {
        const Span span{code.begin, code.ends[groups - 1]};
        auto value =
            normalise::parse_voucher(text.substr(span.begin, span.end - span.begin), brand->name);
        if (!value) continue;
        const bool added =
            scan.finds.add(IdentifierType::Voucher, span, *std::move(value), "voucher.brand", 85);
        return added ? span.end : 0;
    }
    return 0;
}

std::size_t add_parcel(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    std::size_t begin = digit;
    while (digit - begin < 4 && is_before(text, begin, kAlnum)) --begin;
    // "LB 123 456 785 FR": letters set apart.
    if (begin == digit && digit >= 3 && text[digit - 1] == ' ' && is(text[digit - 2], kUpper) &&
        is(text[digit - 3], kUpper) && !is_before(text, digit - 3, kWord)) {
        begin = digit - 3;
    }
    if (is_before(text, begin, kWord)) return 0;
    std::array<char, 13> compact{}; // S10: two letters, nine digits, two letters
    std::size_t size = 0;
    std::size_t at = begin;
    std::size_t end = begin;
    while (at < text.size() && size < compact.size()) {
        const unsigned expected = size < 2 || size >= 11 ? kUpper : kDigit;
        if (is(text[at], expected)) {
            compact[size++] = text[at];
            end = at + 1;
        } else if (text[at] != ' ' || at != end || size == 0) {
            break;
        }
        ++at;
    }
    const bool s10 = size == compact.size() && !is_at(text, end, kWord);
    if (s10) {
        auto value = normalise::parse_parcel({compact.data(), size});
        if (value && scan.finds.add(IdentifierType::Parcel, {begin, end}, *std::move(value),
                                    "parcel.s10", compact[0] < 'X' ? 92U : 70U)) {
            return end;
        }
        return 0;
    }
    const Token token = token_around(text, digit);
    const std::string_view written = text.substr(token.begin, token.size());
    const bool ups = written.size() == 18 && written.starts_with("1Z");
    const auto digits = std::ranges::count_if(written, [](char c) { return is(c, kDigit); });
    if (!ups && (token.size() < 10 || token.size() > 20 || digits < 8)) return 0;
    if (!ups && !is_recent(scan.parcel_word, token.begin, kParcelCueWindow)) return 0;
    auto value = normalise::parse_parcel(written);
    if (!value ||
        !scan.finds.add(IdentifierType::Parcel, {token.begin, token.end}, *std::move(value),
                        ups ? "parcel.ups" : "parcel.cue", ups ? 90U : 70U)) {
        return 0;
    }
    return token.end;
}

std::size_t add_order(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    constexpr std::size_t kReferenceBytesMin = 5;
    constexpr std::size_t kReferenceBytesMax = 30;
    const auto belongs = [&](std::size_t at) {
        return is_at(text, at, kAlnum) ||
               ((byte_at(text, at) == '-' || byte_at(text, at) == '_' ||
                 byte_at(text, at) == '/') &&
                is_at(text, at + 1, kAlnum) && is_before(text, at, kAlnum));
    };
    std::size_t begin = digit;
    while (begin > 0 && digit - begin < kReferenceBytesMax && belongs(begin - 1)) --begin;
    std::size_t end = digit;
    while (end - begin < kReferenceBytesMax && belongs(end)) ++end;
    const std::string_view written = text.substr(begin, end - begin);
    const auto digits = std::ranges::count_if(written, [](char c) { return is(c, kDigit); });
    if (written.size() < kReferenceBytesMin || digits < 3 || is_at(text, end, kWord)) return 0;
    // "commande n° X", "order #X", "référence : X": only numbers' words may stand between.
    std::size_t at = begin;
    for (std::size_t words = 0; words < 3; ++words) {
        FoldedWord word = word_before(text, at, 5);
        if (word.size == 0 && at >= 2 &&
            text.substr(at > 4 ? at - 4 : 0, 4).find("°") != std::string_view::npos) {
            const std::size_t sign = text.rfind("°", at);
            word = word_ending_at(text, sign);
            if (word.size == 0) word = word_before(text, sign, 3);
        }
        if (word.size == 0) return 0;
        if (is_cue(word.letters(), kOrderCues)) {
            const std::size_t after = skip_spaces(text, end, 1);
            const bool money = text.substr(after).starts_with("€") ||
                               is_cue(word_at(text, after).letters(), kMoneyWords);
            auto value = normalise::parse_order(written);
            if (money || !value) return 0;
            const bool added = scan.finds.add(IdentifierType::Order, {begin, end},
                                              *std::move(value), "order.cue", 70);
            return added ? end : 0;
        }
        if (!is_cue(word.letters(), kNumberWords)) return 0;
        at = word.begin;
    }
    return 0;
}

std::size_t add_discord(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    if (digit == 0 || text[digit - 1] != '#') return 0;
    std::size_t end = digit;
    while (end - digit <= 4 && is_at(text, end, kDigit)) ++end;
    if (end - digit != 4 || is_at(text, end, kWord)) return 0;
    std::size_t begin = digit - 1;
    while (digit - begin < 33 &&
           (is_before(text, begin, kAlnum) ||
            (begin > 0 && (text[begin - 1] == '_' || text[begin - 1] == '.')))) {
        --begin;
    }
    if (digit - 1 - begin < 2 ||
        !(cue_before(text, begin, 40, kDiscordCues) || cue_after(text, end, 24, kDiscordCues))) {
        return 0;
    }
    auto value = normalise::parse_handle(text.substr(begin, end - begin), "discord");
    const bool added = value && scan.finds.add(IdentifierType::Handle, {begin, end},
                                               *std::move(value), "handle.discord", 90);
    return added ? end : 0;
}

} // namespace engine::extract::scan

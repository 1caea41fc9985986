// What stands at a digit. The order of the questions is the order of certainty: checksums first,
// then shapes, then words around.
#include "engine/extract/scan/numbers.hpp"

#include "engine/extract/scan/words.hpp"
#include "engine/normalise/wallet.hpp"
#include "engine/normalise/web.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kWalletBytesMin = 25;
constexpr std::size_t kReferenceBytesMin = 5; // shorter numbers are ages, prices, hours

constexpr std::string_view kWalletCuesWords[]{"wallet",       "crypto",  "sol.",    "solana",
                                              "portefeuille", "adresse", "address", "btc",
                                              "usdt",         "bitcoin", "phantom"};
constexpr Cues kWalletCues{kWalletCuesWords};
constexpr std::string_view kVersionCuesWords[]{"version", "v.", "article", "chapitre", "section"};
constexpr Cues kVersionCues{kVersionCuesWords};
constexpr std::string_view kIpCuesWords[]{"ip.", "adresse", "address", "serveur", "server", "host"};
constexpr Cues kIpCues{kIpCuesWords};

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

unsigned number_of(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits.substr(0, 6)) value = 10 * value + static_cast<unsigned>(c - '0');
    return value;
}

// What letters touch: wallets, IBAN, vouchers, parcels. 0 when it is none of them.
std::size_t read_token(Scan& scan, std::size_t digit, const Token& token) {
    if (token.size() >= kWalletBytesMin) {
        if (const std::size_t end = add_wallet(scan, token)) return end;
    }
    if (const std::size_t end = add_iban(scan, digit)) return end;
    if (const std::size_t end = add_voucher(scan, digit)) return end;
    return add_parcel(scan, digit);
}

} // namespace

Token token_around(std::string_view text, std::size_t at) {
    Token token{.begin = at, .end = at};
    while (is_before(text, token.begin, kAlnum)) {
        --token.begin;
        token.has_letter |= is(text[token.begin], kLetter);
        if (at - token.begin > kTokenBytesMax) return {at, at};
    }
    while (is_at(text, token.end, kAlnum)) {
        token.has_letter |= is(text[token.end], kLetter);
        if (++token.end - token.begin > kTokenBytesMax) return {at, at};
    }
    return token;
}

std::size_t date_groups(const NumberRun& run) {
    if (run.plus || run.count < 2) return 0;
    const auto& g = run.groups;
    const auto digits = [&](std::size_t i) { return run.digits(g[i].first, g[i].size); };
    const bool small_first = g[0].size <= 2 && number_of(digits(0)) <= 31;
    const bool same_sign = run.count >= 3 && g[1].separator == g[2].separator;
    if (run.count >= 3 && same_sign) {
        if (small_first && g[1].size <= 2 && number_of(digits(1)) <= 12 && is_year(digits(2)))
            return 3;
        if (is_year(digits(0)) && g[1].size == 2 && g[2].size == 2 && g[1].separator != ' ')
            return 3;
        if (g[1].separator == '/' && small_first && g[1].size == 2 && number_of(digits(1)) <= 12 &&
            g[2].size == 2 && run.count == 3) {
            return 3;
        }
    }
    if (small_first && g[1].size == 2 && number_of(digits(1)) <= 12 && g[1].separator == '/' &&
        (run.count == 2 || g[2].separator != '/')) {
        return 2;
    }
    return 0;
}

std::size_t add_wallet(Scan& scan, const Token& token) {
    const std::string_view text = scan.text;
    Span span{token.begin, token.end};
    // CashAddr may bear its prefix, TON's base64 has signs.
    constexpr std::string_view kCashPrefix = "bitcoincash:";
    if (span.begin >= kCashPrefix.size() &&
        reads(text, span.begin - kCashPrefix.size(), kCashPrefix)) {
        span.begin -= kCashPrefix.size();
    }
    auto wallet = normalise::parse_wallet(text.substr(span.begin, span.end - span.begin));
    if (!wallet) {
        const auto in_base64 = [&](std::size_t at) {
            return is_at(text, at, kAlnum) || byte_at(text, at) == '-' || byte_at(text, at) == '_';
        };
        const Span tight = span;
        while (span.begin > 0 && tight.begin - span.begin < 48 && in_base64(span.begin - 1)) {
            --span.begin;
        }
        while (span.end - span.begin <= 48 && in_base64(span.end)) ++span.end;
        if (span.end - span.begin != 48) return 0; // TON's own length
        wallet = normalise::parse_wallet(text.substr(span.begin, 48));
        if (!wallet) return 0;
    }
    const bool unchecked = wallet->chain == normalise::Chain::Solana;
    if (unchecked && !cue_before(text, span.begin, 80, kWalletCues)) return 0;
    const bool added =
        scan.finds.add(IdentifierType::Wallet, span, std::move(wallet->address),
                       unchecked ? "wallet.unchecked" : "wallet.checksum", unchecked ? 60U : 99U);
    return added ? span.end : 0;
}

std::size_t read_long_token(Scan& scan, std::size_t begin) {
    const Token token = token_around(scan.text, begin);
    if (token.size() < kWalletBytesMin) {
        std::size_t end = begin;
        while (is_at(scan.text, end, kAlnum)) ++end;
        return std::max(end, begin + 1);
    }
    const std::size_t end = add_wallet(scan, token);
    return end != 0 ? end : begin + 1;
}

std::size_t add_ipv4(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    std::size_t at = digit;
    bool large = false;
    for (std::size_t part = 0; part < 4; ++part) {
        const std::size_t begin = at;
        while (at - begin < 4 && is_at(text, at, kDigit)) ++at;
        const std::size_t size = at - begin;
        if (size == 0 || size > 3 || (size > 1 && text[begin] == '0')) return 0;
        if (number_of(text.substr(begin, size)) > 255) return 0;
        large |= size > 1;
        if (part == 3) break;
        if (byte_at(text, at) == '.') {
            ++at;
        } else if (text.substr(at, 3) == "[.]" || text.substr(at, 3) == "(.)") {
            at += 3;
        } else {
            return 0;
        }
    }
    const bool goes_on = byte_at(text, at) == '.' && is_at(text, at + 1, kWord);
    if (goes_on || is_at(text, at, kWord) || byte_at(text, digit - 1) == '.') return 0;
    if (!large && !cue_before(text, digit, 40, kIpCues)) return 0;
    if (cue_before(text, digit, 12, kVersionCues)) return 0;
    std::string clean;
    for (const char c : text.substr(digit, at - digit)) {
        if (is(c, kDigit) || c == '.') clean += c;
    }
    auto address = normalise::parse_ip(clean);
    if (!address ||
        !scan.finds.add(IdentifierType::Ip, {digit, at}, *std::move(address), "ip.v4", 90)) {
        return 0;
    }
    return at;
}

std::size_t read_number(Scan& scan, std::size_t digit) {
    const std::string_view text = scan.text;
    const bool after_letter = is_before(text, digit, kLetter);
    const bool after_digit_sign = is_before(text, digit, kHigh);
    if (after_letter || after_digit_sign) {
        const Token token = token_around(text, digit);
        if (token.size() == 0) { // longer than anything we know: go past it once
            std::size_t end = digit;
            while (is_at(text, end, kAlnum)) ++end;
            return std::max(end, digit + 1);
        }
        const char last = text[digit - 1];
        const bool zero_letter = (last == 'O' || last == 'o') && token.begin + 2 >= digit;
        if (const std::size_t end = read_token(scan, digit, token)) return end;
        if (!zero_letter) {
            const std::size_t end = add_order(scan, digit);
            return end != 0 ? end : std::max(token.end, digit + 1);
        }
    }
    const NumberRun run = read_run(text, digit);
    if (run.count == 1 && run.cut) return skip_digits(text, run.end); // nothing is so long
    if (run.size < kReferenceBytesMin && !run.glued && run.count == 1) {
        const std::size_t end = add_discord(scan, digit);
        if (end != 0) return end;
        // A code may go on with letters after a hyphen: "12-AB-34".
        const bool goes_on = is_at(text, run.end + 1, kUpper | kDigit);
        return goes_on && (byte_at(text, run.end) == '-' || byte_at(text, run.end) == ' ')
                   ? std::max({add_voucher(scan, digit), add_parcel(scan, digit), digit + 1})
                   : digit + 1;
    }
    if (const std::size_t end = add_ipv4(scan, digit)) return end;
    if (const std::size_t groups = date_groups(run)) return run.groups[groups - 1].end;
    if (run.glued) {
        if (const Token token = token_around(text, digit); token.has_letter) {
            if (const std::size_t end = read_token(scan, digit, token)) return end;
        }
    } else if (const std::size_t end = add_iban(scan, digit)) {
        return end; // "FR 76 3000…"
    }
    for (const auto add : {add_rib, add_card}) {
        if (const std::size_t end = add(scan, run)) return end;
    }
    for (const auto add : {add_voucher, add_order}) {
        if (const std::size_t end = add(scan, digit)) return end;
    }
    if (const std::size_t end = add_phone(scan, run)) return end;
    if (const std::size_t end = add_parcel(scan, digit)) return end;
    return std::max(run.groups[0].end, digit + 1);
}

} // namespace engine::extract::scan

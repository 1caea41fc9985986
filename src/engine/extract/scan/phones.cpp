// Telephone numbers in digits. A plan's automaton judges each candidate; the rules here say which
// groups of a run may be one, and which contexts make it something else.
#include "engine/extract/scan/numbers.hpp"

#include "engine/extract/scan/words.hpp"
#include "engine/normalise/phone.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;

constexpr std::size_t kInternationalDigitsMin = 7;
constexpr std::size_t kInternationalDigitsMax = 17; // 15 of E.164, a trunk zero, and one too many
constexpr std::size_t kNationalDigitsMin = 6;
constexpr std::size_t kNationalDigitsMax = 13;
constexpr std::size_t kFrenchDigits = 10;
constexpr std::size_t kCueWindow = 40;

constexpr std::string_view kPhoneCuesWords[]{
    "tel",    "phone",   "mobile",     "portable",  "numero",   "num.",  "appel",
    "rappel", "joindre", "joign",      "contact",   "whatsapp", "sms.",  "call",
    "fixe.",  "ligne",   "signal.",    "viber",     "dial",     "text.", "compose",
    "watsap", "wa.",     "opposition", "assistance"};
constexpr Cues kPhoneCues{kPhoneCuesWords};
constexpr std::string_view kOtherNumberCuesWords[]{
    "siret",  "siren", "imei", "tva.",  "client", "contrat",   "iban.",
    "compte", "ean.",  "isbn", "serie", "police", "matricule", "secu"};
constexpr Cues kOtherNumberCues{kOtherNumberCuesWords};
constexpr std::string_view kMoneyWordsWords[]{"euro", "eur.", "usd.",  "dollar", "fcfa",
                                              "xof.", "chf.", "franc", "livre.", "points"};
constexpr Cues kMoneyWords{kMoneyWordsWords};

struct Candidate {
    std::size_t groups = 0; // of the run, from its first
    std::size_t digits = 0;
};

// The first `count` groups of a run, without the zero of "(0)".
class Digits {
public:
    Digits(const NumberRun& run, std::size_t count, std::size_t skipped) {
        for (std::size_t i = 0; i < count; ++i) {
            if (i + 1 == run.trunk) continue;
            const DigitGroup& group = run.groups[i];
            for (std::size_t k = 0; k < group.size; ++k)
                bytes_[size_++] = run.bytes[group.first + k];
        }
        skipped_ = std::min(skipped, size_);
    }
    [[nodiscard]] std::string_view view() const {
        return std::string_view{bytes_.data(), size_}.substr(skipped_);
    }

private:
    std::array<char, kRunDigitsMax> bytes_{};
    std::size_t size_ = 0;
    std::size_t skipped_ = 0;
};

std::size_t digits_until(const NumberRun& run, std::size_t groups) {
    const DigitGroup& last = run.groups[groups - 1];
    return std::size_t{last.first} + last.size;
}

// Whether letters or digits of a longer thing touch the candidate's end.
bool is_torn(std::string_view text, const NumberRun& run, std::size_t groups) {
    const std::size_t end = run.groups[groups - 1].end;
    if (is_at(text, end, kDigit)) return true;
    if (!is_at(text, end, kWord)) return false;
    // "06 12 34 56 78svp": grouped digits are a number whatever follows.
    return groups < 4 && !run.plus;
}

bool is_amount(std::string_view text, std::size_t end) {
    const char c = byte_at(text, end);
    if ((c == ',' || c == '.') && is_at(text, end + 1, kDigit)) return true;
    const std::size_t after = skip_spaces(text, end, 1);
    const char unit = byte_at(text, after);
    if (unit == '%' || unit == '$') return true;
    if (text.substr(after).starts_with("€") || text.substr(after).starts_with("£")) return true;
    return is_at(text, after, kLetter) && is_cue(word_at(text, after).letters(), kMoneyWords);
}

bool follows_something_else(std::string_view text, const NumberRun& run) {
    if (run.begin == 0) return false;
    const char c = text[run.begin - 1];
    if (c == '#' || c == '$') return true;
    if (c == ',' || c == '.') return is_before(text, run.begin - 1, kDigit);
    if (c == '-' || c == '_' || c == '/') return is_before(text, run.begin - 1, kAlnum);
    if (is(c, kWord)) return true;
    return false;
}

bool has_phone_cue(std::string_view text, std::size_t begin) {
    return cue_before(text, begin, kCueWindow, kPhoneCues);
}

std::size_t add(Scan& scan, const NumberRun& run, std::size_t groups, std::string e164,
                std::string_view rule, unsigned confidence) {
    const std::size_t end = run.groups[groups - 1].end;
    const bool added =
        scan.finds.add(IdentifierType::Phone, {run.begin, end}, std::move(e164), rule, confidence);
    return added ? end : 0;
}

std::size_t add_international(Scan& scan, const NumberRun& run) {
    const std::size_t skipped = run.plus ? 0 : 2;
    for (std::size_t groups = run.count; groups > 0; --groups) {
        const Digits digits{run, groups, skipped};
        const std::size_t size = digits.view().size();
        if (size > kInternationalDigitsMax || is_torn(scan.text, run, groups)) continue;
        if (size < kInternationalDigitsMin) break;
        auto number = normalise::parse_e164_digits(digits.view());
        if (!number) continue;
        return add(scan, run, groups, std::move(number->e164), "phone.international", 97);
    }
    // A call-back number with a digit missing still names the caller; its value says what is there.
    const Digits digits{run, run.count, skipped};
    const std::string_view written = digits.view();
    const bool shaped = run.plus && written.size() >= 9 && written.size() <= 15 && !run.glued;
    if (!shaped || !has_phone_cue(scan.text, run.begin)) return 0;
    return add(scan, run, run.count, "+" + std::string{written}, "phone.incomplete", 40);
}

std::size_t add_french(Scan& scan, const NumberRun& run) {
    const std::string_view text = scan.text;
    for (std::size_t groups = 1; groups <= run.count; ++groups) {
        const std::size_t size = digits_until(run, groups);
        if (size > kFrenchDigits) return 0;
        if (size < kFrenchDigits) continue;
        if (is_torn(text, run, groups) || is_amount(text, run.groups[groups - 1].end)) return 0;
        const bool decimal = run.groups[0].size == 1 && run.count > 1 &&
                             run.groups[1].separator == '.' && groups == 2;
        if (decimal) return 0;
        if (cue_before(text, run.begin, 18, kOtherNumberCues) && !has_phone_cue(text, run.begin)) {
            return 0;
        }
        auto number = normalise::parse_national_digits(run.digits(0, size), normalise::kFrance);
        if (!number) return 0;
        return add(scan, run, groups, std::move(number->e164), "phone.national",
                   groups >= 4 ? 95U : 90U);
    }
    return 0;
}

// Without a leading zero or plus, only a word before makes digits a telephone number.
std::size_t add_by_cue(Scan& scan, const NumberRun& run) {
    const std::string_view text = scan.text;
    if (run.size < 8 || !has_phone_cue(text, run.begin)) return 0;
    for (std::size_t groups = run.count; groups > 0; --groups) {
        const std::size_t size = digits_until(run, groups);
        if (size > 15 || is_torn(text, run, groups)) continue;
        if (is_amount(text, run.groups[groups - 1].end)) continue;
        const std::string_view digits = run.digits(0, size);
        if (size >= 11) {
            if (auto number = normalise::parse_e164_digits(digits)) {
                return add(scan, run, groups, std::move(number->e164), "phone.cue", 75);
            }
        } else if (size == kFrenchDigits - 1 && scan.policy.assumed_country == normalise::kFrance) {
            if (auto number = normalise::parse_national_digits(digits, normalise::kFrance)) {
                return add(scan, run, groups, std::move(number->e164), "phone.cue", 65);
            }
        }
    }
    return 0;
}

std::size_t add_national(Scan& scan, const NumberRun& run) {
    const std::string_view text = scan.text;
    for (std::size_t groups = run.count; groups > 0; --groups) {
        const std::size_t size = digits_until(run, groups);
        if (size > kNationalDigitsMax || is_torn(text, run, groups)) continue;
        if (size < kNationalDigitsMin) break;
        if (is_amount(text, run.groups[groups - 1].end)) continue;
        auto number =
            normalise::parse_national_digits(run.digits(0, size), scan.policy.assumed_country);
        if (!number) continue;
        const bool shaped = run.bytes[0] == '0' || groups >= 3 || has_phone_cue(text, run.begin);
        if (!shaped) return 0;
        return add(scan, run, groups, std::move(number->e164), "phone.national", 85);
    }
    return 0;
}

} // namespace

std::size_t add_phone(Scan& scan, const NumberRun& run) {
    if (run.size < kNationalDigitsMin || follows_something_else(scan.text, run)) return 0;
    if (run.plus || (run.bytes[0] == '0' && run.bytes[1] == '0')) {
        if (const std::size_t end = add_international(scan, run)) return end;
        if (run.plus) return 0;
    }
    if (scan.policy.assumed_country == normalise::kFrance) {
        if (run.bytes[0] == '0') return add_french(scan, run);
    } else if (const std::size_t end = add_national(scan, run)) {
        return end;
    }
    return run.bytes[0] == '0' ? 0 : add_by_cue(scan, run);
}

} // namespace engine::extract::scan

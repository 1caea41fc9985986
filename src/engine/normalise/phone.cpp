// Numbers that are digits already. The plan's automaton decides in one table step a digit; only
// what it refuses is looked at again: national prefixes, renumbered plans, the French overseas.
//
// What is done with a national prefix follows Google's libphonenumber
// (PhoneNumberUtil::MaybeStripNationalPrefixAndCarrierCode and ParseHelper).
#include "engine/normalise/phone.hpp"

#include "engine/normalise/numbering/plans.hpp"
#include "engine/normalise/numbering/prefix.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <span>

namespace engine::normalise {
namespace {

using numbering::CallingCode;
using numbering::CountryPlan;
using numbering::kCallingCodes;
using numbering::kCountries;
using numbering::kNationalDigitsMax;

// A national number made of pieces: what a prefix rule or an old plan makes of the digits.
class Digits {
public:
    std::string_view append(std::string_view text) {
        const std::size_t fits = std::min(text.size(), bytes_.size() - size_);
        std::memcpy(bytes_.data() + size_, text.data(), fits);
        size_ += fits;
        return {bytes_.data(), size_};
    }

private:
    std::array<char, 32> bytes_; // only the first size_ are read
    std::size_t size_ = 0;
};

std::uint8_t walk(std::uint16_t node, std::string_view digits) {
    for (const char c : digits) {
        const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
        if (digit > 9) return 0;
        node = numbering::kNext[node][digit];
        if (node == 0) return 0;
    }
    return numbering::kLabels[node];
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A number that a plan has.
struct Found {
    const CallingCode* code = nullptr;
    std::string_view national;
    std::uint8_t label = 0; // 0: none has it

    explicit operator bool() const { return label != 0; }
};

Found in_plan(const CallingCode& code, std::string_view national) {
    return {&code, national, walk(code.root, national)};
}

PhoneNumber number_of(const Found& found) {
    const CallingCode& code = *found.code;
    PhoneNumber number;
    number.e164.resize(1 + code.size + found.national.size());
    char* const e164 = number.e164.data();
    e164[0] = '+';
    std::memcpy(e164 + 1, code.digits, code.size);
    std::memcpy(e164 + 1 + code.size, found.national.data(), found.national.size());
    number.country = kCountries[code.first_country + (found.label - 1) / 8].name;
    number.kind = static_cast<LineKind>((found.label - 1) % 8);
    return number;
}

const CountryPlan* plan_of(CountryCode country) {
    const unsigned first = static_cast<unsigned char>(country[0]) - unsigned{'A'};
    const unsigned second = static_cast<unsigned char>(country[1]) - unsigned{'A'};
    if (first > 25 || second > 25) return nullptr;
    const std::uint8_t place = numbering::kCountryByName[26 * first + second];
    return place == 0 ? nullptr : &kCountries[place - 1];
}

const CallingCode* calling_code_of(std::string_view digits) {
    if (digits.size() < 3 || !all_digits(digits.substr(0, 3))) return nullptr;
    const int three = 100 * (digits[0] - '0') + 10 * (digits[1] - '0') + (digits[2] - '0');
    const std::uint8_t place = numbering::kCallingCodeByThreeDigits[three];
    return place == 0 ? nullptr : &kCallingCodes[place - 1];
}

// A length that the plan knows, or more than it knows: libphonenumber keeps those.
bool is_plausible_length(const CountryPlan& plan, std::size_t size) {
    if (size < 32 && (plan.lengths >> size & 1U) != 0) return true;
    return size >= static_cast<std::size_t>(std::bit_width(plan.lengths));
}

// A view of `written`, or of `made` when a rule puts other digits in the prefix's place.
std::string_view without_national_prefix(const CountryPlan& plan, std::string_view written,
                                         Digits& made) {
    const auto match = numbering::match_prefix(plan.prefix, written);
    if (!match) return written;
    const std::string_view last = match->group(plan.prefix_groups, written);
    std::string_view rest = written.substr(match->length);
    if ((plan.kept_group != 0 || plan.put_before[0] != '\0') && !last.empty()) {
        made.append(plan.put_before);
        made.append(match->group(plan.kept_group, written));
        rest = made.append(rest);
    }
    if (walk(plan.viable, written) != 0 && walk(plan.viable, rest) == 0) return written;
    return is_plausible_length(plan, rest.size()) ? rest : written;
}

PhoneRefusal refusal_of(const CallingCode& code, std::string_view national) {
    if (!all_digits(national)) return PhoneRefusal::NotInNumberingPlan;
    const std::uint32_t lengths = kCountries[code.first_country].lengths;
    if (national.size() < static_cast<std::size_t>(std::countr_zero(lengths))) {
        return PhoneRefusal::TooShort;
    }
    if (national.size() >= static_cast<std::size_t>(std::bit_width(lengths))) {
        return PhoneRefusal::TooLong;
    }
    return PhoneRefusal::NotInNumberingPlan;
}

// Côte d'Ivoire, 31 January 2021 (ARTCI; ITU Operational Bulletin): eight digits became ten by a
// prefix of the operator. The operator stood in the second digit of mobile numbers (1 to 3 and 0
// Moov, 4 to 6 MTN, 7 to 9 Orange) and in the third of fixed ones (2x, 3x: 8 Moov, 0 MTN).
std::string_view ivorian_prefix(std::string_view old) {
    if (old[0] == '2' || old[0] == '3') {
        if (old[2] == '8') return "21";
        return old[2] == '0' ? "25" : "27";
    }
    if (old[1] <= '3') return "01";
    return old[1] <= '6' ? "05" : "07";
}

constexpr std::size_t kOldWestAfricanDigits = 8;

// The number in today's plan, when `national` is one of a plan that was replaced.
Found in_old_plan(const CallingCode& code, std::string_view national, Digits& made) {
    if (national.size() != kOldWestAfricanDigits || !all_digits(national)) return {};
    if (code.name() == "229") {
        made.append("01"); // Benin, 30 November 2024 (ARCEP Bénin): 01 before every number
    } else if (code.name() == "225") {
        made.append(ivorian_prefix(national));
    } else {
        return {};
    }
    return in_plan(code, made.append(national));
}

// France and its overseas departments dial each other nationally (0692…, 0596…), with calling
// codes of their own for the rest of the world: ARCEP, decision 2018-0881, annex 1.
struct OverseasPrefix {
    std::string_view national;
    std::string_view calling_code;
};

constexpr OverseasPrefix kOverseas[]{
    {"262", "262"},  {"263", "262"},  {"269", "262"},  {"587", "590"},  {"588", "594"},
    {"589", "596"},  {"590", "590"},  {"594", "594"},  {"596", "596"},  {"639", "262"},
    {"690", "590"},  {"691", "590"},  {"692", "262"},  {"693", "262"},  {"694", "594"},
    {"696", "596"},  {"697", "596"},  {"7090", "590"}, {"7091", "596"}, {"7092", "262"},
    {"7093", "594"}, {"7093", "262"},
};

bool is_french_area(const CallingCode& code) {
    const std::string_view name = code.name();
    return name == "33" || name == "262" || name == "590" || name == "594" || name == "596";
}

bool may_be_overseas(std::string_view national) {
    if (national.size() != 9) return false;
    switch (national[0]) {
    case '2': return national[1] == '6';
    case '5': return national[1] >= '8';
    case '6': return national[1] == '3' || national[1] == '9';
    case '7': return national[1] == '0';
    default: return false;
    }
}

Found in_overseas(std::string_view national) {
    if (!may_be_overseas(national)) return {};
    for (const OverseasPrefix& overseas : kOverseas) {
        if (!national.starts_with(overseas.national)) continue;
        const Found found = in_plan(*calling_code_of(overseas.calling_code), national);
        if (found) return found;
    }
    return {};
}

enum class Dialled : std::uint8_t { Nationally, Internationally };

// The number without any prefix, in the plan of that calling code or the one that replaced it.
// "+33 692…" is how the overseas are written from abroad by those who dial 0692 at home.
Found find(const CallingCode& code, std::string_view national, Dialled dialled, Digits& made) {
    const bool overseas =
        dialled == Dialled::Nationally ? is_french_area(code) : code.name() == "33";
    if (overseas) {
        if (const Found found = in_overseas(national)) return found;
    }
    if (const Found found = in_plan(code, national)) return found;
    return in_old_plan(code, national, made);
}

} // namespace

Result<PhoneNumber, PhoneRefusal> parse_e164_digits(std::string_view digits) {
    if (digits.empty()) return refuse(PhoneRefusal::NoDigits);
    if (digits.size() < 3) return refuse(PhoneRefusal::TooShort);
    const CallingCode* const code = calling_code_of(digits);
    if (code == nullptr) return refuse(PhoneRefusal::UnknownCountryCode);
    const std::string_view national = digits.substr(code->size);
    if (national.size() > kNationalDigitsMax) return refuse(PhoneRefusal::TooLong);

    Digits renumbered;
    if (const Found found = find(*code, national, Dialled::Internationally, renumbered))
        return number_of(found);
    Digits made;
    const std::string_view bare =
        without_national_prefix(kCountries[code->first_country], national, made);
    if (bare.data() != national.data()) {
        if (const Found found = find(*code, bare, Dialled::Internationally, renumbered))
            return number_of(found);
    }
    return refuse(refusal_of(*code, bare));
}

Result<PhoneNumber, PhoneRefusal> parse_national_digits(std::string_view digits,
                                                        CountryCode country) {
    if (digits.empty()) return refuse(PhoneRefusal::NoDigits);
    if (digits.size() > kNationalDigitsMax + 1) return refuse(PhoneRefusal::TooLong);
    const CountryPlan* const plan = plan_of(country);
    if (plan == nullptr) return refuse(PhoneRefusal::UnknownCountryCode);
    const CallingCode& code = kCallingCodes[plan->calling_code];
    Digits made;
    const std::string_view national = without_national_prefix(*plan, digits, made);

    Digits renumbered;
    if (const Found found = find(code, national, Dialled::Nationally, renumbered))
        return number_of(found);
    if (is_french_area(code) && country != kFrance) {
        const CallingCode& france = kCallingCodes[plan_of(kFrance)->calling_code];
        if (const Found found = in_plan(france, national)) return number_of(found);
    }
    return refuse(refusal_of(code, national));
}

} // namespace engine::normalise

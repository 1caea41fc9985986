// The same numbers read by Google's libphonenumber, as Debian 12 ships it (8.12.57, plans of 2022).
#include "engine/normalise/phone.hpp"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace engine::normalise {
namespace {

namespace oracle = i18n::phonenumbers;
using Util = oracle::PhoneNumberUtil;

// Regions in which ranges were opened, closed or renamed since 2022: there only numbers that both
// accept are compared, elsewhere all (phone_plans_test.cpp compares all, in today's plans).
// Benin (ten digits since November 2024), Nigeria, Zimbabwe and Senegal changed most.
constexpr std::string_view kChangedSince2022 =
    "AC AE AG AI AO AR AS AU AX BB BD BE BF BH BR BS BT BW CC CD CF CG CH CI CL CN CO CR CU "
    "CV CX CY DK DM DO DZ EC EE EG EH ES ET FI FJ FO GB GD GE GH GI GL GM GT GU GY HK HN HR "
    "HT IL IN IR IT JE JM JO JP KE KG KI KN KR KY KZ LA LC LI LR LS MA MC MG ML MM MN MP MS "
    "MU MV MW MX MY MZ NC NE NF NG NO NU NZ OM PA PE PG PH PK PL PM PR PT QA RO RU RW SA SC "
    "SE SH SI SJ SL SM SN SR SV SX SY SZ TC TD TG TJ TM TN TO TR TZ UG US UZ VC VE VG VI VN "
    "WF WS YE ZA ZM ZW";

// France too says otherwise, on purpose: numbers of the overseas departments that are dialled
// nationally get their own calling code, and 06 39 98 is kept for fiction. Benin's old numbers are
// brought to the new plan.
constexpr std::string_view kOnPurpose = "BJ BL FR GF GP MF MQ RE YT";

bool lists(std::string_view regions, std::string_view region) {
    return regions.find(region) != std::string_view::npos;
}

struct Reading {
    std::string e164; // empty: not valid
    std::string region;
    std::string kind;
    friend bool operator==(const Reading&, const Reading&) = default;
    [[nodiscard]] bool valid() const { return !e164.empty(); }
    friend std::ostream& operator<<(std::ostream& out, const Reading& reading) {
        return out << reading.e164 << ' ' << reading.region << ' ' << reading.kind;
    }
};

std::string kind_name(Util::PhoneNumberType type) {
    switch (type) {
    case Util::FIXED_LINE: return "fixed";
    case Util::MOBILE: return "mobile";
    case Util::FIXED_LINE_OR_MOBILE: return "fixed or mobile";
    case Util::TOLL_FREE: return "toll free";
    case Util::PREMIUM_RATE: return "premium rate";
    case Util::SHARED_COST: return "shared cost";
    case Util::VOIP: return "voip";
    case Util::PERSONAL_NUMBER:
    case Util::PAGER:
    case Util::UAN:
    case Util::VOICEMAIL:
    case Util::UNKNOWN: return "other";
    }
    return {};
}

std::string kind_name(LineKind kind) {
    switch (kind) {
    case LineKind::Fixed: return "fixed";
    case LineKind::Mobile: return "mobile";
    case LineKind::FixedOrMobile: return "fixed or mobile";
    case LineKind::TollFree: return "toll free";
    case LineKind::PremiumRate: return "premium rate";
    case LineKind::SharedCost: return "shared cost";
    case LineKind::Voip: return "voip";
    case LineKind::Other: return "other";
    }
    return {};
}

Reading theirs(const std::string& written, const std::string& assumed) {
    const Util& util = *Util::GetInstance();
    oracle::PhoneNumber number;
    if (util.Parse(written, assumed, &number) != Util::NO_PARSING_ERROR) return {};
    if (!util.IsValidNumber(number)) return {};
    Reading reading;
    util.Format(number, Util::E164, &reading.e164);
    util.GetRegionCodeForNumber(number, &reading.region);
    if (reading.region == "001") reading.region = "ZZ";
    reading.kind = kind_name(util.GetNumberType(number));
    return reading;
}

Reading ours(const Result<PhoneNumber, PhoneRefusal>& number) {
    if (!number) return {};
    return {
        number->e164, {number->country.begin(), number->country.end()}, kind_name(number->kind)};
}

// What the two editions must agree on in that region.
bool agree(const std::string& region, const Reading& expected, const Reading& found) {
    if (lists(kOnPurpose, region)) return true;
    if (!lists(kChangedSince2022, region)) return expected == found;
    return !expected.valid() || !found.valid() || expected.e164 == found.e164;
}

constexpr int kVariants = 12; // of each example number

// Example numbers of a region, and numbers that differ from them in a few digits.
std::vector<std::string> national_numbers(const std::string& region, std::mt19937& random) {
    const Util& util = *Util::GetInstance();
    std::vector<std::string> numbers;
    for (int type = Util::FIXED_LINE; type <= Util::VOICEMAIL; ++type) {
        oracle::PhoneNumber example;
        const auto kind = static_cast<Util::PhoneNumberType>(type);
        if (!util.GetExampleNumberForType(region, kind, &example)) continue;
        std::string digits;
        util.GetNationalSignificantNumber(example, &digits);
        for (int i = 0; i < kVariants; ++i) {
            std::string variant = digits;
            const auto changes = i == 0 ? 0UL : 1 + random() % 3;
            for (std::size_t c = 0; c < changes; ++c) {
                variant[random() % variant.size()] = static_cast<char>('0' + random() % 10);
            }
            if (random() % 10 == 0) variant.pop_back();
            numbers.push_back(std::move(variant));
        }
    }
    return numbers;
}

TEST(PhoneOracle, InternationalNumbersAreReadAlike) {
    std::set<std::string> regions;
    Util::GetInstance()->GetSupportedRegions(&regions);
    std::mt19937 random{20221};
    int numbers = 0;
    int differences = 0;
    for (const std::string& region : regions) {
        const std::string code =
            std::to_string(Util::GetInstance()->GetCountryCodeForRegion(region));
        for (const std::string& national : national_numbers(region, random)) {
            ++numbers;
            const std::string digits = code + national;
            const Reading expected = theirs("+" + digits, "ZZ");
            const Reading found = ours(parse_e164_digits(digits));
            if (expected != found) ++differences;
            EXPECT_TRUE(agree(region, expected, found))
                << region << " +" << code << national << ": " << expected << " | " << found;
        }
    }
    EXPECT_GT(numbers, 15'000);
    EXPECT_LT(differences, numbers * 4 / 100); // by age alone
}

TEST(PhoneOracle, NationalNumbersAreReadAlike) {
    std::set<std::string> regions;
    Util::GetInstance()->GetSupportedRegions(&regions);
    std::mt19937 random{20222};
    for (const std::string& region : regions) {
        std::string prefix;
        Util::GetInstance()->GetNddPrefixForRegion(region, true, &prefix);
        for (const std::string& national : national_numbers(region, random)) {
            const CountryCode country{region[0], region[1]};
            const Reading expected = theirs(prefix + national, region);
            const Reading found = ours(parse_national_digits(prefix + national, country));
            EXPECT_TRUE(agree(region, expected, found))
                << region << ' ' << prefix << national << ": " << expected << " | " << found;
        }
    }
}

} // namespace
} // namespace engine::normalise

#include "engine/normalise/phone.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>
#include <vector>

namespace engine::normalise {
namespace {

std::string text_of(const Result<PhoneNumber, PhoneRefusal>& number) {
    if (number) return number->e164;
    switch (number.error()) {
    case PhoneRefusal::NoDigits: return "no digits";
    case PhoneRefusal::TooShort: return "too short";
    case PhoneRefusal::TooLong: return "too long";
    case PhoneRefusal::UnknownCountryCode: return "unknown country code";
    case PhoneRefusal::NotInNumberingPlan: return "not in numbering plan";
    }
    return {};
}

struct WrittenRow {
    const char* written;
    const char* expected;
    CountryCode assumed = kFrance;
};

TEST(ParsePhone, ReadsWhatPeopleWrite) {
    const WrittenRow rows[]{
        {"06 39 98 12 34", "+33639981234"},
        {"06.39.98.12.34", "+33639981234"},
        {"06-39-98-12-34", "+33639981234"},
        {"06/39/98/12/34", "+33639981234"},
        {"06_39_98_12_34", "+33639981234"},
        {"0639981234", "+33639981234"},
        {"639981234", "+33639981234"},
        {"+33639981234", "+33639981234"},
        {"+33 6 39 98 12 34", "+33639981234"},
        {"+33 (0)6 39 98 12 34", "+33639981234"},
        {"(+33) 06 39 98 12 34", "+33639981234"},
        {"+33(0) 6.39.98.12.34", "+33639981234"},
        {"0033 6 39 98 12 34", "+33639981234"},
        {"0033 (0) 6 39 98 12 34", "+33639981234"},
        {"00 33 06 39 98 12 34", "+33639981234"},
        {"+0033 6 39 98 12 34", "+33639981234"},
        {"33639981234", "+33639981234"},
        {"33 6 39 98 12 34", "+33639981234"},
        {"O6 39 98 12 34", "+33639981234"},
        {"o6.39.98.12.34", "+33639981234"},
        {"OO33 6 39 98 12 34", "+33639981234"},
        {"06 39 98 1O OO", "+33639981000"},
        {"06 39 98 OO OO", "+33639980000"},
        {"\u041E6 39 98 12 34", "+33639981234"}, // Cyrillic O
        {"06\u00A039\u202F98\u200912\u300034", "+33639981234"},
        {"06\u201039\u201398\u221212\uFF0D34", "+33639981234"},
        {"06\u00B739\u202298\uFF0E12\u200B34", "+33639981234"},
        {"\uFF10\uFF16\uFF13\uFF19\uFF19\uFF18\uFF11\uFF12\uFF13\uFF14", "+33639981234"},
        {"\uFF0B33 6 39 98 12 34", "+33639981234"},
        {"\u0660\u0666 39 98 12 34", "+33639981234"},               // Arabic-Indic
        {"0\uFE0F\u20E36\uFE0F\u20E3 39 98 12 34", "+33639981234"}, // keycap emoji
        {"Tél. : 06 39 98 12 34", "+33639981234"},
        {"tel:+33639981234", "+33639981234"},
        {"n° 2 : 06 39 98 12 34 (le soir)", "+33639981234"},
        {"06 39 98 12 34 / 06 39 98 56 78", "+33639981234"},
        {"06 39 98 12 34\n06 39 98 56 78", "+33639981234"},
        {"06 39 98 12 34 ou 06 39 98 56 78", "+33639981234"},
        {"06 39 98 12 34, poste 12", "+33639981234"},
        {"06\n39 98 12 34", "+33639981234"},
        {"https://wa.me/33639981234", "+33639981234"},
        {"01 99 00 12 34", "+33199001234"},
        {"02 61 91 12 34", "+33261911234"},
        {"03 53 01 12 34", "+33353011234"},
        {"04 65 71 12 34", "+33465711234"},
        {"05 36 49 12 34", "+33536491234"},
        {"09 70 00 12 34", "+33970001234"},
        {"0 800 00 12 34", "+33800001234"},
        {"0 899 00 12 34", "+33899001234"},
    };
    for (const WrittenRow& row : rows) {
        EXPECT_EQ(text_of(parse_phone(row.written, row.assumed)), row.expected) << row.written;
    }
}

TEST(ParsePhone, RefusesWhatIsNoNumber) {
    const WrittenRow rows[]{
        {"", "no digits"},
        {"inconnu", "no digits"},
        {"+", "no digits"},
        {"o", "no digits"},
        {"\xFF\xFE\x80", "no digits"},
        {"17", "too short"},
        {"112", "too short"},
        {"3631", "too short"},
        {"33700", "too short"},
        {"+33 3631", "too short"},
        {"06 39 98 12", "too short"},
        {"06 39 98 12 34 5", "too long"},
        {"+33 6 39 98 12 34 56", "too long"},
        {"00 00 00 00 00", "not in numbering plan"},
        {"+999 12 34 56 78", "unknown country code"},
        {"+210 12 34 56 78", "unknown country code"},
        {"06 39 98 12 34", "unknown country code", {'X', 'X'}},
        {"06 39 98 12 34", "unknown country code", {'\0', '\xFF'}},
    };
    for (const WrittenRow& row : rows) {
        EXPECT_EQ(text_of(parse_phone(row.written, row.assumed)), row.expected) << row.written;
    }
}

TEST(ParsePhone, BoundsHostileFields) {
    EXPECT_EQ(text_of(parse_phone(std::string(10'000'000, '0'))), "too long");
    EXPECT_EQ(text_of(parse_phone(std::string(10'000'000, 'o'))), "no digits");
    EXPECT_EQ(text_of(parse_phone(std::string(10'000'000, '('))), "no digits");
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "1a";
    EXPECT_EQ(text_of(parse_phone(many)), "too short");
}

TEST(ParsePhone, BringsOldBenineseAndIvorianNumbersToTodaysPlans) {
    const WrittenRow rows[]{
        {"+229 97 00 12 34", "+2290197001234"},
        {"00229 97001234", "+2290197001234"},
        {"229 97 00 12 34", "+2290197001234"},
        {"+229 01 97 00 12 34", "+2290197001234"},
        {"0022901 97 00 12 34", "+2290197001234"},
        {"+229 (01) 97001234", "+2290197001234"},
        {"97 00 12 34", "+2290197001234", {'B', 'J'}},
        {"01 97 00 12 34", "+2290197001234", {'B', 'J'}},
        {"+229 21 30 12 34", "+2290121301234"},
        {"+229 00 00 12 34", "too short"},
        {"+225 07 00 12 34", "+2250707001234"},  // Orange
        {"+225 58 00 12 34", "+2250758001234"},  // Orange
        {"+225 05 00 12 34", "+2250505001234"},  // MTN
        {"+225 74 00 12 34", "+2250574001234"},  // MTN
        {"00225 01 00 12 34", "+2250101001234"}, // Moov
        {"225 40 00 12 34", "+2250140001234"},   // Moov
        {"+225 20 21 12 34", "+2252720211234"},  // Orange, fixed
        {"+225 20 01 12 34", "+2252520011234"},  // MTN, fixed
        {"+225 20 81 12 34", "+2252120811234"},  // Moov, fixed
        {"+225 07 07 00 12 34", "+2250707001234"},
        {"07 07 00 12 34", "+2250707001234", {'C', 'I'}},
        {"07 00 12 34", "+2250707001234", {'C', 'I'}},
    };
    for (const WrittenRow& row : rows) {
        EXPECT_EQ(text_of(parse_phone(row.written, row.assumed)), row.expected) << row.written;
    }
}

TEST(ParsePhone, KnowsTheFrenchOverseas) {
    const WrittenRow rows[]{
        {"0692 00 12 34", "+262692001234"}, // Réunion
        {"0639 00 12 34", "+262639001234"}, // Mayotte
        {"0690 00 12 34", "+590690001234"}, // Guadeloupe
        {"0694 00 12 34", "+594694001234"}, // Guyane
        {"0696 00 12 34", "+596696001234"}, // Martinique
        {"0596 50 12 34", "+596596501234"}, // Martinique, fixed
        {"+33 692 00 12 34", "+262692001234"},
        {"+33 (0)692 00 12 34", "+262692001234"},
        {"+262 692 00 12 34", "+262692001234"},
        {"+262 0692 00 12 34", "+262692001234"},
        {"06 39 98 12 34", "+33639981234"},
        {"06 39 98 12 34", "+33639981234", {'R', 'E'}},
        {"01 99 00 12 34", "+33199001234", {'M', 'Q'}},
        {"0692 00 12 34", "+262692001234", {'G', 'P'}},
    };
    for (const WrittenRow& row : rows) {
        EXPECT_EQ(text_of(parse_phone(row.written, row.assumed)), row.expected) << row.written;
    }
}

TEST(ParsePhone, FollowsEachCountrysPrefixes) {
    const WrittenRow rows[]{
        {"0470 12 34 56", "+32470123456", {'B', 'E'}},
        {"02 511 12 34", "+3225111234", {'B', 'E'}},
        {"079 123 45 67", "+41791234567", {'C', 'H'}},
        {"+41 (0)22 730 12 34", "+41227301234"},
        {"621 123 456", "+352621123456", {'L', 'U'}},
        {"030 123456", "+4930123456", {'D', 'E'}},
        {"+49 (0)30 123456", "+4930123456"},
        {"06 6982 1234", "+390669821234", {'I', 'T'}},
        {"+39 06 6982 1234", "+390669821234"}, // Italy keeps the zero
        {"+39 (0)6 6982 1234", "+390669821234"},
        {"07400 123456", "+447400123456", {'G', 'B'}},
        {"(201) 555-0123", "+12015550123", {'U', 'S'}},
        {"1-201-555-0123", "+12015550123", {'U', 'S'}},
        {"011 33 6 39 98 12 34", "+33639981234", {'U', 'S'}},
        {"0033 6 39 98 12 34", "+33639981234", {'U', 'S'}},
        {"8 (912) 345-67-89", "+79123456789", {'R', 'U'}},
        {"810 33 6 39 98 12 34", "+33639981234", {'R', 'U'}},
        {"06 20 123 4567", "+36201234567", {'H', 'U'}},
        {"011 15 2345 6789", "+5491123456789", {'A', 'R'}},   // "15" becomes a 9 in front
        {"0 15 11 96123 4567", "+5511961234567", {'B', 'R'}}, // 15: carrier
        {"302 1234", "+12423021234", {'B', 'S'}},             // local, area code understood
        {"0549 886 123", "+3780549886123", {'S', 'M'}},
        {"886123", "+3780549886123", {'S', 'M'}},
        {"0 550 12 34 56", "+213550123456", {'D', 'Z'}},
        {"0612 345678", "+212612345678", {'M', 'A'}},
        {"20 123 456", "+21620123456", {'T', 'N'}},
        {"+221 77 123 45 67", "+221771234567"},
        {"+237 6 71 23 45 67", "+237671234567"},
        {"+800 1234 5678", "+80012345678"},
        {"0 011 33 6 39 98 12 34", "+33639981234", {'A', 'U'}},
    };
    for (const WrittenRow& row : rows) {
        EXPECT_EQ(text_of(parse_phone(row.written, row.assumed)), row.expected) << row.written;
    }
}

struct KindRow {
    const char* e164_digits;
    CountryCode country;
    LineKind kind;
};

TEST(ParseE164Digits, NamesCountryAndKind) {
    const KindRow rows[]{
        {"33199001234", {'F', 'R'}, LineKind::Fixed},
        {"33639981234", {'F', 'R'}, LineKind::Mobile},
        {"33800001234", {'F', 'R'}, LineKind::TollFree},
        {"33899001234", {'F', 'R'}, LineKind::PremiumRate},
        {"33810001234", {'F', 'R'}, LineKind::SharedCost},
        {"33970001234", {'F', 'R'}, LineKind::Voip},
        {"33806001234", {'F', 'R'}, LineKind::Other},
        {"12015550123", {'U', 'S'}, LineKind::FixedOrMobile},
        {"16045550123", {'C', 'A'}, LineKind::FixedOrMobile},
        {"12423591234", {'B', 'S'}, LineKind::Mobile},
        {"18005550123", {'U', 'S'}, LineKind::TollFree},
        {"447400123456", {'G', 'B'}, LineKind::Mobile},
        {"447781123456", {'G', 'G'}, LineKind::Mobile},
        {"77012345678", {'K', 'Z'}, LineKind::Mobile},
        {"262639001234", {'Y', 'T'}, LineKind::Mobile},
        {"2290197001234", {'B', 'J'}, LineKind::Mobile},
        {"2252720211234", {'C', 'I'}, LineKind::Fixed},
        {"80012345678", {'Z', 'Z'}, LineKind::TollFree},
    };
    for (const KindRow& row : rows) {
        const auto number = parse_e164_digits(row.e164_digits);
        ASSERT_TRUE(number) << row.e164_digits << ": " << text_of(number);
        EXPECT_EQ(number->country, row.country) << row.e164_digits;
        EXPECT_EQ(number->kind, row.kind) << row.e164_digits;
    }
}

TEST(ParseDigits, RefusesWhatIsNotDigits) {
    for (const char* digits : {"+33639981234", "33 639981234", "3363998123x", "\xB2\xB3\xB4"}) {
        EXPECT_FALSE(parse_e164_digits(digits)) << digits;
        EXPECT_FALSE(parse_national_digits(digits, kFrance)) << digits;
    }
    EXPECT_EQ(text_of(parse_e164_digits("")), "no digits");
    EXPECT_EQ(text_of(parse_e164_digits("33")), "too short");
    EXPECT_EQ(text_of(parse_national_digits("", kFrance)), "no digits");
    EXPECT_EQ(text_of(parse_national_digits(std::string(1000, '6'), kFrance)), "too long");
}

// Examples of plans that were replaced after the file of examples was made: Benin's services of
// eight digits, Zimbabwe's old area codes.
constexpr std::string_view kOfOldPlans[]{"+22985751234", "+22981123456", "+2631312345"};

// Example numbers of every country, by libphonenumber's authors: region, calling code, national
// prefix, type, national number, E.164, separated by tabs.
TEST(ParsePhone, AcceptsEveryExampleNumber) {
    const char* const shared = std::getenv("MAILLON_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    std::ifstream file{std::string{shared} + "/identifiers/phone/example_numbers_shared.tsv"};
    ASSERT_TRUE(file);
    std::string line;
    std::getline(file, line);
    int numbers = 0;
    while (std::getline(file, line)) {
        std::istringstream columns{line};
        std::vector<std::string> fields;
        for (std::string field; std::getline(columns, field, '\t');) fields.push_back(field);
        ASSERT_EQ(fields.size(), 6U) << line;
        if (std::ranges::count(kOfOldPlans, fields[5]) != 0) continue;
        ++numbers;
        EXPECT_EQ(text_of(parse_phone(fields[5])), fields[5]) << line;
        if (fields[0] == "001") continue;
        const CountryCode region{fields[0][0], fields[0][1]};
        EXPECT_EQ(text_of(parse_phone(fields[2] + fields[4], region)), fields[5]) << line;
        EXPECT_EQ(text_of(parse_phone(fields[4], region)), fields[5]) << line;
    }
    RecordProperty("set", "libphonenumber, example numbers");
    RecordProperty("cases", numbers);
    EXPECT_GT(numbers, 500);
}

} // namespace
} // namespace engine::normalise

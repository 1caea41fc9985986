// Every country's numbers against libphonenumber-js, from whose metadata the plans are compiled.
// tools/generate_phone_cases.mjs writes the cases at build and names their columns.
#include "engine/normalise/phone.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>
#include <vector>

namespace engine::normalise {
namespace {

constexpr std::array<std::string_view, 8> kKindNames{"fixed",     "mobile",       "fixed or mobile",
                                                     "toll free", "premium rate", "shared cost",
                                                     "voip",      "other"};

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    std::size_t begin = 0;
    for (std::size_t tab = 0; tab != std::string::npos; begin = tab + 1) {
        tab = line.find('\t', begin);
        fields.push_back(line.substr(begin, tab - begin));
    }
    return fields;
}

// Belarus: "8" is a national prefix and the start of +375 8xx; libphonenumber takes it off always,
// and loses ten-digit numbers. Tristan da Cunha: libphonenumber-js alone adds "or mobile" to a plan
// without mobile numbers.
bool is_theirs_alone(const std::string& digits, const std::string& region) {
    return digits.starts_with("3758") || region == "TA";
}

// Where Maillon says more on purpose (phone.hpp): the French overseas departments under their own
// calling codes, 06 39 98 for fiction, old Beninese and Ivorian numbers in today's plans.
bool differs_on_purpose(const std::string& digits, const std::string& country) {
    constexpr std::string_view kAreas = "FR GF GP MQ RE YT BL MF BJ CI";
    return digits.starts_with("33") || digits.starts_with("225") || digits.starts_with("229") ||
           kAreas.find(country) != std::string_view::npos;
}

TEST(PhonePlans, SayWhatTheirSourceSays) {
    std::ifstream file{MAILLON_PHONE_CASES};
    ASSERT_TRUE(file);
    int cases = 0;
    int valid = 0;
    int differences = 0;
    for (std::string line; std::getline(file, line);) {
        const std::vector<std::string> fields = fields_of(line);
        ASSERT_EQ(fields.size(), 6U) << line;
        const std::string& country = fields[1];
        const std::string& digits = fields[2];
        if (differs_on_purpose(digits, country) || is_theirs_alone(digits, fields[4])) continue;
        const auto number = country == "-"
                                ? parse_e164_digits(digits)
                                : parse_national_digits(digits, {country[0], country[1]});
        ++cases;
        if (!fields[3].empty()) ++valid;
        std::string found = "\t\t";
        if (number) {
            found = number->e164 + '\t' + number->country[0] + number->country[1] + '\t';
            found += kKindNames[static_cast<std::size_t>(number->kind)];
        }
        const std::string expected = fields[3] + '\t' + fields[4] + '\t' + fields[5];
        if (found == expected) continue;
        ++differences;
        EXPECT_EQ(found, expected) << line;
    }
    EXPECT_EQ(differences, 0);
    EXPECT_GT(cases, 50'000);
    EXPECT_GT(valid, 40'000);
}

} // namespace
} // namespace engine::normalise

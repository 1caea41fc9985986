// The numbering plans of the world as tables. tools/generate_phone_plans.py makes them at build
// and explains how; this header is their layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::normalise::numbering {

constexpr std::size_t kNationalDigitsMax = 17; // libphonenumber: kMaxLengthForNsn

/// Automaton over digits, shared by all plans: kNext[node][digit]. From node 0 nothing is accepted.
extern const std::uint16_t kNext[][10];

/// What a number that ends on a node is: 0 nothing, else 1 + 8 × (place of the country among those
/// of its calling code) + LineKind.
extern const std::uint8_t kLabels[];

/// Instructions of the prefix matcher (prefix.hpp).
extern const std::uint16_t kPrograms[];

struct CountryPlan {
    std::array<char, 2> name;
    std::uint8_t calling_code;   // index in kCallingCodes
    std::uint16_t viable;        // node from which the general pattern of the plan is accepted
    std::uint32_t lengths;       // bit n: national numbers may have n digits
    std::uint16_t prefix;        // program of the national prefix, 0: there is none
    std::uint8_t prefix_groups;  // how many groups it captures
    char put_before[8];          // what takes the prefix's place when the last group is captured
    std::uint8_t kept_group;     // … followed by this group; 0: the prefix is only taken off
    std::uint16_t international; // program of the international prefix, 0: there is none
};

extern const CountryPlan kCountries[];

struct CallingCode {
    char digits[3];
    std::uint8_t size;
    std::uint16_t root;         // node from which its national numbers are accepted
    std::uint8_t first_country; // index in kCountries; the main country comes first

    [[nodiscard]] std::string_view name() const { return {digits, size}; }
};

extern const CallingCode kCallingCodes[];

/// 1 + index in kCallingCodes by the first three digits of a number, 0 when there is none.
extern const std::uint8_t kCallingCodeByThreeDigits[1000];

/// 1 + index in kCountries by 26 × first letter + second letter, 0 when there is none.
extern const std::uint8_t kCountryByName[676];

} // namespace engine::normalise::numbering

// parse_phone: which number a field means. International readings come before national ones, and
// the first run of digits that is a number of some plan wins.
#include "engine/normalise/phone.hpp"

#include "engine/normalise/numbering/plans.hpp"
#include "engine/normalise/numbering/prefix.hpp"
#include "engine/normalise/numbering/written.hpp"

namespace engine::normalise {
namespace {

using numbering::WrittenNumber;
using Parsed = Result<PhoneNumber, PhoneRefusal>;

// Digits without plus or prefix may still begin with a calling code ("229 01 97…", copied from a
// messaging application). A shorter run is too often something else.
constexpr std::size_t kBareInternationalDigitsMin = 11;

std::uint16_t international_prefix_of(CountryCode country) {
    const unsigned first = static_cast<unsigned char>(country[0]) - unsigned{'A'};
    const unsigned second = static_cast<unsigned char>(country[1]) - unsigned{'A'};
    if (first > 25 || second > 25) return 0;
    const std::uint8_t place = numbering::kCountryByName[26 * first + second];
    return place == 0 ? std::uint16_t{0} : numbering::kCountries[place - 1].international;
}

std::string_view without_zeros(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

Parsed read_as_written(const WrittenNumber& written, CountryCode assumed) {
    const std::string_view digits = written.digits();
    if (written.international) return parse_e164_digits(without_zeros(digits));

    if (const auto prefix = numbering::match_prefix(international_prefix_of(assumed), digits)) {
        const std::string_view rest = digits.substr(prefix->length);
        if (!rest.empty() && rest[0] != '0') {
            if (auto number = parse_e164_digits(rest)) return number;
        }
    }
    Parsed national = parse_national_digits(digits, assumed);
    if (national) return national;
    // ITU-T E.164: "00" is the international prefix that countries are asked to use.
    const bool bare = digits.size() >= kBareInternationalDigitsMin;
    if (digits.starts_with("00") || bare) {
        if (auto number = parse_e164_digits(without_zeros(digits))) return number;
    }
    return national;
}

Parsed read_run(const WrittenNumber& written, CountryCode assumed) {
    Parsed number = read_as_written(written, assumed);
    if (number || !written.trunk_zero) return number;
    // "+41 (0) 22…": a zero that is dialled within the country only.
    WrittenNumber without;
    without.international = written.international;
    for (std::size_t i = 0; i < written.size; ++i) {
        if (i != *written.trunk_zero) without.bytes[without.size++] = written.bytes[i];
    }
    Parsed shorter = read_as_written(without, assumed);
    return shorter ? shorter : number;
}

} // namespace

Parsed parse_phone(std::string_view as_written, CountryCode assumed) {
    PhoneRefusal refusal = PhoneRefusal::NoDigits;
    std::size_t longest = 0;
    for (const auto slash : {numbering::Slash::InsideNumber, numbering::Slash::BetweenNumbers}) {
        for (const WrittenNumber& run : numbering::written_numbers(as_written, slash)) {
            Parsed number = read_run(run, assumed);
            if (number) return number;
            if (run.size > longest) { // the refusal of what looks most like a number
                longest = run.size;
                refusal = number.error();
            }
        }
    }
    return refuse(refusal);
}

} // namespace engine::normalise

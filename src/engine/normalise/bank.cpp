#include "engine/normalise/bank.hpp"

#include "engine/normalise/bank/national_keys.hpp"
#include "engine/normalise/bank/registry.hpp"
#include "engine/normalise/written/compact.hpp"

#include <optional>

namespace engine::normalise {
namespace {

constexpr std::size_t kCheckDigitsEnd = 4; // country and check digits, before the BBAN
constexpr std::size_t kRibCharacters = 23;

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (unsigned c = '0'; c <= '9'; ++c)
        classes[c] = static_cast<std::uint8_t>(bank::Class::Digit);
    for (unsigned c = 'A'; c <= 'Z'; ++c)
        classes[c] = static_cast<std::uint8_t>(bank::Class::Letter);
    return classes;
}

constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

bool fits(char c, bank::Class kind) {
    return (kClasses[static_cast<unsigned char>(c)] & static_cast<std::uint8_t>(kind)) != 0;
}

bool fits_structure(std::string_view bban, const bank::Structure& structure) {
    bool all = true; // no way out of the loop: the right ones are the many
    for (std::size_t i = 0; i < bban.size(); ++i) all &= fits(bban[i], structure.places[i]);
    return all;
}

// Check digits are 02 to 98 (ISO 7064): 00, 01 and 99 have the remainder of another pair.
bool has_right_checksum(std::string_view start, unsigned bban_remainder) {
    const int check = 10 * (start[2] - '0') + (start[3] - '0');
    return check >= 2 && check <= 98 && bank::remainder_97(start, bban_remainder) == 1;
}

std::optional<IbanRefusal> refusal_of(std::string_view iban) {
    if (iban.size() < kCheckDigitsEnd) return IbanRefusal::WrongLength;
    const bank::Structure& structure = bank::structure_of(iban[0], iban[1]);
    if (structure.length == 0) return IbanRefusal::UnknownCountry;
    if (iban.size() != kCheckDigitsEnd + structure.length) return IbanRefusal::WrongLength;
    const std::string_view start = iban.substr(0, kCheckDigitsEnd);
    const std::string_view bban = iban.substr(kCheckDigitsEnd);
    if (!fits(start[2], bank::Class::Digit) || !fits(start[3], bank::Class::Digit) ||
        !fits_structure(bban, structure)) {
        return IbanRefusal::WrongCharacter;
    }
    const unsigned remainder = bank::remainder_97(bban);
    if (!has_right_checksum(start, remainder)) return IbanRefusal::WrongChecksum;
    if (!bank::has_right_national_key(iban, remainder)) return IbanRefusal::WrongNationalKey;
    return std::nullopt;
}

} // namespace

Result<std::string, IbanRefusal> parse_iban(std::string_view as_written) {
    const written::Compact compact = written::compact(as_written);
    if (compact.overflow) return refuse(IbanRefusal::WrongLength);
    if (compact.foreign) return refuse(IbanRefusal::WrongCharacter);
    std::string_view iban = compact.view();
    if (iban.starts_with("IBAN")) iban.remove_prefix(4);
    if (const auto refusal = refusal_of(iban)) return refuse(*refusal);
    return std::string{iban};
}

std::size_t iban_length(char first, char second) {
    const std::uint8_t bban = bank::structure_of(first, second).length;
    return bban == 0 ? 0 : kCheckDigitsEnd + bban;
}

Result<std::string, IbanRefusal> iban_of_rib(std::string_view rib) {
    const written::Compact compact = written::compact(rib);
    if (compact.overflow) return refuse(IbanRefusal::WrongLength);
    if (compact.foreign) return refuse(IbanRefusal::WrongCharacter);
    std::string_view bban = compact.view();
    if (bban.starts_with("RIB")) bban.remove_prefix(3);
    if (bban.size() != kRibCharacters) return refuse(IbanRefusal::WrongLength);
    if (!fits_structure(bban, bank::structure_of('F', 'R'))) {
        return refuse(IbanRefusal::WrongCharacter);
    }
    if (!bank::has_right_rib_key(bban)) return refuse(IbanRefusal::WrongNationalKey);
    const unsigned check = 98 - bank::remainder_97("FR00", bank::remainder_97(bban));
    std::string iban{"FR"};
    iban += static_cast<char>('0' + check / 10);
    iban += static_cast<char>('0' + check % 10);
    return iban.append(bban);
}

} // namespace engine::normalise

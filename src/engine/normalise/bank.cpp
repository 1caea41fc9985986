#include "engine/normalise/bank.hpp"

#include "engine/normalise/bank/national_keys.hpp"
#include "engine/normalise/bank/registry.hpp"
#include "engine/normalise/written/compact.hpp"

#include <optional>

namespace engine::normalise {
namespace {

constexpr std::size_t kCheckDigitsEnd = 4; // country and check digits, before the BBAN
constexpr std::size_t kRibCharacters = 23;

bool fits(char c, bank::Class kind) {
    if (c >= '0' && c <= '9') return kind != bank::Class::Letter;
    return c >= 'A' && c <= 'Z' && kind != bank::Class::Digit;
}

bool fits_structure(std::string_view bban, const bank::Structure& structure) {
    for (std::size_t i = 0; i < bban.size(); ++i) {
        if (!fits(bban[i], structure.places[i])) return false;
    }
    return true;
}

// Check digits are 02 to 98 (ISO 7064): 00, 01 and 99 have the remainder of another pair.
bool has_right_checksum(std::string_view iban) {
    const int check = 10 * (iban[2] - '0') + (iban[3] - '0');
    if (check < 2 || check > 98) return false;
    const unsigned bban = bank::remainder_97(iban.substr(kCheckDigitsEnd));
    return bank::remainder_97(iban.substr(0, kCheckDigitsEnd), bban) == 1;
}

std::optional<IbanRefusal> refusal_of(std::string_view iban) {
    if (iban.size() < kCheckDigitsEnd) return IbanRefusal::WrongLength;
    const bank::Structure& structure = bank::structure_of(iban[0], iban[1]);
    if (structure.length == 0) return IbanRefusal::UnknownCountry;
    if (iban.size() != kCheckDigitsEnd + structure.length) return IbanRefusal::WrongLength;
    if (!fits(iban[2], bank::Class::Digit) || !fits(iban[3], bank::Class::Digit) ||
        !fits_structure(iban.substr(kCheckDigitsEnd), structure)) {
        return IbanRefusal::WrongCharacter;
    }
    if (!has_right_checksum(iban)) return IbanRefusal::WrongChecksum;
    if (!bank::has_right_national_key(iban)) return IbanRefusal::WrongNationalKey;
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

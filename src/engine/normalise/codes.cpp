#include "engine/normalise/codes.hpp"

#include "engine/normalise/codes/platforms.hpp"
#include "engine/normalise/codes/vouchers.hpp"
#include "engine/normalise/written/compact.hpp"
#include "engine/normalise/written/fold.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace engine::normalise {
namespace {

using codes::VoucherKind;
using written::Compact;
using Parsed = Result<std::string, CodeRefusal>;

// Longest account of the platforms is Facebook's 50 characters; names of people stay under 200
// bytes (ICAO Doc 9303 cuts at 39 characters, civil registers at 100).
constexpr std::size_t kAccountBytesMax = 200;
constexpr std::size_t kNameBytesMax = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}
bool all_letters(std::string_view text) {
    return std::ranges::all_of(text, is_letter);
}

std::optional<CodeRefusal> refusal_of(const Compact& compact) {
    if (compact.overflow) return CodeRefusal::WrongLength;
    if (compact.foreign) return CodeRefusal::WrongCharacter;
    if (compact.size == 0) return CodeRefusal::Empty;
    return std::nullopt;
}

std::optional<CodeRefusal> refusal_of(std::string_view code, const VoucherKind& kind) {
    if (code.size() != kind.length &&
        (kind.other_length == 0 || code.size() != kind.other_length)) {
        return CodeRefusal::WrongLength;
    }
    if (kind.characters == codes::Characters::Digits && !all_digits(code)) {
        return CodeRefusal::WrongCharacter;
    }
    if (kind.first != '\0' && code[0] != kind.first) return CodeRefusal::WrongCharacter;
    return std::nullopt;
}

std::string prefixed(const VoucherKind& kind, std::string_view code) {
    std::string value{kind.name};
    value += ':';
    return value.append(code);
}

// A code of a brand that is not known: between the shortest (ten) and the longest (25) in use.
constexpr std::size_t kVoucherCharactersMin = 8;
constexpr std::size_t kVoucherCharactersMax = 30;

Parsed unbranded_voucher(std::string_view code) {
    for (const VoucherKind& kind : codes::kVouchers) { // "PCS 0A1B2C3D4E"
        if (!code.starts_with(kind.alias)) continue;
        const std::string_view rest = code.substr(kind.alias.size());
        if (!refusal_of(rest, kind)) return prefixed(kind, rest);
    }
    if (code.size() < kVoucherCharactersMin || code.size() > kVoucherCharactersMax) {
        return refuse(CodeRefusal::WrongLength);
    }
    if (all_letters(code)) return refuse(CodeRefusal::WrongCharacter); // a word, not a code
    return std::string{code};
}

// UPU S10-12: service, eight digits, check digit, country. Weights 8 6 4 2 3 5 9 7, modulo 11.
bool is_s10(std::string_view code) {
    return code.size() == 13 && all_letters(code.substr(0, 2)) && all_digits(code.substr(2, 9)) &&
           all_letters(code.substr(11));
}

bool has_right_s10_check(std::string_view code) {
    constexpr std::array<unsigned, 8> kWeights{8, 6, 4, 2, 3, 5, 9, 7};
    unsigned sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        sum += kWeights[i] * static_cast<unsigned>(code[i + 2] - '0');
    }
    const unsigned value = 11 - sum % 11;
    const unsigned check = value == 10 ? 0 : value == 11 ? 5 : value;
    return static_cast<unsigned>(code[10] - '0') == check;
}

// UPS, Tracking Number Check Digit: "1Z", fifteen characters and a digit; letters count as
// (code - 63) modulo 10, every second place twice, the sum up to the next ten.
bool has_right_ups_check(std::string_view code) {
    unsigned sum = 0;
    for (std::size_t i = 2; i < 17; ++i) {
        const char c = code[i];
        const unsigned value =
            is_digit(c) ? static_cast<unsigned>(c - '0') : (static_cast<unsigned>(c) - 63) % 10;
        sum += i % 2 == 1 ? 2 * value : value;
    }
    return is_digit(code[17]) && (sum + static_cast<unsigned>(code[17] - '0')) % 10 == 0;
}

constexpr std::size_t kUpsCharacters = 18;

// What other carriers print, without a public check digit: La Poste and Colissimo (13, "6A…",
// "8L…"), Chronopost (13 or 15), Mondial Relay (8 to 12 digits), DPD (14), GLS (11), DHL (10, or
// "JJD" and up to 20), Amazon ("TBA" and 12 digits), Cainiao ("LP" and 14), FedEx (12 or 15).
constexpr std::size_t kParcelCharactersMin = 8;
constexpr std::size_t kParcelCharactersMax = 34;
constexpr std::ptrdiff_t kParcelDigitsMin = 6;

constexpr std::size_t kOrderCharactersMin = 3;

} // namespace

Parsed parse_handle(std::string_view account, std::string_view platform) {
    if (account.size() > kAccountBytesMax || platform.size() > kAccountBytesMax) {
        return refuse(CodeRefusal::WrongLength);
    }
    const std::string folded = written::single_spaced(written::fold_case(account));
    std::string name = codes::platform_name(platform);
    std::string_view rest = folded;
    if (const auto link = codes::account_link(folded); !link.platform.empty()) {
        name = link.platform;
        rest = link.account;
    }
    while (!rest.empty() && (rest[0] == '@' || rest[0] == ' ')) rest.remove_prefix(1);
    while (!rest.empty() && (rest.back() == '/' || rest.back() == ' ')) rest.remove_suffix(1);
    if (rest.empty()) return refuse(CodeRefusal::Empty);
    const bool broken = rest.find("\uFFFD") != std::string_view::npos ||
                        std::ranges::any_of(rest, [](char c) { return c >= '\0' && c < ' '; });
    if (broken) return refuse(CodeRefusal::WrongCharacter);
    name += ':';
    return name.append(rest);
}

Parsed parse_voucher(std::string_view as_written, std::string_view brand) {
    const Compact compact = written::compact(as_written);
    if (const auto refusal = refusal_of(compact)) return refuse(*refusal);
    const Compact compact_brand = written::compact(brand);
    for (const VoucherKind& kind : codes::kVouchers) {
        if (compact_brand.view().find(kind.alias) == std::string_view::npos) continue;
        std::string_view code = compact.view();
        if (code.size() > kind.length && code.starts_with(kind.alias)) {
            code.remove_prefix(kind.alias.size());
        }
        if (const auto refusal = refusal_of(code, kind)) return refuse(*refusal);
        return prefixed(kind, code);
    }
    return unbranded_voucher(compact.view());
}

Parsed parse_parcel(std::string_view as_written) {
    const Compact compact = written::compact(as_written);
    if (const auto refusal = refusal_of(compact)) return refuse(*refusal);
    const std::string_view code = compact.view();
    if (code.size() == kUpsCharacters && code.starts_with("1Z")) {
        if (!has_right_ups_check(code)) return refuse(CodeRefusal::WrongChecksum);
        return std::string{code};
    }
    // X, Y and Z are services within a country (UPU S10): Chronopost numbers its own parcels so.
    if (is_s10(code) && code[0] < 'X' && !has_right_s10_check(code)) {
        return refuse(CodeRefusal::WrongChecksum);
    }
    if (code.size() < kParcelCharactersMin || code.size() > kParcelCharactersMax) {
        return refuse(CodeRefusal::WrongLength);
    }
    if (std::ranges::count_if(code, is_digit) < kParcelDigitsMin) {
        return refuse(CodeRefusal::WrongCharacter);
    }
    return std::string{code};
}

Parsed parse_order(std::string_view as_written) {
    const Compact compact = written::compact(as_written);
    if (const auto refusal = refusal_of(compact)) return refuse(*refusal);
    if (compact.size < kOrderCharactersMin) return refuse(CodeRefusal::WrongLength);
    return std::string{compact.view()};
}

Parsed parse_name(std::string_view as_written) {
    if (as_written.size() > kNameBytesMax) return refuse(CodeRefusal::WrongLength);
    std::string name = written::fold_words(as_written);
    if (name.empty()) return refuse(CodeRefusal::Empty);
    if (all_digits(name)) return refuse(CodeRefusal::WrongCharacter);
    return name;
}

} // namespace engine::normalise

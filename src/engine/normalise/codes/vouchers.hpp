// Prepaid codes: what each issuer prints on its ticket or under its scratch panel.
#pragma once

#include <cstdint>
#include <string_view>

namespace engine::normalise::codes {

enum class Characters : std::uint8_t { Digits, LettersAndDigits };

struct VoucherKind {
    std::string_view alias; // upper case, compact, as it may stand in a brand's name
    std::string_view name;
    std::uint8_t length;
    std::uint8_t other_length; // 0: there is one only
    Characters characters;
    char first; // the first character, '\0' when it may be any
};

/// Lengths as the issuers' own redemption pages ask for them. Longer aliases come first.
inline constexpr VoucherKind kVouchers[]{
    {"TICKETPREMIUM", "ticket_premium", 16, 0, Characters::Digits, '\0'},
    {"TICKETSURF", "ticket_premium", 16, 0, Characters::Digits, '\0'},
    {"PLAYSTATION", "playstation", 12, 0, Characters::LettersAndDigits, '\0'},
    {"PAYSAFECARD", "paysafecard", 16, 0, Characters::Digits, '\0'},
    {"GOOGLEPLAY", "google_play", 16, 20, Characters::LettersAndDigits, '\0'},
    {"PAYSAFE", "paysafecard", 16, 0, Characters::Digits, '\0'},
    {"TRANSCASH", "transcash", 12, 0, Characters::Digits, '\0'},
    {"FLEXEPIN", "flexepin", 16, 0, Characters::Digits, '\0'},
    {"APPSTORE", "apple", 16, 0, Characters::LettersAndDigits, 'X'},
    {"CASHLIB", "cashlib", 16, 0, Characters::Digits, '\0'},
    {"NEOSURF", "neosurf", 10, 0, Characters::LettersAndDigits, '\0'},
    {"AMAZON", "amazon", 14, 15, Characters::LettersAndDigits, '\0'},
    {"ITUNES", "apple", 16, 0, Characters::LettersAndDigits, 'X'},
    {"GOOGLE", "google_play", 16, 20, Characters::LettersAndDigits, '\0'},
    {"AZTECO", "azteco", 16, 0, Characters::Digits, '\0'},
    {"STEAM", "steam", 15, 0, Characters::LettersAndDigits, '\0'},
    {"APPLE", "apple", 16, 0, Characters::LettersAndDigits, 'X'},
    {"XBOX", "xbox", 25, 0, Characters::LettersAndDigits, '\0'},
    {"PCS", "pcs", 10, 0, Characters::LettersAndDigits, '\0'}, // the code of the SMS "RECH"
    {"PSN", "playstation", 12, 0, Characters::LettersAndDigits, '\0'},
    {"PSC", "paysafecard", 16, 0, Characters::Digits, '\0'},
};

} // namespace engine::normalise::codes

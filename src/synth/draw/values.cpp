#include "synth/draw/values.hpp"

#include "base/check.hpp"

#include <sodium.h>

#include <array>

namespace synth {
namespace {

using engine::record::IdentifierType;

std::string digits(std::uint64_t number, std::size_t count) {
    std::string text(count, '0');
    for (std::size_t i = count; i-- > 0; number /= 10) {
        text[i] = static_cast<char>('0' + number % 10);
    }
    return text;
}

/// Remainder by 97 of the number that ISO 13616 makes of letters and digits (A = 10 … Z = 35).
unsigned remainder_97(std::string_view text) {
    unsigned rest = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
        } else {
            rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
        }
    }
    return rest;
}

std::string iban_of(std::string_view country, const std::string& account) {
    const unsigned rest = remainder_97(account + std::string{country} + "00");
    return std::string{country} + digits(98 - rest, 2) + account;
}

/// Codes of the Banque de France. Gangs like accounts that are opened online: these come first and
/// Zipf's law makes them frequent.
constexpr std::array<std::string_view, 14> kBankCodes{"16598", "28233", "16798", "16958", "20433",
                                                      "17328", "17598", "40618", "20041", "30003",
                                                      "30004", "30002", "10278", "18370"};

/// First two digits of French mobile numbers that gangs rent. 06 3x and 06 9x, 07 3x and 07 9x are
/// left to victims.
constexpr std::array<std::string_view, 13> kGangPrefixes{"60", "61", "62", "64", "65", "66", "67",
                                                         "68", "74", "75", "76", "77", "78"};

std::string belgian_iban(std::uint64_t number) {
    const std::string account = digits(number, 10);
    const unsigned rest = remainder_97(account);
    return iban_of("BE", account + digits(rest == 0 ? 97 : rest, 2));
}

unsigned spanish_key(std::string_view ten_digits) {
    constexpr std::array<unsigned, 10> kWeights{1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
    unsigned sum = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        sum += kWeights[i] * static_cast<unsigned>(ten_digits[i] - '0');
    }
    const unsigned key = 11 - sum % 11;
    return key == 11 ? 0 : key == 10 ? 1 : key;
}

std::string spanish_iban(std::uint64_t number) {
    constexpr std::array<std::string_view, 4> kSpanishBanks{"0049", "2100", "0182", "0081"};
    const std::string bank = std::string{kSpanishBanks[number % 4]} + digits(scatter(number, 1), 4);
    const std::string account = digits(scatter(number, 2), 10);
    return iban_of("ES", bank + digits(spanish_key("00" + bank), 1) +
                             digits(spanish_key(account), 1) + account);
}

std::string iban_text(std::uint64_t number) {
    const std::uint64_t where = number % 100;
    const std::uint64_t account = scatter(number, 3);
    if (where < 78) return french_iban(number);
    if (where < 85) return iban_of("LT", "32500" + digits(account, 11));
    if (where < 91) {
        constexpr std::array<std::string_view, 3> kGermanBanks{"10011001", "50010517", "37040044"};
        return iban_of("DE", std::string{kGermanBanks[number / 100 % 3]} + digits(account, 10));
    }
    if (where < 95) return belgian_iban(number / 100 % 990 * 10'000'000 + account % 10'000'000);
    return spanish_iban(account);
}

std::string mail_text(const Value& value, const Lexicon& lexicon) {
    constexpr std::array<std::string_view, 6> kOffices{"contact", "service", "support",
                                                       "info",    "sav",     "commande"};
    const std::uint64_t n = value.number;
    const std::string provider{pick(lexicon.mail_providers, n >> 40)};
    const std::string number = std::to_string(scatter(n, 5) % 9'900 + 10);
    if (n % 10 < 2) {
        return std::string{kOffices[n / 10 % 6]} + "." +
               std::string{
                   pick(lexicon.domain_words[static_cast<std::size_t>(value.trade)], n >> 8)} +
               number + "@" + provider;
    }
    const std::string first = plain_letters(pick(lexicon.first_names, n >> 16));
    const std::string last = plain_letters(pick(lexicon.surnames, n >> 24));
    constexpr std::array<std::string_view, 4> kJoints{".", "", "_", "-"};
    return first + std::string{kJoints[n / 10 % 4]} + last + number + "@" + provider;
}

std::string domain_text(const Value& value, const Lexicon& lexicon) {
    const std::size_t trade = static_cast<std::size_t>(value.trade);
    const Words& words = lexicon.domain_words[trade];
    const std::uint64_t n = value.number;
    constexpr std::array<std::string_view, 3> kJoints{"-", "", "-"};
    std::string host{pick(words, n)};
    host += kJoints[n / 64 % 3];
    host += pick(words, n >> 12);
    const std::uint64_t tail = scatter(n, 6);
    if (tail % 3 == 0) {
        host += "-" + std::string{pick(words, tail >> 8)} + std::to_string(tail / 32 % 300);
    } else {
        host += (tail % 2 == 0 ? "" : "-") + std::to_string(tail / 8 % 9'000);
    }
    return host + "." + std::string{pick(lexicon.tlds[trade], n >> 24)};
}

/// Accounts mutate rather than change: the same name with other digits, letters for digits.
std::string handle_text(const Value& value, const Lexicon& lexicon) {
    constexpr std::array<std::string_view, 7> kPlatforms{
        "leboncoin", "facebook", "vinted", "whatsapp", "instagram", "telegram", "snapchat"};
    const std::uint64_t n = value.number >> 16; // who
    const std::uint64_t mutation = value.number & 0xFFFF;
    std::string account = plain_letters(pick(lexicon.first_names, n));
    constexpr std::array<std::string_view, 3> kJoints{".", "_", ""};
    account += kJoints[n / 128 % 3];
    account += plain_letters(pick(lexicon.surnames, n >> 12)).substr(0, 1 + n / 512 % 5);
    const std::uint64_t turn = scatter(n, mutation);
    if (turn % 3 == 0) {
        const std::size_t vowel = account.find_first_of("eio");
        if (vowel != std::string::npos) {
            account[vowel] = account[vowel] == 'e' ? '3' : account[vowel] == 'i' ? '1' : '0';
        }
    }
    account += std::to_string(turn / 4 % 9'900 + 10);
    return std::string{kPlatforms[n / 4096 % 7]} + ":" + account;
}

std::string ad_text(std::uint64_t number) {
    constexpr std::array<std::string_view, 3> kAds{"https://www.leboncoin.fr/ad/offre/",
                                                   "https://www.vinted.fr/items/",
                                                   "https://www.facebook.com/marketplace/item/"};
    return std::string{kAds[number % 3]} +
           std::to_string(2'000'000'000ULL + number / 3 % 900'000'000ULL);
}

std::string bitcoin_text(std::uint64_t number) {
    constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    constexpr std::array<std::uint32_t, 5> kGenerator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                      0x3d4233dd, 0x2a1462b3};
    // BIP 173: "bc" expanded, witness version 0, 32 groups of five bits, six of checksum.
    std::array<std::uint8_t, 39> groups{};
    Random random{number};
    for (std::size_t i = 1; i < 33; ++i) groups[i] = static_cast<std::uint8_t>(random.below(32));
    std::uint32_t sum = 1;
    const auto feed = [&sum, &kGenerator](std::uint32_t five_bits) {
        const std::uint32_t top = sum >> 25;
        sum = ((sum & 0x1ffffff) << 5) ^ five_bits;
        for (std::size_t i = 0; i < 5; ++i) sum ^= (top >> i & 1) != 0 ? kGenerator[i] : 0;
    };
    for (const std::uint32_t letter : {3U, 3U, 0U, 2U, 3U}) feed(letter);
    for (const std::uint8_t group : groups) feed(group);
    sum ^= 1;
    std::string address = "bc1";
    for (std::size_t i = 0; i < 33; ++i) address += kAlphabet[groups[i]];
    for (int i = 0; i < 6; ++i) address += kAlphabet[(sum >> (5 * (5 - i))) & 31];
    return address;
}

std::string ethereum_text(std::uint64_t number) {
    constexpr std::string_view kHex = "0123456789abcdef";
    Random random{number};
    std::string address = "0x";
    for (int i = 0; i < 40; ++i) address += kHex[random.index(16)];
    return address;
}

/// Base58check of 0x41 and 20 bytes.
std::string tron_text(std::uint64_t number) {
    constexpr std::string_view kAlphabet =
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::array<std::uint8_t, 25> bytes{0x41};
    Random random{number};
    for (std::size_t i = 1; i < 21; ++i) bytes[i] = static_cast<std::uint8_t>(random.below(256));
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), bytes.data(), 21);
    crypto_hash_sha256(hash.data(), hash.data(), hash.size());
    for (std::size_t i = 0; i < 4; ++i) bytes[21 + i] = hash[i];
    std::string address;
    for (int i = 0; i < 34; ++i) {
        unsigned rest = 0;
        for (std::uint8_t& byte : bytes) {
            const unsigned value = rest * 256 + byte;
            byte = static_cast<std::uint8_t>(value / 58);
            rest = value % 58;
        }
        address.insert(address.begin(), kAlphabet[rest]);
    }
    return address;
}

std::string wallet_text(std::uint64_t number) {
    switch (number % 3) {
    case 0: return bitcoin_text(number);
    case 1: return ethereum_text(number);
    default: return tron_text(number);
    }
}

std::string voucher_text(std::uint64_t number) {
    return digits(number, 12); // a Transcash coupon
}

} // namespace

std::uint64_t gang_line(std::uint64_t world_seed, std::uint64_t n, bool abroad) {
    if (abroad) {
        // Benin (+229 01, plan of 30 November 2024) and Ivory Coast (+225 07), tens shuffled.
        const std::uint64_t ten = (n / 20 * 1'003 + world_seed % 90'001) % 100'000;
        const std::uint64_t last = ten * 10 + n % 10;
        return n / 10 % 2 == 0 ? 229'01'96'000000ULL + last : 225'07'08'000000ULL + last;
    }
    constexpr std::uint64_t kTens = kGangPrefixes.size() * 1'000'000;
    const std::uint64_t ten = (n / 10 * 7'368'787 + world_seed % 900'001) % kTens; // a bijection
    const std::uint64_t prefix = ten / 1'000'000;
    const int start = (kGangPrefixes[prefix][0] - '0') * 10 + (kGangPrefixes[prefix][1] - '0');
    return 33ULL * 1'000'000'000 + static_cast<std::uint64_t>(start) * 10'000'000 +
           ten % 1'000'000 * 10 + n % 10;
}

std::string victim_mobile(std::uint64_t world_seed, std::uint32_t person) {
    // 06 30 to 06 38 (9 million), 07 3x and 07 9x (10 million each).
    constexpr std::uint64_t kLines = 29'000'000;
    const std::uint64_t line = (person * 7'368'787ULL + world_seed % 900'001) % kLines;
    if (line < 9'000'000) return "+336" + digits(30'000'000 + line, 8);
    if (line < 19'000'000) return "+337" + digits(30'000'000 + line - 9'000'000, 8);
    return "+337" + digits(90'000'000 + line - 19'000'000, 8);
}

std::string fictitious_landline(std::uint64_t number) {
    constexpr std::array<std::string_view, 5> kRanges{"19900", "26191", "35301", "46571", "53649"};
    return "+33" + std::string{kRanges[number % 5]} + digits(number / 5, 4);
}

std::string french_iban_at(std::string_view bank, std::uint64_t number) {
    const std::string branch = digits(number % 400 * 11, 5);
    const std::string account = digits(scatter(number, 8), 11);
    // Key of the RIB: 97 - (89 bank + 15 branch + 3 account) mod 97, all digits here.
    const unsigned rest = remainder_97(std::string{bank} + branch + account + "00");
    return iban_of("FR", std::string{bank} + branch + account + digits(97 - rest, 2));
}

std::string french_iban(std::uint64_t number) {
    Random random{number};
    return french_iban_at(kBankCodes[random.zipf(kBankCodes.size())], random.next());
}

std::string parcel_number(std::uint64_t number) {
    constexpr std::array<std::string_view, 4> kServices{"LB", "CY", "RR", "EE"};
    constexpr std::array<unsigned, 8> kWeights{8, 6, 4, 2, 3, 5, 9, 7};
    const std::string serial = digits(number / 4, 8);
    unsigned sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += kWeights[i] * static_cast<unsigned>(serial[i] - '0');
    const unsigned key = 11 - sum % 11;
    return std::string{kServices[number % 4]} + serial +
           digits(key == 10   ? 0
                  : key == 11 ? 5
                              : key,
                  1) +
           "FR";
}

std::string text_of(const Value& value, const Lexicon& lexicon) {
    switch (value.type) {
    case IdentifierType::Phone: return "+" + std::to_string(value.number);
    case IdentifierType::Iban: return iban_text(value.number);
    case IdentifierType::Email: return mail_text(value, lexicon);
    case IdentifierType::Domain: return domain_text(value, lexicon);
    case IdentifierType::Handle: return handle_text(value, lexicon);
    case IdentifierType::Url: return ad_text(value.number);
    case IdentifierType::Wallet: return wallet_text(value.number);
    case IdentifierType::Voucher: return voucher_text(value.number);
    case IdentifierType::Parcel: return parcel_number(value.number);
    case IdentifierType::Card:
    case IdentifierType::Ip:
    case IdentifierType::Order:
    case IdentifierType::Name: break;
    }
    check(false, "an identifier type that gangs of this world use");
    return {};
}

} // namespace synth

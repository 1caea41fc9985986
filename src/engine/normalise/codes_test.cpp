#include "engine/normalise/codes.hpp"
#include "engine/normalise/written/fold.hpp"

#include <gtest/gtest.h>

namespace engine::normalise {
namespace {

std::string text_of(const Result<std::string, CodeRefusal>& code) {
    if (code) return *code;
    switch (code.error()) {
    case CodeRefusal::Empty: return "empty";
    case CodeRefusal::WrongLength: return "wrong length";
    case CodeRefusal::WrongCharacter: return "wrong character";
    case CodeRefusal::WrongChecksum: return "wrong checksum";
    }
    return {};
}

struct Row {
    std::string_view written;
    std::string_view expected;
    std::string_view with = {}; // platform or brand
};

TEST(ParseHandle, BringsAccountsToOneSpelling) {
    const Row rows[]{
        {"@Jean_Dupont", "telegram:jean_dupont", "Telegram"},
        {"jean_dupont", "telegram:jean_dupont", "tg"},
        {" @ jean_dupont ", "telegram:jean_dupont", "Télégram"},
        {"\uFF20Jean_Dupont", "instagram:jean_dupont", "Insta"},
        {"jean\u200B_dupont", "instagram:jean_dupont", "IG"},
        {"jean_dupont", "leboncoin:jean_dupont", "Le Bon Coin"},
        {"Jean  Dupont", "facebook:jean dupont", "Facebook Messenger"},
        {"jean_dupont", "unknown:jean_dupont"},
        {"jean#1234", "discord:jean#1234", "Discord"},
        {"live:jean.dupont", "skype:live:jean.dupont", "skype"},
        {"ÉLODIE.D", "mastodon:élodie.d", "Mastodon"},
        {"https://t.me/Jean_Dupont", "telegram:jean_dupont"},
        {"t.me/s/jean_dupont?start=1", "telegram:jean_dupont", "whatsapp"},
        {"https://www.instagram.com/jean_dupont/?hl=fr", "instagram:jean_dupont"},
        {"https://m.facebook.com/profile.php?id=100000000000001", "facebook:100000000000001"},
        {"https://www.tiktok.com/@jean_dupont", "tiktok:jean_dupont"},
        {"snapchat.com/add/jean_dupont", "snapchat:jean_dupont"},
        {"https://fr.linkedin.com/in/jean-dupont/", "linkedin:jean-dupont"},
        {"https://www.vinted.fr/member/1-jean", "vinted:1-jean"},
        {"https://example.org/jean", "unknown:https://example.org/jean"},
        {"", "empty", "telegram"},
        {" @ ", "empty", "telegram"},
        {"https://t.me/", "empty"},
        {"jean\x01"
         "dupont",
         "wrong character"},
        {"jean\xFF", "wrong character"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(text_of(parse_handle(row.written, row.with)), row.expected) << row.written;
    }
    EXPECT_EQ(text_of(parse_handle(std::string(1'000'000, 'a'), "telegram")), "wrong length");
}

TEST(ParseVoucher, ChecksWhatEachIssuerPrints) {
    const Row rows[]{
        {"0A1B2C3D4E", "pcs:0A1B2C3D4E", "PCS"},
        {"0a1b 2c3d 4e", "pcs:0A1B2C3D4E", "Carte PCS Mastercard"},
        {"PCS : 0A1B2C3D4E", "pcs:0A1B2C3D4E"},
        {"PCS 0A1B2C3D4E", "pcs:0A1B2C3D4E", "pcs"},
        {"0A1B2C3D4", "wrong length", "PCS"},
        {"1234 5678 9012", "transcash:123456789012", "Transcash"},
        {"1234 5678 90A2", "wrong character", "Transcash"},
        {"1A2B3C4D5E", "neosurf:1A2B3C4D5E", "ticket Neosurf 50 €"},
        {"0000 1111 2222 3333", "paysafecard:0000111122223333", "Paysafecard"},
        {"ABCD-EFGH-2345-6789", "google_play:ABCDEFGH23456789", "Google Play"},
        {"ABCD-EFGH-2345-6789-0000", "google_play:ABCDEFGH234567890000", "carte google play"},
        {"ABCDE-FGH23-45678", "steam:ABCDEFGH2345678", "Steam"},
        {"XABC DEFG HJKL 2345", "apple:XABCDEFGHJKL2345", "Apple"},
        {"YABC DEFG HJKL 2345", "wrong character", "iTunes"},
        {"ABCD-EFGHJK-2345", "amazon:ABCDEFGHJK2345", "Amazon"},
        {"0000 1111 2222 3333", "0000111122223333"},
        {"0000 1111 2222 3333", "0000111122223333", "Toneo"},
        {"inconnu", "wrong length"},
        {"je ne sais plus", "wrong character"},
        {"", "empty"},
        {"été 12345678", "wrong character"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(text_of(parse_voucher(row.written, row.with)), row.expected) << row.written;
    }
}

TEST(ParseParcel, ChecksWhatCanBeChecked) {
    const Row rows[]{
        {"LB123456785FR", "LB123456785FR"}, // 8·1+6·2+4·3+2·4+3·5+5·6+9·7+7·8 = 204, 11 - 6 = 5
        {"lb 123 456 785 fr", "LB123456785FR"},
        {"LB123456784FR", "wrong checksum"},
        {"RR473124829GB", "RR473124829GB"},                // the example of the standard
        {"EE000000005FR", "EE000000005FR"},                // remainder 0: the check digit is 5
        {"XY123456789FR", "XY123456789FR"},                // Chronopost
        {"1Z 999 AA1 01 2345 6784", "1Z999AA10123456784"}, // the example of UPS
        {"1Z999AA10123456785", "wrong checksum"},
        {"1Z999AA1012345678A", "wrong checksum"},
        {"6A12345678901", "6A12345678901"},
        {"8L 1234 5678 901", "8L12345678901"},
        {"12345678", "12345678"},
        {"TBA123456789012", "TBA123456789012"},
        {"JJD000123456789012345", "JJD000123456789012345"},
        {"1234567", "wrong length"},
        {"ABCDEFGHIJKLM", "wrong character"},
        {"12345678é", "wrong character"},
        {" - ", "empty"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(text_of(parse_parcel(row.written)), row.expected) << row.written;
    }
    EXPECT_EQ(text_of(parse_parcel(std::string(10'000'000, '1'))), "wrong length");
}

TEST(ParseOrder, ComparesLettersAndDigits) {
    const Row rows[]{
        {"cmd-2024/001234", "CMD2024001234"},
        {"N 171-1234567-1234567", "N17112345671234567"},
        {"A1", "wrong length"},
        {"", "empty"},
        {"№ 1234", "wrong character"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(text_of(parse_order(row.written)), row.expected) << row.written;
    }
}

TEST(ParseName, FoldsForComparison) {
    const Row rows[]{
        {"Élodie DUPONT", "elodie dupont"},
        {"  Jean-Pierre   d'Arc ", "jean pierre d arc"},
        {"MÜLLER, Søren", "muller soren"},
        {"Łukasz Weiß", "lukasz weiss"},
        {"\uFF2A\uFF45\uFF41\uFF4E", "jean"},
        {"E\u0301lodie", "elodie"},
        {"Cœur Ægir", "coeur aegir"},
        {"Наталья Иванова", "наталья иванова"},
        {"M. Jean O'Neill 2", "m jean o neill 2"},
        {"", "empty"},
        {" - ", "empty"},
        {"12 34", "12 34"},
        {"1234", "wrong character"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(text_of(parse_name(row.written)), row.expected) << row.written;
    }
    EXPECT_EQ(text_of(parse_name(std::string(1'000'000, 'a'))), "wrong length");
}

// ASCII has a way of its own; a letter outside it sends the same text through ICU.
TEST(Fold, AsciiIsWhatUnicodeMakesOfIt) {
    std::string text;
    unsigned state = 12'039;
    for (int i = 0; i < 2000; ++i) {
        state = state * 1'103'515'245U + 12'345U;
        text.push_back(static_cast<char>(state >> 16 & 0x7F));
        if (state % 7 == 0) text.push_back(' ');
        if (text.size() > 24) text.clear();
        EXPECT_EQ(written::fold_case(text) + "\u00E9", written::fold_case(text + "\u00C9"));
        EXPECT_EQ(written::single_spaced("x" + text + "x") + "\u00E9",
                  written::single_spaced("x" + text + "x\u00E9"));
        EXPECT_EQ("e" + written::fold_words("x" + text + "x"),
                  written::fold_words("\u00C9x" + text + "x"));
    }
}

} // namespace
} // namespace engine::normalise

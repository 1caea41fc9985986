#include "engine/normalise/bank.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

namespace engine::normalise {
namespace {

std::string text_of(const Result<std::string, IbanRefusal>& iban) {
    if (iban) return *iban;
    switch (iban.error()) {
    case IbanRefusal::UnknownCountry: return "unknown country";
    case IbanRefusal::WrongLength: return "wrong length";
    case IbanRefusal::WrongCharacter: return "wrong character";
    case IbanRefusal::WrongChecksum: return "wrong checksum";
    case IbanRefusal::WrongNationalKey: return "wrong national key";
    }
    return {};
}

// The example of each country in the SWIFT IBAN Registry: test vectors of the standard.
constexpr std::string_view kRegistryExamples[]{
    "AD1200012030200359100100",
    "AE070331234567890123456",
    "AL47212110090000000235698741",
    "AT611904300234573201",
    "AZ21NABZ00000000137010001944",
    "BA391290079401028494",
    "BE68539007547034",
    "BG80BNBG96611020345678",
    "BH67BMAG00001299123456",
    "BR1800360305000010009795493C1",
    "BY13NBRB3600900000002Z00AB00",
    "CH9300762011623852957",
    "CR05015202001026284066",
    "CY17002001280000001200527600",
    "CZ6508000000192000145399",
    "CZ9455000000001011038930",
    "DE89370400440532013000",
    "DK5000400440116243",
    "DO28BAGR00000001212453611324",
    "EE382200221020145685",
    "EG380019000500000000263180002",
    "ES9121000418450200051332",
    "FI2112345600000785",
    "FO6264600001631634",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GE29NB0000000101904917",
    "GI75NWBK000000007099453",
    "GL8964710001000206",
    "GR1601101250000000012300695",
    "GT82TRAJ01020000001210029690",
    "HR1210010051863000160",
    "HU42117730161111101800000000",
    "IE29AIBK93115212345678",
    "IL620108000000099999999",
    "IQ98NBIQ850123456789012",
    "IS140159260076545510730339",
    "IT60X0542811101000000123456",
    "JO94CBJO0010000000000131000302",
    "KW81CBKU0000000000001234560101",
    "KZ86125KZT5004100100",
    "LB62099900000001001901229114",
    "LC55HEMM000100010012001200023015",
    "LI21088100002324013AA",
    "LT121000011101001000",
    "LU280019400644750000",
    "LV80BANK0000435195001",
    "MC5811222000010123456789030",
    "MD24AG000225100013104168",
    "ME25505000012345678951",
    "MK07250120000058984",
    "MR1300020001010000123456753",
    "MT84MALT011000012345MTLCAST001S",
    "MU17BOMM0101101030300200000MUR",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "PK36SCBL0000001123456702",
    "PL61109010140000071219812874",
    "PS92PALS000000000400123456702",
    "PT50000201231234567890154",
    "QA58DOHB00001234567890ABCDEFG",
    "RO49AAAA1B31007593840000",
    "RS35260005601001611379",
    "SA0380000000608010167519",
    "SC18SSCB11010000000000001497USD",
    "SE4550000000058398257466",
    "SI56263300012039086",
    "SK3112000000198742637541",
    "SM86U0322509800000000270100",
    "ST68000100010051845310112",
    "SV62CENR00000000000000700025",
    "TL380080012345678910157",
    "TN5910006035183598478831",
    "TR330006100519786457841326",
    "UA213223130000026007233566001",
    "VA59001123000012345678",
    "VG96VPVG0000012345678901",
    "XK051212012345678906",
};

TEST(ParseIban, AcceptsTheRegistrysExamples) {
    for (const std::string_view iban : kRegistryExamples) {
        EXPECT_EQ(text_of(parse_iban(iban)), iban);
        EXPECT_EQ(iban_length(iban[0], iban[1]), iban.size());
    }
}

TEST(ParseIban, RefusesEveryWrongDigit) {
    for (const std::string_view iban : kRegistryExamples) {
        for (std::size_t at = 2; at < iban.size(); ++at) {
            std::string wrong{iban};
            if (wrong[at] < '0' || wrong[at] > '9') continue;
            for (char digit = '0'; digit <= '9'; ++digit) {
                if (digit == iban[at]) continue;
                wrong[at] = digit;
                EXPECT_EQ(text_of(parse_iban(wrong)), "wrong checksum") << wrong;
            }
        }
    }
}

// The same with its check digits made right again: only the country's own key can tell.
TEST(ParseIban, ChecksTheNationalKeyAlone) {
    for (const std::string_view iban : kRegistryExamples) {
        constexpr std::string_view kKeyed =
            "AL BA BE CZ EE ES FI FR HR HU IT MC ME MK MR NO PL PT RS SI SK "
            "SM TL TN XK";
        if (kKeyed.find(iban.substr(0, 2)) == std::string_view::npos) continue;
        std::string wrong{iban};
        const bool bank_only = iban.starts_with("AL") || iban.starts_with("PL");
        char& touched = bank_only ? wrong[6] : wrong.back(); // in the rule's reach
        touched = touched == '9' ? '0' : static_cast<char>(touched + 1);
        bool found = false;
        for (int check = 2; check <= 98; ++check) {
            wrong[2] = static_cast<char>('0' + check / 10);
            wrong[3] = static_cast<char>('0' + check % 10);
            const std::string read = text_of(parse_iban(wrong));
            if (read == "wrong checksum") continue;
            EXPECT_EQ(read, "wrong national key") << wrong;
            found = true;
        }
        EXPECT_TRUE(found) << iban;
    }
}

struct Row {
    std::string_view written;
    std::string_view expected;
};

TEST(ParseIban, ReadsWhatPeopleWrite) {
    const Row rows[]{
        {"FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"},
        {"fr7630006000011234567890189", "FR7630006000011234567890189"},
        {"IBAN : FR76-3000-6000-0112-3456-7890-189", "FR7630006000011234567890189"},
        {"iban fr76.3000.6000.0112.3456.7890.189", "FR7630006000011234567890189"},
        {"FR76\u00A03000\u202F6000\u20090112 3456\n7890\t189", "FR7630006000011234567890189"},
        {"FR76 3000 6000\u200B 0112\u2011 3456 7890 189.", "FR7630006000011234567890189"},
        {"be68 5390 0754 7034", "BE68539007547034"},
        {"", "wrong length"},
        {"IBAN", "wrong length"},
        {"FR", "wrong length"},
        {"FR76 3000 6000 0112 3456 7890 18", "wrong length"},
        {"FR76 3000 6000 0112 3456 7890 1899", "wrong length"},
        {"ZZ76 3000 6000 0112 3456 7890 189", "unknown country"},
        {"1234567890", "unknown country"},
        {"FR76 3000 6000 0112 3456 789O 189", "wrong checksum"}, // a letter may stand there
        {"FR76 300O 6000 0112 3456 7890 189", "wrong character"},
        {"FRA6 3000 6000 0112 3456 7890 189", "wrong character"},
        {"FR76 3000 6000 0112 3456 7890 18é", "wrong character"},
        {"FR77 3000 6000 0112 3456 7890 189", "wrong checksum"},
        {"\xFF\xE2\x80", "wrong character"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(text_of(parse_iban(row.written)), row.expected) << row.written;
    EXPECT_EQ(text_of(parse_iban(std::string(10'000'000, '7'))), "wrong length");
}

TEST(ParseIban, KnowsIbansOutsideTheRegistry) {
    EXPECT_EQ(iban_length('C', 'I'), 28U);
    EXPECT_EQ(iban_length('B', 'J'), 28U);
    EXPECT_EQ(iban_length('C', 'M'), 27U);
    EXPECT_EQ(iban_length('M', 'A'), 28U);
    EXPECT_EQ(iban_length('U', 'S'), 0U);
    EXPECT_EQ(iban_length('f', 'r'), 0U);
    EXPECT_EQ(iban_length('\xFF', '\0'), 0U);
}

TEST(IbanOfRib, ChecksTheKey) {
    const Row rows[]{
        {"30006000011234567890189", "FR7630006000011234567890189"},
        {"30006 00001 12345678901 89", "FR7630006000011234567890189"},
        {"20041010050500013M02606", "FR1420041010050500013M02606"},
        {"20041 01005 0500013m026 06", "FR1420041010050500013M02606"},
        {"RIB : 20041 01005 0500013M026 06", "FR1420041010050500013M02606"},
        {"30006000011234567890188", "wrong national key"},
        {"20041010050500013N02606", "wrong national key"},
        {"3000600001123456789018", "wrong length"},
        {"3000A000011234567890189", "wrong character"},
        {"", "wrong length"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(text_of(iban_of_rib(row.written)), row.expected) << row.written;
}

TEST(ParseIban, HasTheStructuresOfTheSharedRegistry) {
    const char* const shared = std::getenv("MAILLON_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    std::ifstream file{std::string{shared} + "/identifiers/bank/iban_registry.json"};
    ASSERT_TRUE(file);
    const auto registry = nlohmann::json::parse(file);
    // Codes of territories, which the registry gives the IBAN of their State.
    constexpr std::string_view kTerritories = "AX BL GF GG GP IM JE MF MQ NC PF PM RE TF WF YT";
    int countries = 0;
    for (const auto& [code, entry] : registry.items()) {
        if (kTerritories.find(code) != std::string_view::npos) continue;
        ++countries;
        EXPECT_EQ(iban_length(code[0], code[1]), entry["iban_length"].get<std::size_t>()) << code;
    }
    RecordProperty("set", "IBAN registry, length by country");
    RecordProperty("cases", countries);
    EXPECT_GT(countries, 80);
}

std::string text_of(const Result<std::string, CardRefusal>& card) {
    if (card) return *card;
    switch (card.error()) {
    case CardRefusal::WrongCharacter: return "wrong character";
    case CardRefusal::WrongLength: return "wrong length";
    case CardRefusal::UnknownIssuer: return "unknown issuer";
    case CardRefusal::WrongLuhn: return "wrong Luhn";
    }
    return {};
}

TEST(PseudonymiseCard, ChecksLengthIssuerAndLuhn) {
    // Numbers that payment networks publish for tests: no card has them.
    const Row rows[]{
        {"4111111111111111", "411111******1111#"}, // Visa
        {"4222222222222", "422222***2222#"},       // Visa, 13 digits
        {"5555555555554444", "555555******4444#"}, // Mastercard
        {"2223003122003222", "222300******3222#"}, // Mastercard, series 2
        {"378282246310005", "378282*****0005#"},   // American Express
        {"6011111111111117", "601111******1117#"}, // Discover
        {"3530111333300000", "353011******0000#"}, // JCB
        {"30569309025904", "305693****5904#"},     // Diners Club
        {"6200000000000005", "620000******0005#"}, // UnionPay
        {"6759649826438453", "675964******8453#"}, // Maestro
        {"4111111111111112", "wrong Luhn"},
        {"411111111111111", "wrong Luhn"},
        {"41111111111", "wrong length"},
        {"41111111111111111111", "wrong length"},
        {"9999999999999995", "unknown issuer"},
        {"0000000000000000", "unknown issuer"},
        {"4111 1111 1111 1111", "wrong character"},
        {"", "wrong length"},
    };
    for (const Row& row : rows) {
        const std::string found = text_of(pseudonymise_card(row.written, CardKey{}));
        EXPECT_EQ(found.substr(0, found.find('#') + 1 == 0 ? found.size() : found.find('#') + 1),
                  row.expected)
            << row.written;
    }
}

TEST(PseudonymiseCard, HashesWithTheKey) {
    CardKey key{};
    CardKey other{};
    other[31] = 1;
    const auto pseudonym = pseudonymise_card("4111111111111111", key);
    ASSERT_TRUE(pseudonym);
    EXPECT_EQ(pseudonym->size(), 16U + 1 + 16);
    EXPECT_EQ(*pseudonym, *pseudonymise_card("4111111111111111", key));
    EXPECT_NE(*pseudonym, *pseudonymise_card("4111111111111111", other));
    // Same shown digits, other number: the hash keeps them apart.
    const auto sibling = pseudonymise_card("4111111111291111", key);
    ASSERT_TRUE(sibling) << text_of(sibling);
    EXPECT_EQ(sibling->substr(0, 16), pseudonym->substr(0, 16));
    EXPECT_NE(*sibling, *pseudonym);
    EXPECT_EQ(pseudonym->find("4111111111111111"), std::string::npos);
}

} // namespace
} // namespace engine::normalise

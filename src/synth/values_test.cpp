// Every identifier of the world must pass the check that its own standard defines.
#include "synth/draw/people.hpp"
#include "synth/draw/values.hpp"
#include "synth/draw/written.hpp"

#include "engine/normalise/bank.hpp"
#include "engine/normalise/codes.hpp"
#include "engine/normalise/phone.hpp"
#include "engine/normalise/wallet.hpp"
#include "engine/normalise/web.hpp"

#include <gtest/gtest.h>

#include <set>

namespace synth {
namespace {

using engine::record::IdentifierType;

constexpr std::uint64_t kSeed = 42;
constexpr std::uint64_t kDraws = 2'000;

TEST(Values, PhonesAreInTheirNumberingPlans) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        for (const bool abroad : {false, true}) {
            const std::uint64_t number = gang_line(kSeed, n * 7, abroad);
            const std::string text = "+" + std::to_string(number);
            const auto parsed = engine::normalise::parse_phone(text);
            ASSERT_TRUE(parsed) << text;
            EXPECT_EQ(parsed->e164, text);
            EXPECT_TRUE(seen.insert(number).second) << "rented twice: " << text;
        }
    }
}

TEST(Values, VictimsLinesAreNeverGangsLines) {
    std::set<std::string> gangs;
    for (std::uint64_t n = 0; n < 50'000; ++n) {
        gangs.insert("+" + std::to_string(gang_line(kSeed, n, false)));
    }
    for (std::uint32_t person = 0; person < 50'000; ++person) {
        const std::string line = victim_mobile(kSeed, person);
        EXPECT_FALSE(gangs.contains(line)) << line;
        if (person < kDraws) {
            EXPECT_TRUE(engine::normalise::parse_phone(line)) << line;
        }
    }
}

TEST(Values, AccountsWalletsAndParcelsPassTheirChecks) {
    const Lexicon lexicon = read_lexicon();
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        const std::uint64_t number = scatter(n);
        const std::string iban = text_of({.number = number, .type = IdentifierType::Iban}, lexicon);
        const auto account = engine::normalise::parse_iban(iban);
        ASSERT_TRUE(account) << iban;
        EXPECT_EQ(*account, iban);
        const std::string wallet =
            text_of({.number = number, .type = IdentifierType::Wallet}, lexicon);
        EXPECT_TRUE(engine::normalise::parse_wallet(wallet)) << wallet;
        const std::string parcel = parcel_number(number);
        EXPECT_TRUE(engine::normalise::parse_parcel(parcel)) << parcel;
        const std::string line = fictitious_landline(number);
        EXPECT_TRUE(engine::normalise::parse_phone(line)) << line;
    }
}

TEST(Values, NamesOnTheInternetAreValid) {
    const Lexicon lexicon = read_lexicon();
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        const Trade trade = static_cast<Trade>(n % 4);
        const std::uint64_t number = scatter(n);
        const std::string host =
            text_of({.number = number, .type = IdentifierType::Domain, .trade = trade}, lexicon);
        EXPECT_TRUE(engine::normalise::parse_domain(host)) << host;
        const std::string mail =
            text_of({.number = number, .type = IdentifierType::Email, .trade = trade}, lexicon);
        EXPECT_TRUE(engine::normalise::parse_email(mail)) << mail;
        const Person person = person_of(kSeed, static_cast<std::uint32_t>(n), lexicon);
        EXPECT_TRUE(engine::normalise::parse_email(person.mail)) << person.mail;
        EXPECT_TRUE(engine::normalise::parse_iban(person.iban)) << person.iban;
    }
}

TEST(Values, AHandleThatMutatesKeepsItsPlatform) {
    const Lexicon lexicon = read_lexicon();
    const std::uint64_t gang = scatter(5) & ~0xFFFFULL;
    std::set<std::string> accounts;
    std::set<std::string> platforms;
    for (std::uint64_t mutation = 1; mutation <= 20; ++mutation) {
        const std::string account =
            text_of({.number = gang | mutation, .type = IdentifierType::Handle}, lexicon);
        accounts.insert(account);
        platforms.insert(account.substr(0, account.find(':')));
    }
    EXPECT_GT(accounts.size(), 18U);
    EXPECT_EQ(platforms.size(), 1U);
}

TEST(Values, HouseholdsShareAnAccount) {
    const Lexicon lexicon = read_lexicon();
    EXPECT_EQ(person_of(kSeed, 0, lexicon).iban, person_of(kSeed, 1, lexicon).iban);
    EXPECT_NE(person_of(kSeed, 2, lexicon).iban, person_of(kSeed, 3, lexicon).iban);
}

TEST(Written, SlipsChangeTheValue) {
    const struct {
        IdentifierType type;
        const char* canonical;
    } rows[]{{IdentifierType::Phone, "+33612345678"},
             {IdentifierType::Phone, "+2290196123456"},
             {IdentifierType::Iban, "FR7630006000011234567890189"},
             {IdentifierType::Email, "kevin.d59@gmail.com"},
             {IdentifierType::Domain, "zoupvide.fr"},
             {IdentifierType::Handle, "vinted:kevin.d59"}};
    Random random{1};
    for (int i = 0; i < 2'000; ++i) {
        for (const auto& row : rows) {
            const std::string wrong = slipped(row.canonical, random);
            EXPECT_NE(wrong, row.canonical);
            // Nothing that a slip makes may trouble the writers of forms.
            EXPECT_FALSE(written(row.type, wrong, random).empty());
        }
    }
}

TEST(Written, MostFormsOfAPhoneAreReadBack) {
    Random random{3};
    int read = 0;
    constexpr int kForms = 1'000;
    for (int i = 0; i < kForms; ++i) {
        const std::string form = written(IdentifierType::Phone, "+33612345678", random);
        const auto parsed = engine::normalise::parse_phone(form);
        if (parsed && parsed->e164 == "+33612345678") ++read;
    }
    EXPECT_GT(read, kForms * 85 / 100); // the rest: dictated, letter O, links
}

} // namespace
} // namespace synth

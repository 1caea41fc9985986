// Promise: a number that is digits already is checked and written as E.164 in under 150 ns, an
// IBAN in under 100 ns, on any machine that Maillon is meant for. Google's libphonenumber reads the
// same numbers in the same run.
#include "engine/normalise/bank.hpp"
#include "engine/normalise/phone.hpp"

#include <benchmark/benchmark.h>
#include <phonenumbers/phonenumberutil.h>

#include <array>
#include <string>

namespace {

using namespace engine::normalise;

constexpr std::array<std::string_view, 12> kWritten{
    "06 39 98 12 34",   "+33 6 39 98 56 78",   "01.99.00.12.34",  "0033 2 61 91 12 34",
    "+229 97 00 12 34", "+225 07 07 00 12 34", "+44 7400 123456", "+32 470 12 34 56",
    "+1 201 555 0123",  "+41 (0)79 123 45 67", "04-65-71-12-34",  "+49 30 123456",
};

constexpr std::array<std::string_view, 12> kE164Digits{
    "33639981234",  "33639985678", "33199001234", "33261911234", "2290197001234", "2250707001234",
    "447400123456", "32470123456", "12015550123", "41791234567", "33465711234",   "4930123456",
};

constexpr std::array<std::string_view, 6> kNationalDigits{
    "0639981234", "0199001234", "0261911234", "0353011234", "0465711234", "0536491234",
};

// What a scanner meets most: runs of digits that are no number.
constexpr std::array<std::string_view, 6> kNoNumbers{
    "33012345678", "20240131120000", "99912345678", "2104512345", "33612345", "00000000000",
};

constexpr std::array<std::string_view, 6> kIbans{
    "FR7630006000011234567890189", "BE68539007547034",         "DE89370400440532013000",
    "IT60X0542811101000000123456", "ES9121000418450200051332", "LU280019400644750000",
};

template <std::size_t N, class Read>
void each(benchmark::State& state, const std::array<std::string_view, N>& texts, Read read) {
    for (auto _ : state) {
        for (const std::string_view text : texts) benchmark::DoNotOptimize(read(text));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(N));
}

void phone_as_written(benchmark::State& state) {
    each(state, kWritten, [](std::string_view text) { return parse_phone(text); });
}
BENCHMARK(phone_as_written);

void phone_e164_digits(benchmark::State& state) {
    each(state, kE164Digits, [](std::string_view text) { return parse_e164_digits(text); });
}
BENCHMARK(phone_e164_digits);

void phone_national_digits(benchmark::State& state) {
    each(state, kNationalDigits,
         [](std::string_view text) { return parse_national_digits(text, kFrance); });
}
BENCHMARK(phone_national_digits);

void phone_refused_digits(benchmark::State& state) {
    each(state, kNoNumbers, [](std::string_view text) { return parse_e164_digits(text); });
}
BENCHMARK(phone_refused_digits);

void phone_as_written_libphonenumber(benchmark::State& state) {
    const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
    each(state, kWritten, [&util](std::string_view text) {
        i18n::phonenumbers::PhoneNumber number;
        std::string e164;
        util.Parse(std::string{text}, "FR", &number);
        if (util.IsValidNumber(number)) {
            util.Format(number, i18n::phonenumbers::PhoneNumberUtil::E164, &e164);
        }
        return e164;
    });
}
BENCHMARK(phone_as_written_libphonenumber);

void iban(benchmark::State& state) {
    each(state, kIbans, [](std::string_view text) { return parse_iban(text); });
}
BENCHMARK(iban);

void card(benchmark::State& state) {
    each(state, std::array<std::string_view, 1>{"4111111111111111"},
         [](std::string_view text) { return pseudonymise_card(text, CardKey{}); });
}
BENCHMARK(card);

} // namespace

// Structure of the IBAN of each country.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::normalise::bank {

constexpr std::size_t kIbanCharactersMax = 34; // ISO 13616-1

struct IbanCountry {
    std::array<char, 2> name;
    std::string_view bban; // as the registry writes it, without "!": "5n5n11c2n"
};

// SWIFT, IBAN Registry (the registration authority of ISO 13616), release 99 of December 2024.
constexpr IbanCountry kRegistered[]{
    {{'A', 'D'}, "4n4n12c"},     {{'A', 'E'}, "3n16n"},         {{'A', 'L'}, "8n16c"},
    {{'A', 'T'}, "5n11n"},       {{'A', 'Z'}, "4a20c"},         {{'B', 'A'}, "3n3n8n2n"},
    {{'B', 'E'}, "3n7n2n"},      {{'B', 'G'}, "4a4n2n8c"},      {{'B', 'H'}, "4a14c"},
    {{'B', 'I'}, "5n5n11n2n"},   {{'B', 'R'}, "8n5n10n1a1c"},   {{'B', 'Y'}, "4c4n16c"},
    {{'C', 'H'}, "5n12c"},       {{'C', 'R'}, "4n14n"},         {{'C', 'Y'}, "3n5n16c"},
    {{'C', 'Z'}, "4n6n10n"},     {{'D', 'E'}, "8n10n"},         {{'D', 'J'}, "5n5n11n2n"},
    {{'D', 'K'}, "4n9n1n"},      {{'D', 'O'}, "4c20n"},         {{'E', 'E'}, "2n2n11n1n"},
    {{'E', 'G'}, "4n4n17n"},     {{'E', 'S'}, "4n4n1n1n10n"},   {{'F', 'I'}, "3n11n"},
    {{'F', 'K'}, "2a12n"},       {{'F', 'O'}, "4n9n1n"},        {{'F', 'R'}, "5n5n11c2n"},
    {{'G', 'B'}, "4a6n8n"},      {{'G', 'E'}, "2a16n"},         {{'G', 'I'}, "4a15c"},
    {{'G', 'L'}, "4n9n1n"},      {{'G', 'R'}, "3n4n16c"},       {{'G', 'T'}, "4c20c"},
    {{'H', 'N'}, "4a20n"},       {{'H', 'R'}, "7n10n"},         {{'H', 'U'}, "3n4n1n15n1n"},
    {{'I', 'E'}, "4a6n8n"},      {{'I', 'L'}, "3n3n13n"},       {{'I', 'Q'}, "4a3n12n"},
    {{'I', 'S'}, "4n2n6n10n"},   {{'I', 'T'}, "1a5n5n12c"},     {{'J', 'O'}, "4a4n18c"},
    {{'K', 'W'}, "4a22c"},       {{'K', 'Z'}, "3n13c"},         {{'L', 'B'}, "4n20c"},
    {{'L', 'C'}, "4a24c"},       {{'L', 'I'}, "5n12c"},         {{'L', 'T'}, "5n11n"},
    {{'L', 'U'}, "3n13c"},       {{'L', 'V'}, "4a13c"},         {{'L', 'Y'}, "3n3n15n"},
    {{'M', 'C'}, "5n5n11c2n"},   {{'M', 'D'}, "2c18c"},         {{'M', 'E'}, "3n13n2n"},
    {{'M', 'K'}, "3n10c2n"},     {{'M', 'N'}, "4n12n"},         {{'M', 'R'}, "5n5n11n2n"},
    {{'M', 'T'}, "4a5n18c"},     {{'M', 'U'}, "4a2n2n12n3n3a"}, {{'N', 'I'}, "4a20n"},
    {{'N', 'L'}, "4a10n"},       {{'N', 'O'}, "4n6n1n"},        {{'O', 'M'}, "3n16c"},
    {{'P', 'K'}, "4a16c"},       {{'P', 'L'}, "8n16n"},         {{'P', 'S'}, "4a21c"},
    {{'P', 'T'}, "4n4n11n2n"},   {{'Q', 'A'}, "4a21c"},         {{'R', 'O'}, "4a16c"},
    {{'R', 'S'}, "3n13n2n"},     {{'R', 'U'}, "9n5n15c"},       {{'S', 'A'}, "2n18c"},
    {{'S', 'C'}, "4a2n2n16n3a"}, {{'S', 'D'}, "2n12n"},         {{'S', 'E'}, "3n16n1n"},
    {{'S', 'I'}, "5n8n2n"},      {{'S', 'K'}, "4n6n10n"},       {{'S', 'M'}, "1a5n5n12c"},
    {{'S', 'O'}, "4n3n12n"},     {{'S', 'T'}, "4n4n11n2n"},     {{'S', 'V'}, "4a20n"},
    {{'T', 'L'}, "3n14n2n"},     {{'T', 'N'}, "2n3n13n2n"},     {{'T', 'R'}, "5n1n16c"},
    {{'U', 'A'}, "6n19c"},       {{'V', 'A'}, "3n15n"},         {{'V', 'G'}, "4a16n"},
    {{'X', 'K'}, "4n10n2n"},     {{'Y', 'E'}, "4a4n18c"},
};

// Not in the registry, but in use: central banks of the CFA francs (BCEAO: bank code of two
// letters and three digits; BEAC) and others that number accounts as an IBAN would.
constexpr IbanCountry kUnregistered[]{
    {{'A', 'O'}, "21n"},   {{'B', 'F'}, "2c22n"}, {{'B', 'J'}, "2c22n"}, {{'C', 'F'}, "23n"},
    {{'C', 'G'}, "23n"},   {{'C', 'I'}, "2c22n"}, {{'C', 'M'}, "23n"},   {{'C', 'V'}, "21n"},
    {{'D', 'Z'}, "22n"},   {{'G', 'A'}, "23n"},   {{'G', 'Q'}, "23n"},   {{'G', 'W'}, "2c19n"},
    {{'I', 'R'}, "22n"},   {{'K', 'M'}, "23n"},   {{'M', 'A'}, "24n"},   {{'M', 'G'}, "23n"},
    {{'M', 'L'}, "2c22n"}, {{'M', 'Z'}, "21n"},   {{'N', 'E'}, "2c22n"}, {{'S', 'N'}, "2c22n"},
    {{'T', 'D'}, "23n"},   {{'T', 'G'}, "2c22n"},
};

/// What may stand at a place of a BBAN.
enum class Class : std::uint8_t { Digit = 1, Letter = 2, Either = 3 };

struct Structure {
    std::uint8_t length = 0; // of the BBAN, 0: no such country
    std::array<Class, kIbanCharactersMax - 4> places{};
};

constexpr Structure structure_of(std::string_view bban) {
    Structure structure;
    std::size_t repeats = 0;
    for (const char c : bban) {
        if (c >= '0' && c <= '9') {
            repeats = 10 * repeats + static_cast<std::size_t>(c - '0');
            continue;
        }
        const Class kind = c == 'n' ? Class::Digit : c == 'a' ? Class::Letter : Class::Either;
        for (; repeats > 0; --repeats) structure.places[structure.length++] = kind;
    }
    return structure;
}

constexpr std::size_t kCountriesMax = 128;

struct Registry {
    std::array<std::uint8_t, 676> place{}; // by 26 × first letter + second letter; 0: none
    std::array<Structure, kCountriesMax> structures{};
};

constexpr Registry make_registry() {
    Registry registry;
    std::uint8_t count = 0;
    const auto add = [&](const IbanCountry& country) {
        const auto at =
            static_cast<std::size_t>(26 * (country.name[0] - 'A') + country.name[1] - 'A');
        registry.place[at] = ++count;
        registry.structures[count] = structure_of(country.bban);
    };
    for (const IbanCountry& country : kRegistered) add(country);
    for (const IbanCountry& country : kUnregistered) add(country);
    return registry;
}

inline constexpr Registry kRegistry = make_registry();

/// Structure of that country's BBAN; of length 0 when there is none. Letters in upper case.
constexpr const Structure& structure_of(char first, char second) {
    const unsigned a = static_cast<unsigned char>(first) - unsigned{'A'};
    const unsigned b = static_cast<unsigned char>(second) - unsigned{'A'};
    return kRegistry.structures[a > 25 || b > 25 ? 0 : kRegistry.place[26 * a + b]];
}

} // namespace engine::normalise::bank

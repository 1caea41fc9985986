// Who somebody is, as an identity provider vouches for it.
#pragma once

#include <string>

namespace identity {

/// The pivot identity of FranceConnect: civil status as the national register has it. Empty when
/// the provider did not say.
struct Person {
    std::string given_name{};         // all given names, in order, with spaces between
    std::string family_name{};        // name at birth
    std::string preferred_username{}; // used name, when there is one
    std::string birthdate{};          // "1991-04-12"
    std::string gender{};             // "female", "male"
    std::string birthplace{};         // INSEE code of the municipality; empty for births abroad
    std::string birthcountry{};       // INSEE code of the country: "99100" is France
    std::string email{};
    bool operator==(const Person&) const = default;
};

/// "Camille Rose Lenoir", with the used name when there is one: "Camille Rose Picot".
[[nodiscard]] std::string shown_name(const Person& person);

/// What a provider vouched for.
struct Vouched {
    std::string issuer{}; // its URL; "demonstration" for the invented people
    std::string sub{};    // how the issuer calls the person; never stored
    Person person{};
    std::string id_token{}; // for the provider's own logout; empty when it has none
};
/// The issuer of invented people.
constexpr char kDemonstration[] = "demonstration";

} // namespace identity

#include "identity/web/invented.hpp"

#include <array>

namespace identity::web {
namespace {

// Codes are INSEE's: Lyon, Lille and Rennes, France; Portugal for who was born abroad.
const std::array<Person, 5> kPeople{
    Person{.given_name = "Camille Rose",
           .family_name = "Lenoir",
           .birthdate = "1991-04-12",
           .gender = "female",
           .birthplace = "69123",
           .birthcountry = "99100",
           .email = "camille.lenoir@courriel.example"},
    Person{.given_name = "Mehdi Baptiste",
           .family_name = "Carlier",
           .birthdate = "1978-11-03",
           .gender = "male",
           .birthplace = "59350",
           .birthcountry = "99100",
           .email = "mehdi.carlier@courriel.example"},
    Person{.given_name = "Jeanne Marie Odile",
           .family_name = "Vasseur",
           .preferred_username = "Picot",
           .birthdate = "1949-07-22",
           .gender = "female",
           .birthplace = "35238",
           .birthcountry = "99100",
           .email = "jeanne.picot@courriel.example"},
    Person{.given_name = "Tiago",
           .family_name = "Alves Moreira",
           .birthdate = "1985-02-09",
           .gender = "male",
           .birthplace = "",
           .birthcountry = "99139",
           .email = "tiago.alves@courriel.example"},
    Person{.given_name = "Lou",
           .family_name = "Fabre",
           .birthdate = "2011-05-30",
           .gender = "female",
           .birthplace = "35238",
           .birthcountry = "99100",
           .email = "lou.fabre@courriel.example"},
};

} // namespace

std::span<const Person> invented_people() {
    return kPeople;
}

Vouched vouched_invented(const Person& person) {
    return {.issuer = kDemonstration,
            .sub = person.family_name + '\n' + person.given_name + '\n' + person.birthdate,
            .person = person};
}

} // namespace identity::web

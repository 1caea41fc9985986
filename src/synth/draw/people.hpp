// Victims: who they are and what is theirs, from their number alone.
#pragma once

#include "synth/draw/lexicon.hpp"

#include <cstdint>
#include <string>

namespace synth {

struct Person {
    std::string first_name;
    std::string surname;
    std::string city;
    std::string phone; // E.164
    std::string mail;
    std::string iban;
};

/// Households: every third pair of neighbours in number shares surname, city, line and account.
[[nodiscard]] Person person_of(std::uint64_t world_seed, std::uint32_t number,
                               const Lexicon& lexicon);

} // namespace synth

// Identifiers of this world, each valid by its standard's own check, from numbers alone.
#pragma once

#include "engine/record/identifier_type.hpp"
#include "synth/draw/lexicon.hpp"

#include <cstdint>
#include <string>

namespace synth {

/// What offenders trade in decides what their domains look like.
enum class Trade : std::uint8_t { Shop, Phishing, Finance, Person };

/// An identifier that somebody of this world uses. Its text is made when it is written.
struct Value {
    std::uint64_t number = 0; // what the text is made from
    std::uint32_t owner = 0;  // the gang that had it first
    engine::record::IdentifierType type = engine::record::IdentifierType::Phone;
    Trade trade = Trade::Person;
    bool shared = false; // another gang has used it too
};

/// The canonical text of the value: E.164, compact IBAN, host, address, "platform:account"…
[[nodiscard]] std::string text_of(const Value& value, const Lexicon& lexicon);

/// Numbers of the n-th line that gangs rent: neighbours in n are neighbours in the numbering plan.
[[nodiscard]] std::uint64_t gang_line(std::uint64_t world_seed, std::uint64_t n, bool abroad);

[[nodiscard]] std::string victim_mobile(std::uint64_t world_seed, std::uint32_t person);
/// 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49: ranges that ARCEP keeps for works of fiction
/// (decision 2018-0881).
[[nodiscard]] std::string fictitious_landline(std::uint64_t number);

[[nodiscard]] std::string french_iban(std::uint64_t number);
/// An account at that bank, a five-digit code of the Banque de France.
[[nodiscard]] std::string french_iban_at(std::string_view bank, std::uint64_t number);
/// A tracking number of the UPU's standard S10, check digit included.
[[nodiscard]] std::string parcel_number(std::uint64_t number);

} // namespace synth

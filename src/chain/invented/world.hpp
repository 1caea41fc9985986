// A small invented run for the tests of what comes after linking: its records are really written
// to a file, so that they can be read again; its groups are given, not found.
#pragma once

#include "chain/run.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chain::invented {

/// Something of a narrative that is a key. `written` must stand in the narrative.
struct Piece {
    engine::link::KeyKind kind = engine::link::KeyKind::Phone;
    std::string value;
    std::string written;
    engine::record::Role role = engine::record::Role::Suspect;
};

struct Record {
    std::string id;
    std::string received_at; // RFC 3339, may be empty
    std::string scam_type;
    std::string narrative;
    std::vector<Piece> pieces;
    int gang = -1; // alone
};

/// Six records: two gangs that share a mule's IBAN, a platform, a victim's own phone, a card.
[[nodiscard]] std::vector<Record> small_world();

/// Gangs of falling sizes, from `largest` down, with rotation of their identifiers: what a report
/// has to show. Same arguments, same world.
[[nodiscard]] std::vector<Record> large_world(std::size_t gangs, std::size_t largest);

/// Writes records.jsonl into the folder and gives the run that found exactly these gangs.
[[nodiscard]] Outcome outcome_of(const std::vector<Record>& records,
                                 const std::filesystem::path& folder);

} // namespace chain::invented

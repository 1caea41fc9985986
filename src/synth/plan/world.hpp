// What is drawn before a line is written: who deceives whom, when, with which identifiers.
// A record takes some forty bytes here; its texts are made when it is written and then forgotten.
#pragma once

#include "synth/draw/lexicon.hpp"
#include "synth/draw/values.hpp"
#include "synth/plan/parameters.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace synth {

using ValueIndex = std::uint32_t;
constexpr std::uint32_t kNobody = 0xFFFFFFFF;

struct Gang {
    std::uint64_t wording = 0; // gangs of one wording say the same sentences
    std::uint64_t seed = 0;
    std::uint32_t size = 0;
    std::uint32_t begins = 0; // seconds from the world's first day
    std::uint32_t lasts = 0;  // seconds
    std::uint32_t stolen_identity = kNobody;
    std::uint8_t type = 0; // index into kScamTypes
    bool copied = false;   // its wording is another's too
};

/// The person whose name and papers the gang shows; numbered beyond all victims.
[[nodiscard]] constexpr std::uint32_t innocent_of(const Gang& gang) {
    return 0x40000000U + gang.stolen_identity;
}

struct RecordPlan {
    std::uint32_t gang = 0;
    std::uint32_t at = 0; // seconds from the world's first day
    std::uint32_t victim = 0;
    std::uint32_t twin = kNobody; // the victim's earlier declaration that this one repeats
    std::array<ValueIndex, 6> values{};
    std::uint8_t count = 0;
    std::uint8_t slips = 0; // bit i: values[i] is written wrongly
};

/// Identifiers that belong to no gang, and how often they are named: Zipf, in this order.
struct Hubs {
    std::vector<std::string> platforms; // hosts; known ones and invented ones alternate
    std::vector<std::string> collection_ibans;
    std::vector<std::string> spoofed_phones;
    std::vector<std::string> shorteners; // hosts
    std::vector<std::string> helplines;  // police, banks, parcels: named as such in narratives
    std::vector<std::string> public_pages;
};

struct World {
    std::uint64_t seed = 0;
    Parameters parameters;
    Lexicon lexicon;
    Hubs hubs;
    std::vector<Gang> gangs;
    std::vector<Value> values;
    std::vector<RecordPlan> records; // in the order of their times
};

[[nodiscard]] Hubs draw_hubs(std::uint64_t seed, const Parameters& parameters);

/// Gangs, their identifiers and their victims.
[[nodiscard]] World draw_world(std::uint64_t records, std::uint64_t seed);

} // namespace synth

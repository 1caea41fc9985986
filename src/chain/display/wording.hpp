// Everything that Maillon says to people about links and groups, one table per language.
// Sentences are fmt patterns with named places; a test checks that both languages use the same.
#pragma once

#include "engine/link/grouping.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace chain {

enum class Language : std::uint8_t { English, French };

/// What stands at the end of a strength scale is said in words: 0 weak … 3 very strong.
constexpr std::size_t kStrengths = 4;

struct Wording {
    std::array<std::string_view, engine::link::kKeyKinds> kinds;
    std::array<std::string_view, kStrengths> strengths;
    std::array<std::string_view, 3> tiers;
    std::string_view quote_open, quote_close;

    // Weights
    std::string_view decimal;       // between units and tenths
    std::string_view weight;        // strength, bits, odds
    std::string_view short_weight;  // strength, bits
    std::string_view odds_about;    // number
    std::string_view odds_thousand; // number
    std::string_view odds_million;  // number
    std::string_view odds_beyond;

    // Together
    std::string_view same_record;       // a
    std::string_view together;          // a, b, group, records
    std::string_view path_of_one;       // no places
    std::string_view path_of_many;      // steps
    std::string_view step;              // number, a, b, tier, percent
    std::string_view step_through;      // number, a, b
    std::string_view evidence;          // kind, value, weight
    std::string_view received_apart;    // days, a and b as dates
    std::string_view received_next_day; // a, b
    std::string_view received_one_day;  // a
    std::string_view quote_in;          // record, field, quote
    std::string_view no_quote;          // files gone
    std::string_view if_wrong_title;    // no places
    std::string_view if_wrong;          // kind, value
    std::string_view if_wrong_none;     // no places
    std::string_view if_wrong_unknown;  // too large to try

    // Not together
    std::string_view apart;                  // a, b, group_a, records_a, group_b, records_b
    std::string_view shared_title;           // no places
    std::string_view shared_nothing;         // no places
    std::string_view shared;                 // kind, value, reason
    std::string_view reason_victims;         // record
    std::string_view reason_third;           // record
    std::string_view reason_hub;             // groups, records
    std::string_view reason_listed;          // records
    std::string_view reason_shared;          // groups, records
    std::string_view reason_too_weak;        // weight
    std::string_view reason_single;          // no places
    std::string_view proposed;               // a, b, percent
    std::string_view missing_title;          // no places
    std::string_view missing_nothing_usable; // record
    std::string_view missing_one_more;       // no places
    std::string_view missing_same_as;        // no places

    // Refusals
    std::string_view no_run;      // folder
    std::string_view damaged_run; // folder
    std::string_view unknown;     // record
    std::string_view near;        // records
    std::string_view list_or;     // between the last two of a list
};

[[nodiscard]] const Wording& wording(Language language);

/// "very strong (21.4 bits): about 2.8 million times likelier when the same people are behind both"
[[nodiscard]] std::string weight_in_words(const Wording& words, float bits);

/// "very strong, 21.4 bits"
[[nodiscard]] std::string short_weight(const Wording& words, float bits);

/// Why a key does not link, or links too little: the reason alone, without the key. `records` is
/// how many hold it.
[[nodiscard]] std::string
verdict_in_words(const Wording& words, const engine::link::Verdict& verdict, std::size_t records);

} // namespace chain

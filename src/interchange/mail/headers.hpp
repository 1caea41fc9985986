// Whose addresses the headers of a mail show, and when it arrived.
#pragma once

#include "engine/record/statement.hpp"

#include <gmime/gmime.h>

#include <optional>
#include <string>

namespace interchange::mail {

/// For whom the two sides of a mail stand: in a mail that a victim forwards, its sender is the
/// victim and its recipient somebody who helps.
struct Sides {
    engine::record::Role sender = engine::record::Role::Suspect;
    engine::record::Role recipient = engine::record::Role::Victim;
};

/// Once a process, before anything of GMime.
void start_gmime();

void add_addresses(GMimeMessage* message, GMimeParserOptions* options, Sides sides,
                   engine::record::Statement& out);

/// The address that the suspect's own browser or program had, where a provider wrote it down.
void add_origin_address(GMimeMessage* message, engine::record::Statement& out);

/// By the last relay (the reader's own, which the sender cannot set), else by the sender's clock.
std::optional<UnixSeconds> arrival(GMimeMessage* message);

std::string subject_of(GMimeMessage* message);

} // namespace interchange::mail

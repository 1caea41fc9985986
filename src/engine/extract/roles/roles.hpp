// Whose identifier is it? Only the suspect's may link people (README.md says how it is decided).
#pragma once

#include "engine/extract/extract.hpp"

#include <span>

namespace engine::extract {

/// Gives each mention of one field its role, the confidence in it (percent) and the rule that
/// spoke loudest. The mentions are those of one field, in order of place, with value, type and
/// span set and, for a declared field, the declared role. Reads a bounded window around each
/// mention; allocates nothing.
void assign_roles(std::string_view text, record::Field field, record::Speaker speaker,
                  const ExtractPolicy& policy, std::span<record::Mention> mentions);

} // namespace engine::extract

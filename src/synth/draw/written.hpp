// Identifiers as people write them.
#pragma once

#include "engine/record/identifier_type.hpp"
#include "synth/draw/random.hpp"

#include <string>
#include <string_view>

namespace synth {

/// "06.12…", "+33 (0)6…", broken or lower-case IBANs, RIBs, "jean [at] gmail point com"…
/// `canonical` is what text_of(Value) gives.
[[nodiscard]] std::string written(engine::record::IdentifierType type, std::string_view canonical,
                                  Random& random);

/// As typed into a field made for it: nearly canonical.
[[nodiscard]] std::string declared(engine::record::IdentifierType type, std::string_view canonical,
                                   Random& random);

/// A slip of the keyboard or of character recognition: one character is wrong, or two are swapped.
[[nodiscard]] std::string slipped(std::string_view canonical, Random& random);

} // namespace synth

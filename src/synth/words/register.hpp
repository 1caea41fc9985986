// How a person writes: correct, without accents, in SMS French, dictated…
#pragma once

#include "synth/draw/random.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace synth {

enum class Register : std::uint8_t { Correct, NoAccents, Hurried, Sms, Dictated, Capitals, Formal };

[[nodiscard]] Register draw_register(Random& random);

/// The text as that person would write it; what stands in {braces} is left alone.
[[nodiscard]] std::string in_register(std::string_view text, Register how, Random& random);

} // namespace synth

// The texts of words/*.txt, put into the program at build.
#pragma once

#include <string_view>

namespace synth {

[[nodiscard]] std::string_view scripts_text();
[[nodiscard]] std::string_view narratives_text();
[[nodiscard]] std::string_view lexicon_text();

} // namespace synth

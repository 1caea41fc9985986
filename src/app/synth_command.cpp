#include "app/arguments.hpp"

#include <stdexcept>

namespace app {

Exit synth_command(const SynthArguments&) {
    throw std::runtime_error{"'synth' is not part of this build yet"};
}

} // namespace app

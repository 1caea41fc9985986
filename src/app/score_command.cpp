#include "app/arguments.hpp"

#include <stdexcept>

namespace app {

Exit score_command(const ScoreArguments&) {
    throw std::runtime_error{"'score' is not part of this build yet"};
}

} // namespace app

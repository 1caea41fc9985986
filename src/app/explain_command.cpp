#include "app/arguments.hpp"

#include <stdexcept>

namespace app {

Exit explain_command(const ExplainArguments&) {
    throw std::runtime_error{"'explain' is not part of this build yet"};
}

} // namespace app

#include "app/arguments.hpp"

#include <stdexcept>

namespace app {

Exit extract_command(const ExtractArguments&) {
    throw std::runtime_error{"'extract' is not part of this build yet"};
}

} // namespace app

#include "app/arguments.hpp"

#include <stdexcept>

namespace app {

Exit link_command(const LinkArguments&) {
    throw std::runtime_error{"'link' is not part of this build yet"};
}

} // namespace app

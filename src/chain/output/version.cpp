#include "chain/output.hpp"

namespace chain {

std::string_view program_version() {
    return MAILLON_VERSION; // the project's version, given by src/chain/CMakeLists.txt
}

} // namespace chain

#include "orientation/orientation.hpp"

namespace orientation {

Guide::Guide() : book_{rules::read_embedded()}, reasoner_{book_.knowledge} {}

} // namespace orientation

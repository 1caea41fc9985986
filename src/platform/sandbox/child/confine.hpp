// The worker gives up what a decoder does not need, for good.
#pragma once

namespace platform::sandbox {

/// After it the process reads and writes what is open, asks for memory, and ends; anything else
/// kills it. False when this system does not let it.
[[nodiscard]] bool confine();

} // namespace platform::sandbox

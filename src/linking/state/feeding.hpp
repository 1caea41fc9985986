// The memory of all declarations and how far it has read.
#pragma once

#include "engine/memory/memory.hpp"
#include "linking/declarations.hpp"
#include "linking/linker.hpp"

#include <cstdint>
#include <functional>

namespace linking::state {

class Feeding {
public:
    Feeding(Declarations& declarations, const LinkerPolicy& policy)
        : declarations_{declarations}, memory_{policy.extract, policy.threads} {}

    /// Takes in all changes that there are; true when there were any. `go_on` is asked between
    /// batches: false leaves the rest for the next time.
    bool pull(const std::function<bool()>& go_on);

    [[nodiscard]] const engine::memory::Memory& memory() const { return memory_; }
    /// Number of the last change taken in.
    [[nodiscard]] std::int64_t number() const { return number_; }

private:
    Declarations& declarations_;
    engine::memory::Memory memory_;
    std::int64_t number_ = 0;
};

} // namespace linking::state

// Every path that the questions can take, walked to its end, and what is wrong with it.
#pragma once

#include "orientation/reasoning/reasoning.hpp"

#include <functional>

namespace orientation::reasoning {

/// A path's end: the answers given on the way, and the outcome.
struct PathEnd {
    const Answers& answers;
    const std::vector<std::optional<Decision>>& outcome;
    std::size_t questions; // asked on the way
};

struct PathFaults {
    std::size_t paths = 0;
    std::size_t useless_questions = 0; // asked, though all answers lead to the same
    std::size_t unexplained = 0;       // paths with a value that no rule gives for certain
};

/// Walks all paths. Whether a question was useless is told by comparing what lies behind its
/// answers, not by the test that decided to ask it.
[[nodiscard]] PathFaults walk_paths(const Reasoner& reasoner,
                                    const std::function<void(const PathEnd&)>& at_end);

} // namespace orientation::reasoning

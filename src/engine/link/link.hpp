// From a sealed corpus to groups.
#pragma once

#include "engine/link/corpus.hpp"
#include "engine/link/grouping.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace engine::link {

/// What is known beforehand about some values.
struct Priors {
    std::vector<bool> listed; // by key: a public service, a marketplace, a bank's own number…
};

struct LinkPolicy {
    unsigned threads = 0; // 0: as many as the machine has
};

/// Told what is going on, from the calling thread: a word for the stage and a fraction in [0, 1].
using Progress = std::function<void(std::string_view stage, double fraction)>;

[[nodiscard]] Grouping link(const Corpus& corpus, const Priors& priors, const LinkPolicy& policy,
                            const Progress& progress = {});

} // namespace engine::link

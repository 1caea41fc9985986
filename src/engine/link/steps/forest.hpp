// Last step: the reasons. A forest of links that holds each group together, strongest keys first,
// proposals between groups, and a verdict on every key.
#pragma once

#include "engine/link/grouping.hpp"
#include "engine/link/link.hpp"
#include "engine/link/steps/agglomerate.hpp"
#include "engine/link/steps/holdings.hpp"

namespace engine::link::steps {

[[nodiscard]] Grouping explain_groups(const Corpus& corpus, const Priors& priors,
                                      const Holdings& holdings, const Clusters& clusters);

} // namespace engine::link::steps

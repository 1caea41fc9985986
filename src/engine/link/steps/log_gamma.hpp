// The logarithm of the gamma function, for several threads: std::lgamma writes the sign of gamma
// into a variable of the whole program.
#pragma once

#include <cmath>

namespace engine::link::steps {

/// ln Γ(x) for x > 0.
[[nodiscard]] inline double log_gamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

} // namespace engine::link::steps

// Result<T, E>: a value, or the refusal its caller can act on (docs/HOUSE_STYLE.md, principle 3).
#pragma once

#include <tl/expected.hpp>

template <class T, class E> using Result = tl::expected<T, E>;

template <class E> [[nodiscard]] auto refuse(E error) {
    return tl::unexpected<E>(std::move(error));
}

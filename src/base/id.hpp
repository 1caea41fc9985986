// Identifiers of rows, one type for each kind, so that they cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>

template <class Tag> class Id {
public:
    explicit constexpr Id(std::int64_t value) : value_{value} {}
    [[nodiscard]] constexpr std::int64_t value() const { return value_; }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t value_;
};

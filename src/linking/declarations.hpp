// Where declarations come from: what linking asks of whoever keeps them.
#pragma once

#include "engine/record/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linking {

class Declarations {
public:
    struct Change {
        std::int64_t number = 0; // above 0; of the declaration's last change
        std::string id;          // its reference: what stands in the tables of groups
        std::optional<engine::record::Statement> statement; // nothing: withdrawn or erased
    };

    Declarations() = default;
    Declarations(const Declarations&) = delete;
    Declarations& operator=(const Declarations&) = delete;
    virtual ~Declarations() = default;

    /// Each declaration that changed after `number`, once, as it is now; ascending by number, at
    /// most so many, none when that was all. Once a number was given, no smaller one appears.
    virtual std::vector<Change> changes_after(std::int64_t number, std::size_t at_most) = 0;
};

} // namespace linking

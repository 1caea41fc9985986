// How a gang's identifiers come and go.
#pragma once

#include "synth/plan/world.hpp"

#include <array>
#include <optional>
#include <vector>

namespace synth {

/// Accounts that gangs have used, for others to use too.
struct Accounts {
    std::vector<ValueIndex> used;
    std::vector<ValueIndex> shared;
};

/// The identifiers that one gang has in use. One to four of each type at a time, so that old and
/// new overlap and tie into chains.
class Rotation {
public:
    Rotation(World& world, Accounts& accounts, std::uint32_t gang, std::uint64_t& lines_rented,
             Random random);

    /// The identifier of that type that a victim meets at that time.
    ValueIndex draw(engine::record::IdentifierType type, std::uint32_t at);

private:
    struct InUse {
        ValueIndex value = 0;
        std::uint32_t uses_left = 0;
        std::uint32_t until = 0;
    };
    InUse renew(engine::record::IdentifierType type, std::uint32_t at);
    InUse new_account(std::uint32_t at);
    ValueIndex new_line();
    ValueIndex keep(engine::record::IdentifierType type, std::uint64_t number);
    std::uint32_t after_days(std::uint32_t at, double median);

    World& world_;
    Accounts& accounts_;
    std::uint32_t gang_;
    std::uint64_t& lines_rented_;
    Random random_;
    std::array<std::vector<InUse>, engine::record::kIdentifierTypes> in_use_;
    std::vector<ValueIndex> old_lines_;
    std::uint64_t line_ = 0;
    std::uint32_t mutations_ = 0;
    bool abroad_ = false;
};

} // namespace synth

// The engine behind the doors: the declarations of intake, grouped by linking.
#pragma once

#include "app/server/house.hpp"
#include "intake/feed.hpp"
#include "linking/declarations.hpp"
#include "linking/linker.hpp"

namespace app {

class IntakeDeclarations final : public linking::Declarations {
public:
    IntakeDeclarations(platform::db::Pool& pool, const platform::crypto::KeyRing& keys)
        : pool_{pool}, keys_{keys} {}
    std::vector<Change> changes_after(std::int64_t number, std::size_t at_most) override;

private:
    platform::db::Pool& pool_;
    const platform::crypto::KeyRing& keys_;
};

[[nodiscard]] linking::LinkerPolicy linker_policy(const Base& base,
                                                  const platform::config::Settings& settings);
[[nodiscard]] linking::GroupedCommit grouped_acts();

class Linked {
public:
    Linked(House& house, const Base& base, const platform::config::Settings& settings);
    void start() { linker_.start(); }
    void stop() { linker_.stop(); }

private:
    IntakeDeclarations declarations_;
    linking::Linker linker_;
};

} // namespace app

// What every command of the server begins with, and how it says that it could not.
#pragma once

#include "app/arguments.hpp"
#include "app/server/base.hpp"

#include <memory>
#include <string>

namespace app {

/// Says it on standard error, as "maillon: …".
Exit failed(const std::string& what);

/// Who is at this machine: the audit names them.
[[nodiscard]] std::string operator_name();

struct Opened {
    platform::config::Settings settings;
    std::unique_ptr<Base> base;
};
/// Settings, data folder, database with its tables; what is wrong has been said when nothing.
[[nodiscard]] std::optional<Opened> open_data(const Place& place);
/// The same for what makes no sense on an empty folder, which a mistyped --data would begin.
[[nodiscard]] std::optional<Opened> open_known_data(const Place& place);
/// Somebody served from there before; said when not.
[[nodiscard]] bool has_data(const Place& place);

} // namespace app

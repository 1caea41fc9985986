// The settings of the server, each with its default and what it is for; see `maillon config`.
#pragma once

#include "platform/config/config.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace app {

[[nodiscard]] std::span<const platform::config::Key> setting_keys();

/// What the command line says of where things are.
struct Place {
    std::filesystem::path data;   // holds everything; empty: the default of `maillon serve`
    std::filesystem::path config; // empty: DATA/maillon.toml when there is one
    std::string listen;           // empty: as the settings say
};

/// The settings in force, or every fault with its line, one a line.
[[nodiscard]] Result<platform::config::Settings, std::string> settings_of(const Place& place);

} // namespace app

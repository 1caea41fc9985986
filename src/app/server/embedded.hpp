// Files of the project inside the program.
#pragma once

#include "platform/page/page.hpp"

#include <span>

namespace app {

extern const std::span<const platform::page::EmbeddedFile> kMigrations;
extern const std::span<const platform::page::EmbeddedFile> kTemplates;
extern const std::span<const platform::page::EmbeddedFile> kLocales;
extern const std::span<const platform::page::EmbeddedFile> kExplanation; // of the orientation
extern const std::span<const platform::page::EmbeddedFile> kAssets;

} // namespace app

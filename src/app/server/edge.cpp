#include "app/server/edge.hpp"

#include "platform/log/log.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>

namespace app {

Exit failed(const std::string& what) {
    std::fprintf(stderr, "maillon: %s%s", what.c_str(), what.ends_with('\n') ? "" : "\n");
    return Exit::Failed;
}

std::string operator_name() {
    const passwd* const entry = getpwuid(getuid());
    return "operator:" +
           (entry != nullptr ? std::string{entry->pw_name} : std::to_string(getuid()));
}

std::optional<Opened> open_data(const Place& place) {
    Result<platform::config::Settings, std::string> settings = settings_of(place);
    if (!settings) return failed("the settings are wrong\n" + settings.error()), std::nullopt;
    platform::log::start(platform::log::Level::Warning);
    Result<std::unique_ptr<Base>, std::string> base =
        Base::open(place, *settings, platform::db::FolderUse::Command);
    if (!base) return failed(base.error()), std::nullopt;
    if (const auto migrated = (*base)->migrate(); !migrated) {
        return failed(migrated.error()), std::nullopt;
    }
    return Opened{std::move(*settings), std::move(*base)};
}

bool has_data(const Place& place) {
    std::error_code ignored;
    if (std::filesystem::is_directory(place.data / "keys", ignored)) return true;
    failed("there are no keys of Maillon in " + place.data.string() + ": is --data right?");
    return false;
}

std::optional<Opened> open_known_data(const Place& place) {
    return has_data(place) ? open_data(place) : std::nullopt;
}

} // namespace app

#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "app/server/house.hpp"
#include "interchange/mail_text.hpp"
#include "platform/sandbox/sandbox.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <cstdio>

namespace app {

Exit config_command(const ConfigArguments& arguments) {
    if (arguments.file) {
        fmt::print("{}", platform::config::commented_file(setting_keys()));
        return Exit::Done;
    }
    const Result<platform::config::Settings, std::string> settings = settings_of(arguments.place);
    if (!settings) return failed("the settings are wrong\n" + settings.error());
    fmt::print("{}", platform::config::shown(*settings));
    return Exit::Done;
}

Exit migrate_command(const MigrateArguments& arguments) {
    const Result<platform::config::Settings, std::string> settings = settings_of(arguments.place);
    if (!settings) return failed("the settings are wrong\n" + settings.error());
    const auto base =
        Base::open(arguments.place, *settings, platform::db::FolderUse::Command, false);
    if (!base) return failed(base.error());
    if (!arguments.check) {
        const auto applied = (*base)->migrate();
        if (!applied) return failed(applied.error());
        for (const std::string& name : *applied) fmt::print("applied {}\n", name);
        if (applied->empty()) fmt::print("nothing to do: the tables are this version's\n");
        return Exit::Done;
    }
    platform::db::Connection connection{(*base)->address()};
    const std::vector<platform::db::Migration> all = migrations();
    const auto pending = platform::db::pending_migrations(connection, all);
    if (!pending) return failed(pending.error().what);
    for (const std::string& name : *pending) fmt::print("would apply {}\n", name);
    if (pending->empty()) fmt::print("nothing to do: the tables are this version's\n");
    return Exit::Done;
}

Exit routes_command(const RoutesArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    House house{*opened->base, opened->settings};
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    constexpr std::string_view kMethods[] = {"GET", "POST", "DELETE"};
    for (const platform::http::Route& route : house.routes()) {
        const std::string_view method = kMethods[static_cast<std::size_t>(route.method)];
        const std::string_view role =
            route.access == platform::http::Access::Everyone ? "everyone" : "operations";
        if (arguments.json) {
            all.push_back({{"method", method}, {"path", route.pattern}, {"role", role}});
        } else {
            fmt::print("{:6} {:40} {}\n", method, route.pattern, role);
        }
    }
    if (arguments.json) fmt::print("{}\n", all.dump(2));
    return Exit::Done;
}

Exit worker_command(const WorkerArguments& /*arguments*/) {
    constexpr platform::sandbox::TaskHandler kMail{.task = platform::sandbox::Task::MailText,
                                                   .prepare = interchange::prepare_mail_text,
                                                   .decode = interchange::mail_text};
    return static_cast<Exit>(platform::sandbox::worker_main({&kMail, 1}));
}

} // namespace app

#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "app/server/house.hpp"
#include "app/server/linked.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/terminal/signals.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace app {
namespace {

using platform::config::Settings;
namespace http = platform::http;
namespace log = platform::log;

log::Level level_of(std::string_view name) {
    if (name == "debug") return log::Level::Debug;
    if (name == "warning") return log::Level::Warning;
    if (name == "error") return log::Level::Error;
    return log::Level::Info;
}

std::chrono::seconds seconds(const Settings& settings, std::string_view name) {
    return std::chrono::seconds{settings.number(name)};
}

http::ServerPolicy policy_of(const Settings& settings, const site::Frame& frame) {
    http::ServerPolicy policy;
    const std::string& listen = settings.text("listen");
    const std::size_t colon = listen.rfind(':');
    policy.host = listen.substr(0, colon);
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), policy.port);
    policy.workers = static_cast<unsigned>(settings.number("workers"));
    policy.connections_max = static_cast<unsigned>(settings.number("http.connections_max"));
    policy.connections_per_client_max =
        static_cast<unsigned>(settings.number("http.connections_per_client_max"));
    policy.header_time_max = seconds(settings, "http.header_time_max");
    policy.idle_time_max = seconds(settings, "http.idle_time_max");
    policy.body_bytes_per_second_min =
        static_cast<std::uint64_t>(settings.number("http.body_bytes_per_second_min"));
    policy.tls_certificate = settings.text("tls.certificate");
    policy.tls_key = settings.text("tls.key");
    policy.trusted_proxies = settings.list("http.trusted_proxies");
    policy.operations_networks = settings.list("http.operations_networks");
    policy.hosts = settings.list("http.hosts");
    policy.requests_per_second = static_cast<double>(settings.number("http.requests_per_second"));
    policy.error_page = [&frame](int status, const http::Request& request) {
        return frame.error(status, request);
    };
    policy.status_of = [](const std::exception& failure) {
        constexpr int kUnavailable = 503;
        constexpr int kFailed = 500;
        if (const auto* const refused = dynamic_cast<const platform::db::Refused*>(&failure)) {
            // Its text names the query, the state and the constraint, and carries no value.
            log::error("database_refused", {{"why", log::Word{std::string_view{refused->what()}}}});
        }
        const bool passes = dynamic_cast<const platform::db::Lost*>(&failure) != nullptr ||
                            dynamic_cast<const platform::vault::NoRoom*>(&failure) != nullptr;
        return passes ? kUnavailable : kFailed;
    };
    return policy;
}

/// Looks after the private PostgreSQL until a signal says stop.
void watch(Base& base, const std::atomic<bool>& stop) {
    constexpr std::chrono::milliseconds kEvery{200};
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock held{mutex};
    while (!stop.load()) {
        never.wait_for(held, kEvery);
        try {
            if (base.postgres() != nullptr && base.postgres()->revive()) {
                log::warning("database_started_again");
            }
        } catch (const platform::db::Lost&) { // a full disk, a kill in the middle: tried again
            log::error("database_does_not_start");
        }
    }
}

} // namespace

Exit serve_command(const ServeArguments& arguments) {
    const platform::terminal::StopOnSignal stop;
    const Result<Settings, std::string> settings = settings_of(arguments.place);
    if (!settings) return failed("the settings are wrong\n" + settings.error());
    log::start(level_of(settings->text("log.level")));
    const auto base = Base::open(arguments.place, *settings, platform::db::FolderUse::Serve);
    if (!base) return failed(base.error());
    const auto migrated = (*base)->migrate();
    if (!migrated) return failed(migrated.error());

    House house{**base, *settings};
    house.register_jobs();
    Linked linked{house, **base, *settings};
    auto server =
        http::Server::start(policy_of(*settings, house.frame()), house.routes(), house.metrics());
    if (!server) return failed(server.error().what);
    house.workers().start();
    linked.start();
    log::info("ready", {{"port", server->port()},
                        {"migrations_applied", static_cast<std::int64_t>(migrated->size())}});
    fmt::print("Maillon answers at {}\n", public_url_of(*settings));
    std::fflush(stdout);
    watch(**base, stop.flag());

    constexpr std::chrono::seconds kPatience{20};
    log::info("stopping");
    server->stop(kPatience);
    linked.stop();
    house.workers().stop();
    log::info("stopped");
    return Exit::Done;
}

} // namespace app

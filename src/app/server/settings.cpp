#include "app/server/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace app {
namespace {

using platform::config::Key;
using platform::config::Kind;

std::string wrong_listen(std::string_view value) {
    const std::size_t colon = value.rfind(':');
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (colon == std::string_view::npos || colon + 1 == value.size() || value.size() - colon > 6) {
        return "an address and a port, for example \"127.0.0.1:8080\" or \"[::]:443\"";
    }
    for (const char c : value.substr(colon + 1)) {
        if (!is_digit(c)) return "the port is a number from 0 to 65535";
    }
    unsigned port = 0;
    std::from_chars(value.data() + colon + 1, value.data() + value.size(), port);
    constexpr unsigned kPortMax = 65'535;
    if (port > kPortMax) {
        return "the port is a number from 0 to 65535";
    }
    return {};
}

std::string wrong_url(std::string_view value) {
    if (value.empty()) return {};
    if (!value.starts_with("http://") && !value.starts_with("https://")) {
        return "it begins with https:// (or http:// on this machine alone)";
    }
    if (value.ends_with('/')) return "leave the '/' at its end away";
    return {};
}

std::string wrong_issuer(std::string_view value) {
    constexpr std::string_view kTls = "https://";
    for (const std::string_view here : {"http://127.0.0.1:", "http://localhost:"}) {
        if (value.starts_with(here) && !value.ends_with('/')) return {}; // a provider to try out
    }
    if (!value.empty() && !value.starts_with(kTls)) return "it begins with https://";
    if (value.ends_with('/')) return "leave the '/' at its end away";
    return {};
}

std::string wrong_exit(std::string_view value) {
    if (value.starts_with("https://")) return {};
    return "it begins with https://";
}

std::string wrong_database(std::string_view value) {
    if (value.empty() || value.starts_with("postgresql://") || value.starts_with("postgres://")) {
        return {};
    }
    return "it begins with postgresql://, or is empty for a private PostgreSQL in the data folder";
}

std::string wrong_smtp(std::string_view value) {
    if (value.empty() || value.starts_with("smtp://") || value.starts_with("smtps://")) return {};
    return "it begins with smtp:// or smtps://, or is empty: mails then wait";
}

std::string wrong_level(std::string_view value) {
    if (value == "debug" || value == "info" || value == "warning" || value == "error") return {};
    return "one of debug, info, warning, error";
}

constexpr std::int64_t kMega = 1'000'000;

constexpr std::array kKeys{
    Key{"listen", Kind::Text, "\"127.0.0.1:8080\"", "Address and port to answer on.", false, 0,
        INT64_MAX, wrong_listen},
    Key{"public_url", Kind::Text, "\"\"",
        "The address people type, in links of mails and papers; empty: http:// and listen.", false,
        0, INT64_MAX, wrong_url},
    Key{"service", Kind::Text, "\"Maillon\"", "Name of the service on papers and mails."},
    Key{"production", Kind::Boolean, "false",
        "True when real people use it: nothing of the demonstration is then accepted or shown."},
    Key{"workers", Kind::Integer, "8", "Threads that answer pages.", false, 1, 256},
    Key{"database", Kind::Text, "\"\"",
        "postgresql://… of your server; empty: a private PostgreSQL in the data folder.", true, 0,
        INT64_MAX, wrong_database},
    Key{"database_connections", Kind::Integer, "24",
        "Connections at most, over all uses; a private PostgreSQL has room for 60.", false, 8, 500},
    Key{"http.connections_max", Kind::Integer, "2000", "Open connections at most.", false, 10,
        100'000},
    Key{"http.connections_per_client_max", Kind::Integer, "200",
        "Open connections of one address: a school or a telephone operator is one address.", false,
        2, 100'000},
    Key{"http.header_time_max", Kind::Seconds, "\"10 s\"",
        "A client that has not sent its header by then is cut.", false, 1, 300},
    Key{"http.idle_time_max", Kind::Seconds, "\"30 s\"", "An idle connection is closed then.",
        false, 1, 3600},
    Key{"http.body_bytes_per_second_min", Kind::Bytes, "500",
        "A slower body is cut, after 20 s of grace.", false, 0, 10 * kMega},
    Key{"http.requests_per_second", Kind::Integer, "20",
        "Of one address, with bursts of ten times that; beyond, answers wait, then ask for a proof "
        "of work. 0: no such limit.",
        false, 0, 1'000'000},
    Key{"http.trusted_proxies", Kind::List, "[]",
        "Addresses of proxies whose X-Forwarded-For and -Proto are believed."},
    Key{"http.operations_networks", Kind::List, "[]",
        "Networks that may read /metrics and /readyz, beside this machine (\"10.0.0.0/8\")."},
    Key{"http.hosts", Kind::List, "[]", "Names that are answered to; empty: any. Others get 421."},
    Key{"tls.certificate", Kind::Text, "\"\"", "PEM file; empty: no TLS here, a proxy has it."},
    Key{"tls.key", Kind::Text, "\"\"", "PEM file of its private key."},
    Key{"upload.bytes_max", Kind::Bytes, "\"25 MB\"", "Of one file; people are told beforehand.",
        false, kMega, 2'000 * kMega},
    Key{"upload.files_max", Kind::Integer, "20", "Files of one declaration.", false, 1, 500},
    Key{"antivirus.clamd", Kind::Text, "\"\"",
        "Socket path or host:port of clamd; empty: files are not scanned, and officers see that."},
    Key{"mail.smtp", Kind::Text, "\"\"", "smtp://host:port or smtps://…; empty: mails wait.", false,
        0, INT64_MAX, wrong_smtp},
    Key{"mail.from", Kind::Text, "\"maillon@localhost\"", "Sender of mails."},
    Key{"mail.user", Kind::Text, "\"\"", "User of the SMTP server, if it wants one."},
    Key{"mail.password", Kind::Text, "\"\"",
        "Its password: better given as MAILLON_MAIL_PASSWORD than in the file.", true},
    Key{"identity.issuer", Kind::Text, "\"\"",
        "OpenID Connect provider, as its discovery document names it; empty: none.", false, 0,
        INT64_MAX, wrong_issuer},
    Key{"identity.client_id", Kind::Text, "\"\"", "Under which the provider knows this site."},
    Key{"identity.client_secret", Kind::Text, "\"\"",
        "Its secret: better given as MAILLON_IDENTITY_CLIENT_SECRET than in the file.", true},
    Key{"identity.name", Kind::Text, "\"FranceConnect\"", "What people know the provider by."},
    Key{"identity.demonstration", Kind::Boolean, "true",
        "Invented people may log in, without any proof. Refused with production = true; there, "
        "left "
        "away, it is false."},
    Key{"quick_exit.to", Kind::Text, "\"https://meteofrance.com/\"",
        "Where the quick exit leads: a page that tells nothing of the one that was left.", false, 0,
        INT64_MAX, wrong_exit},
    Key{"link.threads", Kind::Integer, "0", "Threads that link; 0: as many as the machine has.",
        false, 0, 1024},
    Key{"log.level", Kind::Text, "\"info\"", "debug, info, warning or error.", false, 0, INT64_MAX,
        wrong_level},
};

const platform::config::Setting& setting_named(const platform::config::Settings& settings,
                                               std::string_view name) {
    return *std::ranges::find(settings.all(), name, &platform::config::Setting::name);
}

/// A provider is whole or not there; in production it is reached over TLS.
std::optional<std::string> half_a_provider(const platform::config::Settings& settings) {
    const platform::config::Setting& issuer = setting_named(settings, "identity.issuer");
    if (issuer.text.empty()) return std::nullopt;
    for (const std::string_view name : {"identity.client_id", "identity.client_secret"}) {
        if (settings.text(name).empty()) {
            return issuer.from + ": identity.issuer is set, and " + std::string{name} + " is not\n";
        }
    }
    if (settings.on("production") && !issuer.text.starts_with("https://")) {
        return issuer.from + ": identity.issuer begins with https:// in production\n";
    }
    return std::nullopt;
}

/// Nothing invented vouches for a person in production: said there, it is a fault; left away, it is
/// false.
std::optional<std::string> settle_demonstration(platform::config::Settings& settings) {
    constexpr std::string_view kName = "identity.demonstration";
    if (!settings.on("production") || !settings.on(kName)) return std::nullopt;
    platform::config::Setting setting = setting_named(settings, kName);
    if (setting.from != "default") {
        return setting.from +
               ": identity.demonstration lets anyone log in as anyone, and production "
               "is true: remove it, or set it to false\n";
    }
    setting.number = 0;
    setting.text = "false";
    settings.put(std::move(setting));
    return std::nullopt;
}

} // namespace

std::span<const Key> setting_keys() {
    return kKeys;
}

Result<platform::config::Settings, std::string> settings_of(const Place& place) {
    std::optional<std::filesystem::path> file;
    if (!place.config.empty()) {
        file = place.config;
    } else if (std::filesystem::exists(place.data / "maillon.toml")) {
        file = place.data / "maillon.toml";
    }
    Result<platform::config::Settings, std::vector<platform::config::Fault>> read =
        platform::config::read_settings(
            kKeys, file,
            platform::config::process_environment(
                {"MAILLON_SHARED_DATA", "MAILLON_TEST_DATABASE", "MAILLON_SANITIZED"}));
    std::string told;
    if (!read) {
        for (const platform::config::Fault& fault : read.error()) {
            told += fault.where + ": " + fault.what + "\n";
        }
        return refuse(told);
    }
    if (!place.listen.empty()) {
        if (const std::optional<platform::config::Fault> fault = platform::config::override_setting(
                *read, kKeys.front(), "--listen", place.listen)) {
            return refuse(fault->where + ": " + fault->what + "\n");
        }
    }
    if (const std::optional<std::string> fault = settle_demonstration(*read)) return refuse(*fault);
    if (const std::optional<std::string> fault = half_a_provider(*read)) return refuse(*fault);
    return std::move(*read);
}

} // namespace app

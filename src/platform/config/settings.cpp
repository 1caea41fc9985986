#include "base/ascii.hpp"
#include "base/check.hpp"
#include "platform/config/config.hpp"
#include "platform/config/read/document.hpp"
#include "platform/config/read/nearest.hpp"
#include "platform/config/read/values.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <system_error>

namespace platform::config {

namespace {

constexpr std::string_view kPrefix = "MAILLON_";

/// "upload.bytes_max" is MAILLON_UPLOAD_BYTES_MAX.
std::string variable_of(std::string_view key) {
    std::string out{kPrefix};
    for (const char c : key) {
        out += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

const Setting& find(const std::vector<Setting>& settings, std::string_view name) {
    const auto found = std::ranges::find(settings, name, &Setting::name);
    check(found != settings.end(), "a setting is asked for by a name of the table of keys");
    return *found;
}

/// The bytes of the file, or a sentence that says why not.
Result<std::string, std::string> read_bytes(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return refuse(std::string{"there is no such file"});
    }
    if (error) return refuse("cannot be read: " + error.message());
    if (std::filesystem::is_directory(status)) {
        return refuse(std::string{"is a folder; a TOML file is expected"});
    }
    std::ifstream in{file, std::ios::binary};
    if (!in) return refuse(fmt::format("cannot be read: {}", std::strerror(errno)));
    std::string bytes(kFileBytesMax + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad()) return refuse(std::string{"cannot be read to its end"});
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kFileBytesMax) {
        return refuse(fmt::format("more than {} bytes: not a settings file", kFileBytesMax));
    }
    return bytes;
}

void read_file(std::span<const Key> keys, const std::filesystem::path& file, Settings& settings,
               std::vector<Fault>& faults) {
    const Result<std::string, std::string> bytes = read_bytes(file);
    if (!bytes) {
        faults.push_back({.where = file.string(), .what = bytes.error()});
        return;
    }
    Document document = read_document(keys, file.string(), *bytes);
    for (Setting& setting : document.settings) settings.put(std::move(setting));
    std::ranges::move(document.faults, std::back_inserter(faults));
}

void read_variables(std::span<const Key> keys, const Environment& environment, Settings& settings,
                    std::vector<Fault>& faults) {
    std::vector<std::string> known = environment.others;
    for (const Key& key : keys) {
        const std::string& variable = known.emplace_back(variable_of(key.name));
        const std::optional<std::string> value = environment.value(variable);
        if (!value || (value->empty() && key.kind != Kind::Text)) continue;
        Result<Setting, std::string> setting = read_text_value(key, *value);
        if (!setting) {
            faults.push_back({.where = variable, .what = setting.error()});
            continue;
        }
        setting->from = "environment";
        settings.put(*std::move(setting));
    }
    for (const std::string& name : environment.names) {
        if (!name.starts_with(kPrefix) || std::ranges::find(known, name) != known.end()) continue;
        faults.push_back({.where = printable(name),
                          .what = "no setting is called so" + did_you_mean(name, known)});
    }
}

} // namespace

const std::string& Settings::text(std::string_view name) const {
    const Setting& setting = find(settings_, name);
    check(setting.kind == Kind::Text, "the setting is a text");
    return setting.text;
}

std::int64_t Settings::number(std::string_view name) const {
    const Setting& setting = find(settings_, name);
    check(setting.kind != Kind::Text && setting.kind != Kind::List, "the setting is a number");
    return setting.number;
}

bool Settings::on(std::string_view name) const {
    const Setting& setting = find(settings_, name);
    check(setting.kind == Kind::Boolean, "the setting is true or false");
    return setting.number != 0;
}

const std::vector<std::string>& Settings::list(std::string_view name) const {
    const Setting& setting = find(settings_, name);
    check(setting.kind == Kind::List, "the setting is a list");
    return setting.list;
}

void Settings::put(Setting setting) {
    const auto known = std::ranges::find(settings_, setting.name, &Setting::name);
    if (known == settings_.end()) {
        settings_.push_back(std::move(setting));
    } else {
        *known = std::move(setting);
    }
}

Result<Settings, std::vector<Fault>> read_settings(std::span<const Key> keys,
                                                   const std::optional<std::filesystem::path>& file,
                                                   const Environment& environment) {
    Settings settings;
    for (const Key& key : keys) settings.put(default_setting(key));
    std::vector<Fault> faults;
    if (file) read_file(keys, *file, settings, faults);
    read_variables(keys, environment, settings, faults);
    if (faults.empty()) return settings;
    if (faults.size() > kFaultsMax) {
        const std::size_t more = faults.size() - kFaultsMax;
        faults.resize(kFaultsMax);
        faults.push_back({.where = faults.back().where, .what = fmt::format("and {} more", more)});
    }
    return refuse(std::move(faults));
}

Result<Settings, std::vector<Fault>>
read_settings(std::span<const Key> keys, const std::optional<std::filesystem::path>& file,
              const std::function<std::optional<std::string>(const std::string&)>& environment) {
    return read_settings(keys, file, Environment{.value = environment, .names = {}, .others = {}});
}

std::optional<Fault> override_setting(Settings& settings, const Key& key, std::string_view option,
                                      std::string_view value) {
    Result<Setting, std::string> setting = read_text_value(key, value);
    if (!setting) return Fault{.where = std::string{option}, .what = setting.error()};
    setting->from = "command line";
    settings.put(*std::move(setting));
    return std::nullopt;
}

} // namespace platform::config

#include "platform/config/config.hpp"
#include "platform/config/read/values.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace platform::config {

namespace {

constexpr std::size_t kColumns = 100;

/// "upload" of "upload.bytes_max"; empty for a key of the document itself.
std::string_view group_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

std::string_view last_part(std::string_view name) {
    return name.substr(name.rfind('.') + 1); // npos + 1 is 0
}

void put_comment(std::string& out, std::string_view text) {
    std::string line = "#";
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        if (line.size() > 1 && line.size() + 1 + word.size() > kColumns) {
            out += line + '\n';
            line.resize(1); // the sign
        }
        line += ' ';
        line += word;
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    out += line + '\n';
}

/// As TOML writes it.
std::string in_toml(const Setting& setting) {
    switch (setting.kind) {
    case Kind::Text: return toml_text(setting.text);
    case Kind::Integer:
    case Kind::Boolean: return setting.text;
    case Kind::Bytes:
    case Kind::Seconds: {
        const bool digits = std::ranges::all_of(
            setting.text, [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
        return digits ? setting.text : toml_text(setting.text);
    }
    case Kind::List: {
        std::vector<std::string> each;
        for (const std::string& one : setting.list) each.push_back(toml_text(one));
        return fmt::format("[{}]", fmt::join(each, ", "));
    }
    }
    return {};
}

void put_key(std::string& out, const Key& key) {
    out += '\n';
    put_comment(out, key.explanation);
    const bool ranged =
        key.kind == Kind::Integer || key.kind == Kind::Bytes || key.kind == Kind::Seconds;
    if (ranged && key.most != INT64_MAX) {
        put_comment(out, fmt::format("From {} to {}.", key.least, key.most));
    }
    out += fmt::format("{} = {}\n", last_part(key.name), in_toml(default_setting(key)));
}

} // namespace

std::string commented_file(std::span<const Key> keys) {
    std::string out;
    put_comment(out, "Settings of Maillon, each at its default. A variable of the environment wins "
                     "over this file: MAILLON_ and the key in capitals, '_' for '.'.");
    std::vector<std::string_view> groups{""}; // TOML wants the keys without a table first
    for (const Key& key : keys) {
        const std::string_view group = group_of(key.name);
        if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
    }
    for (const std::string_view group : groups) {
        if (!group.empty()) out += fmt::format("\n[{}]\n", group);
        for (const Key& key : keys) {
            if (group_of(key.name) == group) put_key(out, key);
        }
    }
    return out;
}

std::string shown(const Settings& settings) {
    std::string out;
    for (const Setting& setting : settings.all()) {
        const bool hidden = setting.secret && !setting.text.empty();
        out += fmt::format("{} = {}  # {}\n", setting.name, hidden ? "(set)" : in_toml(setting),
                           setting.from);
    }
    return out;
}

} // namespace platform::config

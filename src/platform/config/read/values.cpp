#include "platform/config/read/values.hpp"

#include "base/check.hpp"
#include "platform/config/read/document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace platform::config {

namespace {

constexpr std::size_t kListMax = 1000; // addresses, names: nobody writes more by hand

struct Unit {
    std::string_view name;
    std::int64_t factor;
};
// SI and IEC 80000-13 prefixes.
constexpr std::array kByteUnits{
    Unit{"B", 1},         Unit{"kB", 1'000},    Unit{"MB", 1'000'000}, Unit{"GB", 1'000'000'000},
    Unit{"KiB", 1 << 10}, Unit{"MiB", 1 << 20}, Unit{"GiB", 1 << 30},
};
constexpr std::array kTimeUnits{Unit{"s", 1}, Unit{"min", 60}, Unit{"h", 3600}, Unit{"d", 86400}};

std::span<const Unit> units(Kind kind) {
    if (kind == Kind::Bytes) return kByteUnits;
    if (kind == Kind::Seconds) return kTimeUnits;
    return {};
}

/// "10 MB", "10MB", "10".
std::optional<std::int64_t> read_quantity(Kind kind, std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [after, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{}) return std::nullopt;
    std::string_view unit{after, static_cast<std::size_t>(end - after)};
    if (unit.empty()) return number;
    if (unit.starts_with(' ')) unit.remove_prefix(1);
    const std::span<const Unit> known = units(kind);
    const auto found = std::ranges::find(known, unit, &Unit::name);
    if (found == known.end()) return std::nullopt;
    std::int64_t product = 0;
    if (__builtin_mul_overflow(number, found->factor, &product)) return std::nullopt;
    return product;
}

Result<Setting, std::string> with_number(const Key& key, Setting setting, std::int64_t number) {
    if (number < key.least || number > key.most) {
        if (key.most == INT64_MAX) return refuse(fmt::format("at least {} is expected", key.least));
        return refuse(fmt::format("a number from {} to {} is expected", key.least, key.most));
    }
    setting.number = number;
    return setting;
}

Result<Setting, std::string> with_quantity(const Key& key, Setting setting,
                                           const Written& written) {
    if (const std::int64_t* number = std::get_if<std::int64_t>(&written)) {
        setting.text = fmt::format("{}", *number);
        return with_number(key, std::move(setting), *number);
    }
    const std::string* text = std::get_if<std::string>(&written);
    const bool in_words = key.kind == Kind::Bytes || key.kind == Kind::Seconds;
    if (text == nullptr || !in_words) return refuse(expected(key.kind));
    const std::optional<std::int64_t> number = read_quantity(key.kind, *text);
    if (!number) return refuse(expected(key.kind));
    setting.text = *text;
    return with_number(key, std::move(setting), *number);
}

Result<Setting, std::string> with_list(const Key& key, Setting setting, const Written& written) {
    const auto* list = std::get_if<std::vector<std::string>>(&written);
    if (list == nullptr) return refuse(expected(key.kind));
    if (list->size() > kListMax) return refuse(fmt::format("at most {} are expected", kListMax));
    for (const std::string& one : *list) {
        if (key.wrong != nullptr) {
            if (std::string why = key.wrong(one); !why.empty()) return refuse(std::move(why));
        }
    }
    setting.text = fmt::format("{}", fmt::join(*list, ","));
    setting.list = *list;
    return setting;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty() && out.size() <= kListMax) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view one = text.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (!one.empty()) out.emplace_back(one);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return out;
}

} // namespace

std::string expected(Kind kind) {
    switch (kind) {
    case Kind::Text: return "a text in quotes is expected";
    case Kind::Integer: return "a whole number is expected";
    case Kind::Bytes: return "a number of bytes is expected, such as 5000, \"10 MB\" or \"10 MiB\"";
    case Kind::Seconds:
        return "a number of seconds is expected, such as 30, \"30 s\", \"10 min\" or \"1 h\"";
    case Kind::Boolean: return "true or false is expected";
    case Kind::List: return "a list of texts is expected, such as [\"a\", \"b\"]";
    }
    return {};
}

Result<Setting, std::string> read_value(const Key& key, const Written& written) {
    Setting setting{.name = std::string{key.name},
                    .kind = key.kind,
                    .text = {},
                    .number = 0,
                    .list = {},
                    .from = {},
                    .secret = key.secret};
    switch (key.kind) {
    case Kind::Text: {
        const std::string* text = std::get_if<std::string>(&written);
        if (text == nullptr) return refuse(expected(key.kind));
        if (key.wrong != nullptr) {
            if (std::string why = key.wrong(*text); !why.empty()) return refuse(std::move(why));
        }
        setting.text = *text;
        return setting;
    }
    case Kind::Integer:
    case Kind::Bytes:
    case Kind::Seconds: return with_quantity(key, std::move(setting), written);
    case Kind::Boolean: {
        const bool* on = std::get_if<bool>(&written);
        if (on == nullptr) return refuse(expected(key.kind));
        setting.text = *on ? "true" : "false";
        setting.number = *on ? 1 : 0;
        return setting;
    }
    case Kind::List: return with_list(key, std::move(setting), written);
    }
    return refuse(std::string{});
}

Result<Setting, std::string> read_text_value(const Key& key, std::string_view text) {
    switch (key.kind) {
    case Kind::Text:
    case Kind::Bytes:
    case Kind::Seconds: return read_value(key, std::string{text});
    case Kind::Integer:
        if (const std::optional<std::int64_t> number = read_quantity(key.kind, text)) {
            return read_value(key, *number);
        }
        break;
    case Kind::Boolean:
        if (text == "true" || text == "false") return read_value(key, text == "true");
        break;
    case Kind::List: return read_value(key, split_list(text));
    }
    return refuse(expected(key.kind));
}

Setting default_setting(const Key& key) {
    const std::optional<Written> written = read_default(key);
    check(written.has_value(), "the default of a setting is TOML");
    Result<Setting, std::string> setting = read_value(key, *written);
    check(setting.has_value(), "the default of a setting is a value that it takes");
    setting->from = "default";
    return *std::move(setting);
}

std::string toml_text(std::string_view text) {
    std::string out{"\""};
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

} // namespace platform::config

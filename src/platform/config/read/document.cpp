#include "platform/config/read/document.hpp"

#include "base/toml_stray.hpp"
#include "platform/config/read/nearest.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace platform::config {

namespace {

constexpr std::size_t kSentenceMax = 200; // the parser's own words, with a name from the file

constexpr int kDepthMax = 8; // our keys have two parts

/// Nothing for what no key can hold: dates, floats, tables, lists of other things than texts.
std::optional<Written> written(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* on = node.as_boolean()) return on->get();
    const toml::array* array = node.as_array();
    if (array == nullptr) return std::nullopt;
    std::vector<std::string> list;
    for (const toml::node& element : *array) {
        const auto* text = element.as_string();
        if (text == nullptr) return std::nullopt;
        list.push_back(text->get());
    }
    return list;
}

struct FoundFault {
    toml::source_position at;
    std::string what;
};

class DocumentReader {
public:
    DocumentReader(std::span<const Key> keys, std::string_view name)
        : keys_{keys}, names_{names_of(keys)}, file_{name} {}

    void read(const toml::table& table, const std::string& prefix, int depth) {
        for (const auto& [key, node] : table) {
            const std::string_view part = key.str();
            // A dot inside quotes is no way of writing a table.
            const bool plain = part.find('.') == std::string_view::npos;
            const std::string name = prefix + std::string{part};
            read_entry(plain ? find(name) : nullptr, name, node, key.source().begin, depth);
        }
    }

    Document finish() {
        std::ranges::stable_sort(faults_, {}, [](const FoundFault& fault) {
            return std::pair{fault.at.line, fault.at.column};
        });
        Document out{.settings = std::move(settings_), .faults = {}};
        for (FoundFault& fault : faults_) {
            out.faults.push_back(
                {.where = fmt::format("{}:{}:{}", file_, fault.at.line, fault.at.column),
                 .what = std::move(fault.what)});
        }
        return out;
    }

    void fail(toml::source_position at, std::string what) {
        faults_.push_back({at, std::move(what)});
    }

private:
    const Key* find(std::string_view name) const {
        const auto found = std::ranges::find(keys_, name, &Key::name);
        return found == keys_.end() ? nullptr : &*found;
    }

    bool is_table(const std::string& name) const {
        return std::ranges::any_of(
            keys_, [&](const Key& key) { return key.name.starts_with(name + "."); });
    }

    void read_entry(const Key* key, const std::string& name, const toml::node& node,
                    toml::source_position at, int depth) {
        const toml::table* table = node.as_table();
        if (key != nullptr) return read_setting(*key, node, at);
        if (table != nullptr && depth < kDepthMax && (is_table(name) || !table->empty())) {
            return read(*table, name + ".", depth + 1);
        }
        if (is_table(name)) {
            return fail(at, fmt::format("'{}' is a group of keys: write [{}] above them",
                                        printable(name), printable(name)));
        }
        fail(at, fmt::format("unknown key '{}'{}", printable(name), did_you_mean(name, names_)));
    }

    void read_setting(const Key& key, const toml::node& node, toml::source_position at) {
        const std::optional<Written> value = written(node);
        Result<Setting, std::string> setting =
            value ? read_value(key, *value) : refuse(expected(key.kind));
        if (!setting) return fail(at, fmt::format("{}: {}", key.name, setting.error()));
        setting->from = fmt::format("{}:{}", file_, at.line);
        settings_.push_back(*std::move(setting));
    }

    std::span<const Key> keys_;
    std::vector<std::string> names_;
    std::string file_;
    std::vector<Setting> settings_;
    std::vector<FoundFault> faults_;
};

toml::source_position position_of(std::string_view bytes, std::size_t at) {
    const std::string_view before = bytes.substr(0, at);
    const auto line = static_cast<toml::source_index>(1 + std::ranges::count(before, '\n'));
    const std::size_t line_begin = before.rfind('\n') + 1; // npos + 1 is 0
    return {line, static_cast<toml::source_index>(at - line_begin + 1)};
}

} // namespace

std::vector<std::string> names_of(std::span<const Key> keys) {
    std::vector<std::string> names;
    for (const Key& key : keys) names.emplace_back(key.name);
    return names;
}

Document read_document(std::span<const Key> keys, std::string_view name, std::string_view bytes) {
    DocumentReader reader{keys, name};
    if (const std::optional<std::size_t> stray = first_stray(bytes)) {
        reader.fail(position_of(bytes, *stray),
                    "not valid TOML: a letter that is not ASCII stands outside of quotes");
        return reader.finish();
    }
    const toml::parse_result parsed = toml::parse(bytes);
    if (parsed) {
        reader.read(parsed.table(), "", 0);
    } else {
        const toml::parse_error& error = parsed.error();
        reader.fail(error.source().begin,
                    "not valid TOML: " + printable(error.description(), kSentenceMax));
    }
    return reader.finish();
}

std::optional<Written> read_default(const Key& key) {
    if (key.default_value.empty()) {
        switch (key.kind) {
        case Kind::Text: return std::string{};
        case Kind::Integer:
        case Kind::Bytes:
        case Kind::Seconds: return std::int64_t{0};
        case Kind::Boolean: return false;
        case Kind::List: return std::vector<std::string>{};
        }
    }
    const std::string line = "value = " + std::string{key.default_value};
    const toml::parse_result parsed = toml::parse(line);
    if (!parsed) return std::nullopt;
    const toml::node* node = parsed.table().get("value");
    return node == nullptr ? std::nullopt : written(*node);
}

} // namespace platform::config

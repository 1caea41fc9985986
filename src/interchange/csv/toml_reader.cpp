#include "interchange/csv/toml_reader.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace interchange::csv {

namespace {
constexpr std::size_t kTablesMax = 200; // a file of 200 columns has been seen, not more
}

TableReader::TableReader(const toml::table& table, std::string place, std::optional<Fault>& fault)
    : table_{table}, place_{std::move(place)}, fault_{fault} {}

std::string TableReader::place_of(std::string_view key) const {
    return place_.empty() ? std::string{key} : fmt::format("{}/{}", place_, key);
}

void TableReader::fail(std::string_view key, std::string what) {
    if (fault_) return;
    fault_ = Fault{.reason = RejectReason::BadMapping,
                   .field = place_of(key),
                   .what = std::move(what),
                   .record = {}};
}

const toml::node* TableReader::find(std::string_view key) {
    asked_.push_back(key);
    return table_.get(key);
}

void TableReader::text(std::string_view key, std::string& out) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    if (const toml::value<std::string>* value = node->as_string()) {
        out = value->get();
    } else {
        fail(key, "A string in quotes is expected.");
    }
}

void TableReader::texts(std::string_view key, std::vector<std::string>& out) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    if (const toml::value<std::string>* value = node->as_string()) {
        out = {value->get()};
        return;
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) return fail(key, "A string, or several in brackets, are expected.");
    for (const toml::node& element : *array) {
        const toml::value<std::string>* value = element.as_string();
        if (value == nullptr) return fail(key, "The brackets hold strings in quotes only.");
        out.push_back(value->get());
    }
}

const toml::table* TableReader::table(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) return nullptr;
    if (node->as_table() == nullptr) fail(key, "A table is expected: [" + std::string{key} + "].");
    return node->as_table();
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
    std::vector<const toml::table*> found;
    const toml::node* node = find(key);
    if (node == nullptr) return found;
    const toml::array* array = node->as_array();
    if (array == nullptr || array->size() > kTablesMax) {
        fail(key, fmt::format("Tables are expected, at most {}: [[{}]].", kTablesMax, key));
        return found;
    }
    for (const toml::node& element : *array) {
        const toml::table* one = element.as_table();
        if (one == nullptr) {
            fail(key, fmt::format("Tables are expected: [[{}]].", key));
            return {};
        }
        found.push_back(one);
    }
    return found;
}

void TableReader::require(std::string_view key) {
    if (table_.get(key) == nullptr) fail(key, "It is missing.");
}

void TableReader::finish() {
    for (const auto& [key, node] : table_) {
        if (std::ranges::find(asked_, key.str()) == asked_.end()) {
            fail(key.str(), "There is no such key in a mapping.");
        }
    }
}

} // namespace interchange::csv

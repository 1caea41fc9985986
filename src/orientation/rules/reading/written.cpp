#include "orientation/rules/reading/written.hpp"

#include <algorithm>
#include <toml++/toml.h>

namespace orientation::rules {
namespace {

/// One table: each key is asked for once, and those that nobody asked for are faults.
class Table {
public:
    Table(const toml::table& table, std::optional<std::string>& fault)
        : table_{table}, fault_{fault} {}

    std::string text(std::string_view key, bool needed = true) {
        asked_.push_back(key);
        const toml::node* const node = table_.get(key);
        if (node == nullptr) {
            if (needed) fail(key, "is missing");
            return {};
        }
        const auto* const value = node->as_string();
        if (value == nullptr || value->get().empty()) {
            fail(key, "is a text");
            return {};
        }
        return value->get();
    }
    std::vector<std::string> texts(std::string_view key, bool needed = true) {
        std::vector<std::string> out;
        for (const toml::node& node : list(key, needed)) {
            const auto* const value = node.as_string();
            if (value == nullptr) {
                fail(key, "is a list of texts");
                continue;
            }
            out.push_back(value->get());
        }
        return out;
    }
    template <class Each> void tables(std::string_view key, bool needed, const Each& each) {
        for (const toml::node& node : list(key, needed)) {
            const toml::table* const table = node.as_table();
            if (table == nullptr) {
                fail(key, "is a list of tables");
                continue;
            }
            Table inside{*table, fault_};
            each(inside);
            inside.finish();
        }
    }
    void finish() {
        for (const auto& [name, node] : table_) {
            if (std::ranges::find(asked_, name.str()) == asked_.end())
                fail(name.str(), "is unknown");
        }
    }

private:
    const toml::array& list(std::string_view key, bool needed) {
        static const toml::array kNone;
        asked_.push_back(key);
        const toml::node* const node = table_.get(key);
        if (node == nullptr) {
            if (needed) fail(key, "is missing");
            return kNone;
        }
        if (node->as_array() == nullptr) fail(key, "is a list");
        return node->as_array() == nullptr ? kNone : *node->as_array();
    }
    void fail(std::string_view key, std::string_view what) {
        if (fault_) return;
        fault_ = "line " + std::to_string(table_.source().begin.line) + ": " + std::string{key} +
                 " " + std::string{what};
    }

    const toml::table& table_;
    std::optional<std::string>& fault_;
    std::vector<std::string_view> asked_;
};

void read_question(Table& table, Written& out) {
    WrittenQuestion question{
        .id = table.text("id"), .only_if = table.texts("only_if", false), .answers = {}};
    table.tables("answers", true, [&](Table& answer) {
        question.answers.push_back({.id = answer.text("id"), .makes = answer.texts("makes")});
    });
    out.questions.push_back(std::move(question));
}

void read_slot(Table& table, Written& out) {
    WrittenSlot slot{.name = table.text("name"), .rules = {}};
    table.tables("rules", true, [&](Table& rule) {
        slot.rules.push_back({.id = rule.text("id"),
                              .value = rule.text("value"),
                              .target = rule.text("target", false),
                              .why = rule.text("why", false),
                              .source = rule.text("source"),
                              .conditions = rule.texts("if", false)});
    });
    out.slots.push_back(std::move(slot));
}

} // namespace

std::optional<std::string> add_file(const platform::page::EmbeddedFile& file, Written& out) {
    const toml::parse_result parsed = toml::parse(file.content);
    std::optional<std::string> fault;
    if (!parsed) {
        fault = "line " + std::to_string(parsed.error().source().begin.line) + ": " +
                std::string{parsed.error().description()};
    } else {
        Table whole{parsed.table(), fault};
        whole.tables("question", false, [&](Table& table) { read_question(table, out); });
        whole.tables("slot", false, [&](Table& table) { read_slot(table, out); });
        whole.tables("source", false, [&](Table& table) {
            out.sources.push_back({.id = table.text("id"),
                                   .title = table.text("title"),
                                   .article = table.text("article"),
                                   .version = table.text("version")});
        });
        whole.tables("sign", false, [&](Table& table) {
            out.signs.push_back({.id = table.text("id"), .phrases = table.texts("words")});
        });
        whole.tables("likely", false, [&](Table& table) {
            out.situations.push_back(
                {.answers = table.texts("answers"), .phrases = table.texts("words")});
        });
        whole.finish();
    }
    if (fault) fault = std::string{file.name} + ", " + *fault;
    return fault;
}

} // namespace orientation::rules

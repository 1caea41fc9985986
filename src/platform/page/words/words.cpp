#include "platform/page/words/words.hpp"

#include "base/check.hpp"

#include <toml++/toml.h>
#include <vector>

namespace platform::page {

namespace {

constexpr std::string_view kValueOpens = "{{"; // what the template fills: {{FILES_MAX}}
constexpr std::string_view kValueCloses = "}}";

struct Open {
    const toml::table* table;
    std::string prefix;
};

} // namespace

Words::Words(std::string_view language_tag, std::string_view toml) : tag_{language_tag} {
    add(tag_ + ".toml", toml);
}

void Words::add(std::string_view file_name, std::string_view toml) {
    const std::string file{file_name};
    const toml::parse_result parsed = toml::parse(toml);
    if (!parsed) {
        const std::string what = file + ", line " +
                                 std::to_string(parsed.error().source().begin.line) + ": " +
                                 std::string{parsed.error().description()};
        check(false, what.c_str());
    }
    std::vector<Open> open{{.table = &parsed.table(), .prefix = {}}};
    while (!open.empty()) {
        const Open at = open.back();
        open.pop_back();
        for (const auto& [name, node] : *at.table) {
            const std::string key = at.prefix + std::string{name.str()};
            if (const toml::table* const table = node.as_table()) {
                open.push_back({.table = table, .prefix = key + "."});
                continue;
            }
            const auto* const text = node.as_string();
            check(text != nullptr, (file + ": not a text: " + key).c_str());
            read(file, key, text->get());
        }
    }
}

void Words::read(const std::string& file, const std::string& key, std::string text) {
    check(!text.empty(), (file + ": an empty word: " + key).c_str());
    if (text.find('{') != std::string::npos && text.find(kValueOpens) == std::string::npos) {
        messages_.emplace(key, std::make_unique<Message>(key, text, tag_));
    }
    check(words_.emplace(key, std::move(text)).second,
          (file + ": another file has the word " + key).c_str());
}

const std::string* Words::find(std::string_view key) const {
    const auto found = words_.find(key);
    return found == words_.end() ? nullptr : &found->second;
}

bool Words::is_message(std::string_view key) const {
    return messages_.find(key) != messages_.end();
}

std::string Words::say(std::string_view key, std::initializer_list<Argument> arguments) const {
    if (const auto message = messages_.find(key); message != messages_.end()) {
        return message->second->say(arguments);
    }
    const std::string* const text = find(key);
    if (text == nullptr) {
        check(false, ("no such word in " + tag_ + ".toml: " + std::string{key}).c_str());
        return {};
    }
    check(arguments.size() == 0, "words without arguments were given some");
    check(text->find(kValueOpens) == std::string::npos, "words with values belong in a template");
    return *text;
}

std::set<std::string> Words::values_asked(std::string_view key) const {
    if (const auto message = messages_.find(key); message != messages_.end()) {
        return message->second->argument_names();
    }
    std::set<std::string> out;
    const std::string_view text = *find(key);
    for (std::size_t at = text.find(kValueOpens); at != std::string_view::npos;
         at = text.find(kValueOpens, at + kValueOpens.size())) {
        const std::size_t end = text.find(kValueCloses, at);
        check(end != std::string_view::npos, "a value in a word is closed");
        out.emplace(text.substr(at, end - at));
    }
    return out;
}

void Words::check_alike(const Words& one, const Words& other) {
    for (const auto& [key, text] : one.all()) {
        if (other.find(key) == nullptr) {
            check(false, ("only " + one.tag_ + ".toml has the word " + key).c_str());
        }
        if (one.values_asked(key) != other.values_asked(key)) {
            check(false, ("asks for other values in the other language: " + key).c_str());
        }
    }
    for (const auto& [key, text] : other.all()) {
        if (one.find(key) == nullptr) {
            check(false, ("only " + other.tag_ + ".toml has the word " + key).c_str());
        }
    }
}

} // namespace platform::page

#include "platform/page/page.hpp"

#include "base/check.hpp"
#include "platform/page/templates/placeholders.hpp"
#include "platform/page/words/words.hpp"

#include <algorithm>
#include <array>
#include <ctemplate/template.h>
#include <map>
#include <set>
#include <xxhash.h>

namespace platform::page {

namespace {

using ctemplate::TemplateDictionary;

constexpr std::string_view kLayout = "layout.html";
constexpr std::string_view kPartPrefix = "part_"; // only ever inside other templates
constexpr std::string_view kAssetFolder = "/a/";
constexpr int kPartsDeepMax = 4; // a part in a part in a part; deeper is a circle

// Context-aware escaping is on in every page, whoever writes it. Plain mails have no markup.
constexpr std::string_view kEscaping = "{{%AUTOESCAPE context=\"HTML\"}}";

bool is_page(std::string_view template_name) {
    return template_name.ends_with(".html");
}

ctemplate::TemplateString view(std::string_view text) {
    return {text.data(), text.size()};
}

ctemplate::Strip strip_of(std::string_view template_name) {
    return is_page(template_name) ? ctemplate::STRIP_BLANK_LINES : ctemplate::DO_NOT_STRIP;
}

std::string cache_key(std::string_view template_name, Language language) {
    return std::string{tag_of(language)} + "/" + std::string{template_name};
}

/// "site.css" → "site.3f9c1b2a.css": a name that changes with the content may be cached for ever.
std::string hashed_name(const EmbeddedFile& file) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    constexpr int kHashDigits = 8;
    std::uint64_t hash = XXH3_64bits(file.content.data(), file.content.size());
    std::string digits;
    for (int i = 0; i < kHashDigits; ++i, hash >>= 4U) digits += kDigits[hash & 0xFU];
    const std::size_t dot = file.name.rfind('.');
    check(dot != std::string_view::npos,
          ("an asset without extension: " + std::string{file.name}).c_str());
    return std::string{file.name.substr(0, dot)} + "." + digits +
           std::string{file.name.substr(dot)};
}

void fill(const Filling& filling, TemplateDictionary& out) {
    for (const Filling::Entry& entry : filling.entries()) {
        if (entry.section) {
            fill(*entry.section, *out.AddSectionDictionary(view(entry.name)));
        } else {
            out.SetValue(view(entry.name), view(entry.value));
        }
    }
}

bool has(const Filling& filling, std::string_view name) {
    return std::any_of(filling.entries().begin(), filling.entries().end(),
                       [&](const Filling::Entry& entry) { return entry.name == name; });
}

} // namespace

void Filling::set(std::string_view name, std::string_view value) {
    entries_.push_back({.name = std::string{name}, .value = std::string{value}, .section = {}});
}

Filling& Filling::add(std::string_view name) {
    entries_.push_back(
        {.name = std::string{name}, .value = {}, .section = std::make_unique<Filling>()});
    return *entries_.back().section;
}

struct Pages::State {
    std::array<std::unique_ptr<Words>, std::size(kLanguageTags)> words;
    std::map<std::string, std::string_view, std::less<>> templates;
    std::map<std::string, std::string, std::less<>> hashed_names; // of assets, by name
    std::map<std::string, EmbeddedFile, std::less<>> assets;      // by hashed name
    std::set<std::string, std::less<>> words_used;                // by templates
    ctemplate::TemplateCache cache;

    [[nodiscard]] const Words& words_of(Language language) const {
        return *words[static_cast<std::size_t>(language)];
    }
    [[nodiscard]] std::string word(std::string_view template_name, std::string_view key,
                                   Language language);
    [[nodiscard]] std::string assembled(std::string_view template_name, std::string_view part,
                                        Language language, int depth);
    void parse(std::string_view template_name, Language language);
    [[nodiscard]] std::string expand(std::string_view template_name, Language language,
                                     const TemplateDictionary& values) const;
};

std::string Pages::State::word(std::string_view template_name, std::string_view key,
                               Language language) {
    const std::string* const text = words_of(language).find(key);
    if (text == nullptr) {
        const std::string what = std::string{template_name} + ": no such word in " +
                                 std::string{tag_of(language)} + ".toml: " + std::string{key};
        check(false, what.c_str());
        return {};
    }
    check(
        !words_of(language).is_message(key),
        (std::string{template_name} + ": words with arguments are said in C++: " + std::string{key})
            .c_str());
    words_used.emplace(key);
    return is_page(template_name) ? escape_html(*text) : *text;
}

std::string Pages::State::assembled(std::string_view template_name, std::string_view part,
                                    Language language, int depth) {
    const auto text = templates.find(part);
    check(text != templates.end(),
          (std::string{template_name} + ": no such part: " + std::string{part}).c_str());
    check(depth < kPartsDeepMax,
          (std::string{template_name} + ": parts that hold each other").c_str());
    return put_in(part, text->second, [&](PlaceholderKind kind, std::string_view name) {
        switch (kind) {
        case PlaceholderKind::Word: return word(template_name, name, language);
        case PlaceholderKind::Part: return assembled(template_name, name, language, depth + 1);
        case PlaceholderKind::Asset: break;
        }
        const auto asset = hashed_names.find(name);
        check(asset != hashed_names.end(),
              (std::string{template_name} + ": no such asset: " + std::string{name}).c_str());
        return std::string{kAssetFolder} + asset->second;
    });
}

void Pages::State::parse(std::string_view template_name, Language language) {
    std::string text = is_page(template_name) ? std::string{kEscaping} : std::string{};
    text += assembled(template_name, template_name, language, 0);
    check(cache.StringToTemplateCache(view(cache_key(template_name, language)), view(text),
                                      strip_of(template_name)),
          ("a template that does not parse (the line above says where): " +
           std::string{template_name})
              .c_str());
}

std::string Pages::State::expand(std::string_view template_name, Language language,
                                 const TemplateDictionary& values) const {
    std::string out;
    if (!cache.ExpandNoLoad(view(cache_key(template_name, language)), strip_of(template_name),
                            &values, nullptr, &out)) {
        check(false, ("no such template: " + std::string{template_name}).c_str());
    }
    return out;
}

Pages::Pages(std::span<const EmbeddedFile> templates, std::span<const EmbeddedFile> locales,
             std::span<const EmbeddedFile> assets)
    : state_{std::make_unique<State>()} {
    for (std::size_t i = 0; i < std::size(kLanguageTags); ++i) {
        state_->words[i] = std::make_unique<Words>(kLanguageTags[i]);
        for (const EmbeddedFile& file : locales) {
            if (locale_tag(file.name) == kLanguageTags[i]) {
                state_->words[i]->add(file.name, file.content);
            }
        }
        check(!state_->words[i]->all().empty(),
              ("no locale " + std::string{kLanguageTags[i]} + ".toml").c_str());
    }
    Words::check_alike(state_->words_of(Language::French), state_->words_of(Language::English));
    for (const EmbeddedFile& file : assets) {
        const std::string name = hashed_name(file);
        check(state_->hashed_names.emplace(file.name, name).second,
              ("two assets named " + std::string{file.name}).c_str());
        state_->assets.emplace(name, file);
    }
    for (const EmbeddedFile& file : templates) {
        check(state_->templates.emplace(file.name, file.content).second,
              ("two templates named " + std::string{file.name}).c_str());
    }
    for (const std::string& name : template_names()) {
        state_->parse(name, Language::French);
        state_->parse(name, Language::English);
    }
    state_->cache.Freeze();
}

Pages::~Pages() = default;

std::string Pages::render(std::string_view template_name, Language language,
                          const Filling& filling) const {
    TemplateDictionary values{"page"};
    fill(filling, values);
    values.SetValue("LANG", view(tag_of(language)));
    if (!has(filling, "TITLE")) {
        const std::string_view stem = template_name.substr(0, template_name.rfind('.'));
        values.SetValue("TITLE", say(language, "title." + std::string{stem}));
    }
    values.SetValue("BODY", state_->expand(template_name, language, values));
    return state_->expand(kLayout, language, values);
}

std::string Pages::render_alone(std::string_view template_name, Language language,
                                const Filling& filling) const {
    TemplateDictionary values{"alone"};
    fill(filling, values);
    values.SetValue("LANG", view(tag_of(language)));
    return state_->expand(template_name, language, values);
}

std::string Pages::say(Language language, std::string_view key,
                       std::initializer_list<Argument> arguments) const {
    return state_->words_of(language).say(key, arguments);
}

bool Pages::knows(std::string_view key) const {
    return state_->words_of(Language::French).find(key) != nullptr;
}

std::string Pages::asset_path(std::string_view name) const {
    const auto found = state_->hashed_names.find(name);
    check(found != state_->hashed_names.end(), ("no such asset: " + std::string{name}).c_str());
    return std::string{kAssetFolder} + found->second;
}

const EmbeddedFile* Pages::asset(std::string_view hashed_name) const {
    const auto found = state_->assets.find(hashed_name);
    return found == state_->assets.end() ? nullptr : &found->second;
}

std::vector<std::string> Pages::template_names() const {
    std::vector<std::string> out;
    for (const auto& [name, text] : state_->templates) {
        if (!name.starts_with(kPartPrefix)) out.push_back(name);
    }
    return out;
}

std::vector<std::string> Pages::unused_words() const {
    std::vector<std::string> out;
    for (const auto& [key, text] : state_->words_of(Language::French).all()) {
        if (!state_->words_used.contains(key)) out.push_back(key);
    }
    return out;
}

} // namespace platform::page

// Pages: .html templates with context-aware escaping (ctemplate), wording from locales, assets with
// hashed names. A template may hold [[section.key]]: the words of the page's language, put in when
// the program starts; [[asset:site.css]]: the asset's path; [[part:part_errors.html]]: another
// template's text; and {{NAME}}: what the page gives, escaped for where it stands. Words may hold
// {{NAME}} too. {{NAME:p}} keeps the line breaks of a text (in textarea and pre).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::page {

enum class Language : std::uint8_t { French, English };
constexpr std::string_view kLanguageTags[] = {"fr", "en"};
[[nodiscard]] constexpr std::string_view tag_of(Language language) {
    return kLanguageTags[static_cast<std::size_t>(language)];
}

/// A file embedded in the program.
struct EmbeddedFile {
    std::string_view name; // "report_facts.html", "fr.toml", "site.css"
    std::string_view content;
};

/// "fr" of "fr.toml" and of "orientation.fr.toml": each module's words stand in a file of its own.
[[nodiscard]] constexpr std::string_view locale_tag(std::string_view file_name) {
    const std::string_view stem = file_name.substr(0, file_name.rfind('.'));
    const std::size_t point = stem.rfind('.');
    return point == std::string_view::npos ? stem : stem.substr(point + 1);
}

/// A named argument of a message ("count", 3).
struct Argument {
    Argument(std::string_view argument_name, std::int64_t number)
        : name{argument_name}, is_number{true}, value{number} {}
    Argument(std::string_view argument_name, std::string_view argument_text)
        : name{argument_name}, text{argument_text} {}
    std::string_view name;
    bool is_number = false;
    std::int64_t value = 0;
    std::string text;
};

/// What a page gives to its template: values, and sections that are shown once, repeated or left
/// out. A section that is never added is left out.
class Filling {
public:
    void set(std::string_view name, std::string_view value);
    /// Shows section `name` once more; fill what it returns. Valid until the Filling goes.
    Filling& add(std::string_view name);
    void show(std::string_view name) { add(name); }

    struct Entry;
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};
struct Filling::Entry {
    std::string name;
    std::string value;
    std::unique_ptr<Filling> section; // nothing: a value
};

class Pages {
public:
    /// Stops (check) on a template that names words or assets which are not there: a test renders
    /// all. `locales`: fr.toml, en.toml and those of modules; `assets`: css, js, svg, for asset().
    Pages(std::span<const EmbeddedFile> templates, std::span<const EmbeddedFile> locales,
          std::span<const EmbeddedFile> assets);
    ~Pages();
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    /// The template inside layout.html, which gets the same filling, LANG, and as TITLE the word
    /// title.NAME of the template unless the filling has a TITLE.
    [[nodiscard]] std::string render(std::string_view template_name, Language language,
                                     const Filling& filling) const;
    /// The template alone: mails.
    [[nodiscard]] std::string render_alone(std::string_view template_name, Language language,
                                           const Filling& filling) const;
    /// Words, plain text (not escaped); ICU MessageFormat when there are arguments.
    [[nodiscard]] std::string say(Language language, std::string_view key,
                                  std::initializer_list<Argument> arguments = {}) const;
    /// Is there such a word?
    [[nodiscard]] bool knows(std::string_view key) const;
    /// "site.css" → "/a/site.3f9c1b2a.css".
    [[nodiscard]] std::string asset_path(std::string_view name) const;
    /// The asset behind a hashed file name ("site.3f9c1b2a.css"); nothing when there is none.
    [[nodiscard]] const EmbeddedFile* asset(std::string_view hashed_name) const;
    /// Without the parts, which stand only inside others.
    [[nodiscard]] std::vector<std::string> template_names() const;
    /// Words that no template has: those that code says, and those to remove.
    [[nodiscard]] std::vector<std::string> unused_words() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace platform::page

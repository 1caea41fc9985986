// The real templates, words and assets of the source tree, and invented values for them: for the
// tests, and for the pages that a person (or a validator) looks at without a server.
#pragma once

#include "platform/page/page.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace platform::page {

/// Files read from the source tree; lives as long as the Pages made of it.
class SiteFiles {
public:
    SiteFiles();
    [[nodiscard]] std::vector<EmbeddedFile> templates() const { return views(templates_); }
    [[nodiscard]] std::vector<EmbeddedFile> locales() const { return views(locales_); }
    [[nodiscard]] std::vector<EmbeddedFile> assets() const { return views(assets_); }
    /// The text of a template with its parts in place.
    [[nodiscard]] std::string text_of(std::string_view template_name) const;

private:
    using Files = std::map<std::string, std::string, std::less<>>; // content by name
    static std::vector<EmbeddedFile> views(const Files& files);
    Files templates_;
    Files locales_;
    Files assets_;
};

/// How a sample of a template looks.
enum class Look {
    Plain,   // as most people see it
    Faults,  // every error shown
    Hostile, // every section shown, every value an attack
};

/// `attack` stands for every value in the hostile look.
[[nodiscard]] Filling sample_filling(const SiteFiles& files, const Pages& pages,
                                     std::string_view template_name, Language language, Look look,
                                     std::string_view attack = {});

} // namespace platform::page

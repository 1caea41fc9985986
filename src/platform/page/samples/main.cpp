// sample_pages FOLDER: writes every page with invented values, in both languages and looks, and the
// assets where the pages look for them.
#include "platform/page/samples/sample.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace platform::page;

namespace {

void write(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << content;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: sample_pages FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder{arguments[1]};
    const SiteFiles files;
    const Pages pages{files.templates(), files.locales(), files.assets()};
    for (const EmbeddedFile& asset : files.assets()) {
        write(folder / pages.asset_path(asset.name).substr(1), asset.content);
    }
    for (const std::string& name : pages.template_names()) {
        if (name == "layout.html") continue;
        for (const Language language : {Language::French, Language::English}) {
            const std::filesystem::path to = folder / tag_of(language);
            const bool alone = name.starts_with("mail_");
            const Filling plain = sample_filling(files, pages, name, language, Look::Plain);
            write(to / name, alone ? pages.render_alone(name, language, plain)
                                   : pages.render(name, language, plain));
            if (files.text_of(name).find("{{#ERRORS}}") == std::string::npos) continue;
            const Filling faulty = sample_filling(files, pages, name, language, Look::Faults);
            write(to / ("faults_" + name), pages.render(name, language, faulty));
        }
    }
    return 0;
}

#include "interchange/sniff.hpp"

#include "interchange/reject_reason.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <system_error>

namespace interchange {

namespace {

namespace fs = std::filesystem;

enum class Given : std::uint8_t { ByName, InFolder };

/// What the arguments lead to, before it is known how each is read.
struct Found {
    fs::path path;
    std::string label;
    fs::path argument;
    Given given = Given::ByName;
    std::string why_not; // not empty: it cannot be read
};

/// Walks one folder. Links to folders are not followed: they can lead in circles.
void walk(const fs::path& folder, std::vector<Found>& out) {
    std::error_code error;
    const std::size_t before = out.size();
    fs::recursive_directory_iterator place{folder, fs::directory_options::none, error};
    const fs::recursive_directory_iterator end;
    while (!error && place != end) {
        const fs::directory_entry& entry = *place;
        std::error_code of_entry;
        if (!entry.is_directory(of_entry) || entry.is_symlink(of_entry)) {
            out.push_back({.path = entry.path(),
                           .label = entry.path().lexically_relative(folder).generic_string(),
                           .argument = folder,
                           .given = Given::InFolder,
                           .why_not = {}});
            if (!entry.is_regular_file(of_entry)) {
                out.back().why_not = of_entry ? of_entry.message() : "It is not a file";
            }
        }
        place.increment(error);
    }
    if (error) {
        out.push_back({.path = folder,
                       .label = {},
                       .argument = folder,
                       .given = Given::InFolder,
                       .why_not = error.message()});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const Found& a, const Found& b) { return a.label < b.label; });
}

/// Two files with the same label would give records with the same id: each of them gets the name of
/// its folder in front, or its whole path when that does not tell them apart either.
void tell_apart(std::vector<Found>& all) {
    const auto relabel = [&](const auto& label_of) {
        std::map<std::string, int> times;
        for (const Found& found : all) ++times[found.label];
        for (Found& found : all) {
            if (times[found.label] > 1) found.label = label_of(found);
        }
    };
    relabel([](const Found& found) {
        fs::path above = found.given == Given::InFolder ? found.argument : found.path.parent_path();
        if (above.filename().empty()) above = above.parent_path();
        return above.filename().generic_string() + "/" + found.label;
    });
    relabel([](const Found& found) { return found.path.generic_string(); });
}

Reject reject_file(std::uint32_t file, RejectReason reason, std::string what) {
    return reject_of({.reason = reason, .field = {}, .what = std::move(what), .record = {}},
                     {.file = file, .line = 0, .offset = 0});
}

std::vector<Found> find_all(const std::vector<fs::path>& arguments,
                            std::vector<fs::path>& empty_folders) {
    std::vector<Found> all;
    for (const fs::path& argument : arguments) {
        std::error_code error;
        const fs::file_status status = fs::status(argument, error);
        if (argument != "-" && fs::is_directory(status)) {
            const std::size_t before = all.size();
            walk(argument, all);
            if (all.size() == before) empty_folders.push_back(argument);
            continue;
        }
        all.push_back({.path = argument,
                       .label = argument.filename().generic_string(),
                       .argument = argument,
                       .given = Given::ByName,
                       .why_not = {}});
        if (argument != "-" && !fs::exists(status)) {
            all.back().why_not = error ? error.message() : "It does not exist";
        }
    }
    return all;
}

} // namespace

InputFiles InputFiles::from(const std::vector<fs::path>& arguments) {
    InputFiles input;
    std::vector<fs::path> empty_folders;
    std::vector<Found> all = find_all(arguments, empty_folders);
    tell_apart(all);
    for (Found& found : all) {
        const std::uint32_t index = static_cast<std::uint32_t>(input.paths_.size());
        std::error_code error;
        InputFile file{.label = std::move(found.label),
                       .format = Format::Unreadable,
                       .packing = Packing::Plain,
                       .regular = found.path != "-" && fs::is_regular_file(found.path, error),
                       .recognised = false};
        if (!found.why_not.empty()) {
            input.unreadable_.push_back(
                reject_file(index, RejectReason::UnreadableFile, found.why_not + "."));
        } else if (const std::optional<Fault> fault =
                       recognise(found.path, found.given == Given::ByName, file)) {
            input.unreadable_.push_back(reject_of(*fault, {.file = index, .line = 0, .offset = 0}));
        } else if (file.regular) {
            const std::uintmax_t size = fs::file_size(found.path, error);
            if (!error) input.bytes_total_ += size;
        }
        input.paths_.push_back(std::move(found.path));
        input.files_.push_back(std::move(file));
    }
    for (fs::path& folder : empty_folders) {
        const std::uint32_t index = static_cast<std::uint32_t>(input.paths_.size());
        input.unreadable_.push_back(
            reject_file(index, RejectReason::EmptyFolder, "The folder has no file."));
        input.paths_.push_back(std::move(folder));
        input.files_.emplace_back();
    }
    return input;
}

} // namespace interchange

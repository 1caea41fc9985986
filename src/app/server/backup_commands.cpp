#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "app/server/embedded.hpp"
#include "platform/db/backup.hpp"
#include "platform/ledger/ledger.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace app {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace db = platform::db;

constexpr const char* kContent = "database.dump";
constexpr const char* kKeys = "keys.dump";
constexpr const char* kManifest = "manifest.json";

/// A file or folder and what it holds reach the disk.
void flush(const fs::path& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

/// Copies a tree of files that are never written to again; those that are erased meanwhile are left
/// out, which is right: their row goes too.
std::uint64_t copy_files(const fs::path& from, const fs::path& to) {
    std::uint64_t copied = 0;
    if (!fs::exists(from)) return copied;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{from}) {
        const fs::path relative = fs::relative(entry.path(), from);
        if (*relative.begin() == "staging") continue; // uploads that nobody has confirmed
        std::error_code gone;
        if (entry.is_directory(gone)) {
            fs::create_directories(to / relative);
        } else if (entry.is_regular_file(gone) &&
                   fs::copy_file(entry.path(), to / relative, gone)) {
            flush(to / relative);
            ++copied;
        }
    }
    return copied;
}

ordered_json counts_of(db::Connection& connection) {
    ordered_json counts;
    for (const db::TableCount& one : db::row_counts(connection)) counts[one.table] = one.rows;
    return counts;
}

std::optional<std::string> refuse_if_used(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
        return folder.string() + " holds something already: name a new folder";
    }
    return std::nullopt;
}

void write_manifest(const fs::path& folder, const ordered_json& manifest) {
    std::ofstream{folder / kManifest} << manifest.dump(2) << '\n';
    flush(folder / kManifest);
    flush(folder);
}

/// What the database said when it was saved, against what it says now.
std::string differences(const ordered_json& before, const ordered_json& now) {
    std::string out;
    for (const auto& [table, rows] : before.items()) {
        const auto found = now.find(table);
        if (found == now.end() || *found != rows) {
            out += fmt::format("  {}: {} rows were saved, {} are here\n", table, rows.dump(),
                               found == now.end() ? "none" : found->dump());
        }
    }
    return out;
}

ordered_json ledger_of(db::Connection& connection) {
    const platform::ledger::Standing standing = platform::ledger::standing(connection);
    return {{"size", standing.size}, {"root", platform::crypto::to_hex(standing.root)}};
}

/// Both parts of the database, of one instant, and what it held then.
std::optional<std::string> dump_both(const BackupArguments& arguments, const Base& base,
                                     ordered_json& manifest) {
    db::Connection connection{base.address()};
    const db::SharedSnapshot snapshot{connection};
    manifest["rows"] = counts_of(connection);
    manifest["ledger"] = ledger_of(connection);
    if (auto refused = db::dump(base.address(), arguments.to / kContent, db::DumpPart::AllButKeys,
                                snapshot.name())) {
        return refused->what;
    }
    if (auto refused = db::dump(base.address(), arguments.keys_to / kKeys, db::DumpPart::Keys,
                                snapshot.name())) {
        return refused->what;
    }
    return std::nullopt;
}

} // namespace

Exit backup_command(const BackupArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    for (const fs::path& folder : {arguments.to, arguments.keys_to}) {
        if (const auto used = refuse_if_used(folder)) return failed(*used);
        if (const auto made = make_private_folder(fs::absolute(folder)); !made) {
            return failed(made.error());
        }
    }
    ordered_json manifest{{"maillon_backup", 1}};
    if (const auto refused = dump_both(arguments, *opened->base, manifest)) return failed(*refused);
    const fs::path& data = opened->base->data();
    manifest["evidence_files"] = copy_files(data / "evidence", arguments.to / "evidence");
    copy_files(data / "keys", arguments.keys_to / "ring");
    flush(arguments.keys_to);
    write_manifest(arguments.to, manifest); // last: a backup without it is not whole
    fmt::print("Saved {} acts of the ledger, {} evidence files. The keys are in {}: keep them "
               "elsewhere, and only the last ones.\n",
               manifest["ledger"]["size"].dump(), manifest["evidence_files"].dump(),
               arguments.keys_to.string());
    return Exit::Done;
}

Exit restore_command(const RestoreArguments& arguments) {
    std::ifstream in{arguments.from / kManifest};
    const ordered_json manifest = ordered_json::parse(in, nullptr, false);
    if (!manifest.is_object() || !manifest.contains("rows") || !manifest.contains("ledger")) {
        return failed((arguments.from / kManifest).string() +
                      " is missing or damaged: this backup was not finished");
    }
    const fs::path data = fs::absolute(arguments.place.data);
    if (const auto used = refuse_if_used(data / "keys")) return failed(*used);
    if (const auto used = refuse_if_used(data / "evidence")) return failed(*used);
    if (const auto made = make_private_folder(data); !made) return failed(made.error());
    if (const auto made = make_private_folder(data / "keys"); !made) return failed(made.error());
    copy_files(arguments.keys_from / "ring", data / "keys");

    const Result<platform::config::Settings, std::string> settings = settings_of(arguments.place);
    if (!settings) return failed("the settings are wrong\n" + settings.error());
    const auto base = Base::open(arguments.place, *settings, platform::db::FolderUse::Command);
    if (!base) return failed(base.error());
    const std::string_view roles = kMigrations.front().content;
    for (const auto& [file, part] : {std::pair{arguments.from / kContent, db::DumpPart::AllButKeys},
                                     std::pair{arguments.keys_from / kKeys, db::DumpPart::Keys}}) {
        if (auto refused = db::restore((*base)->address(), file, part, roles)) {
            return failed(refused->what);
        }
    }
    copy_files(arguments.from / "evidence", data / "evidence");
    db::Connection connection{(*base)->address()};
    std::string wrong = differences(manifest["rows"], counts_of(connection));
    if (ledger_of(connection) != manifest["ledger"]) wrong += "  the ledger has another root\n";
    if (!wrong.empty()) return failed("what came back is not what was saved:\n" + wrong);
    fmt::print("Restored: every table has its rows, and the ledger its root {}\n",
               manifest["ledger"]["root"].get<std::string>());
    return Exit::Done;
}

} // namespace app

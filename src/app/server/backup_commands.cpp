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
constexpr const char* kRing = "ring";
constexpr const char* kManifest = "manifest.json";

/// A file or folder and what it holds reach the disk.
void flush(const fs::path& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

/// Copies a tree of files that are never written to again, and says how many; those that are erased
/// meanwhile are left out, which is right: their row goes too. Any other failure is told.
Result<std::uint64_t, std::string> copy_files(const fs::path& from, const fs::path& to) {
    std::uint64_t copied = 0;
    if (!fs::exists(from)) return copied;
    if (const auto made = make_private_folder(to); !made) return refuse(made.error());
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{from}) {
        const fs::path relative = fs::relative(entry.path(), from);
        if (*relative.begin() == "staging") continue; // uploads that nobody has confirmed
        std::error_code failed;
        if (entry.is_directory(failed)) {
            fs::create_directories(to / relative);
        } else if (fs::copy_file(entry.path(), to / relative, failed)) {
            flush(to / relative);
            ++copied;
        } else if (std::error_code unknown; fs::exists(entry.path(), unknown)) {
            return refuse("cannot copy " + entry.path().string() + " to " +
                          (to / relative).string() + ": " + failed.message());
        }
    }
    return copied;
}

/// Rows by table: of the content, or of the keys that open it. A backup's content may be older than
/// the keys it is restored with: what was erased meanwhile has no key any more.
ordered_json counts_of(db::Connection& connection, db::DumpPart part) {
    ordered_json counts = ordered_json::object();
    for (const db::TableCount& one : db::row_counts(connection)) {
        if (one.table.starts_with("keys.") == (part == db::DumpPart::Keys)) {
            counts[one.table] = one.rows;
        }
    }
    return counts;
}

std::optional<std::string> refuse_if_used(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
        return folder.string() + " holds something already: name a new folder";
    }
    return std::nullopt;
}

std::optional<std::string> write_manifest(const fs::path& folder, const ordered_json& manifest) {
    std::ofstream out{folder / kManifest};
    out << manifest.dump(2) << '\n';
    out.close();
    if (!out) return "cannot write " + (folder / kManifest).string() + ": is the disk full?";
    flush(folder / kManifest);
    flush(folder);
    return std::nullopt;
}

std::optional<std::string> read_manifest(const fs::path& folder, ordered_json& manifest) {
    std::ifstream in{folder / kManifest};
    manifest = ordered_json::parse(in, nullptr, false);
    if (manifest.is_object() && manifest.contains("rows") && manifest.contains("public_key")) {
        return std::nullopt;
    }
    return (folder / kManifest).string() + " is missing or damaged: this backup was not finished";
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

/// What goes to each of the two places, in words of their own.
struct Manifests {
    ordered_json content{{"maillon_backup", 1}};
    ordered_json keys{{"maillon_keys", 1}};
};

/// Both parts of the database, of one instant, and what it held then.
std::optional<std::string> dump_both(const BackupArguments& arguments, const Base& base,
                                     Manifests& manifests) {
    db::Connection connection{base.address()};
    const db::SharedSnapshot snapshot{connection};
    manifests.content["rows"] = counts_of(connection, db::DumpPart::AllButKeys);
    manifests.content["ledger"] = ledger_of(connection);
    manifests.keys["rows"] = counts_of(connection, db::DumpPart::Keys);
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

/// Both parts are whole and belong together; nothing is touched before that is known.
std::optional<std::string> read_both(const RestoreArguments& arguments, Manifests& saved) {
    if (auto refused = read_manifest(arguments.from, saved.content)) return refused;
    if (auto refused = read_manifest(arguments.keys_from, saved.keys)) return refused;
    if (saved.content["public_key"] != saved.keys["public_key"]) {
        return arguments.keys_from.string() + " holds the keys of another service";
    }
    return std::nullopt;
}

/// The folders of the new place, with the key ring in it.
std::optional<std::string> prepare_place(const RestoreArguments& arguments, const fs::path& data) {
    if (auto used = refuse_if_used(data / "keys")) return used;
    if (auto used = refuse_if_used(data / "evidence")) return used;
    if (const auto made = make_data_folder(data); !made) return made.error();
    const auto copied = copy_files(arguments.keys_from / kRing, data / "keys");
    if (!copied) return copied.error();
    if (*copied == 0) return (arguments.keys_from / kRing).string() + " holds no keys";
    return std::nullopt;
}

/// Empty when what is there now is what was saved.
std::string compare(const Manifests& saved, db::Connection& connection) {
    std::string wrong =
        differences(saved.content["rows"], counts_of(connection, db::DumpPart::AllButKeys)) +
        differences(saved.keys["rows"], counts_of(connection, db::DumpPart::Keys));
    if (ledger_of(connection) != saved.content["ledger"]) {
        wrong += "  the ledger has another root\n";
    }
    return wrong;
}

} // namespace

Exit backup_command(const BackupArguments& arguments) {
    const std::optional<Opened> opened = open_known_data(arguments.place);
    if (!opened) return Exit::Failed;
    for (const fs::path& folder : {arguments.to, arguments.keys_to}) {
        if (const auto used = refuse_if_used(folder)) return failed(*used);
        if (const auto made = make_private_folder(fs::absolute(folder)); !made) {
            return failed(made.error());
        }
    }
    Manifests manifests;
    if (const auto refused = dump_both(arguments, *opened->base, manifests)) {
        return failed(*refused);
    }
    const std::string key = platform::crypto::to_text(opened->base->keys().signing().public_key());
    manifests.content["public_key"] = key;
    manifests.keys["public_key"] = key;
    const fs::path& data = opened->base->data();
    const auto files = copy_files(data / "evidence", arguments.to / "evidence");
    if (!files) return failed(files.error());
    const auto ring = copy_files(data / "keys", arguments.keys_to / kRing);
    if (!ring) return failed(ring.error());
    manifests.content["evidence_files"] = *files;
    // Last: a backup without it is not whole.
    for (const auto& [folder, manifest] : {std::pair{arguments.keys_to, manifests.keys},
                                           std::pair{arguments.to, manifests.content}}) {
        if (const auto refused = write_manifest(folder, manifest)) return failed(*refused);
    }
    fmt::print("Saved {} acts of the ledger, {} evidence files. The keys are in {}: keep them "
               "elsewhere, and only the last ones.\n",
               manifests.content["ledger"]["size"].dump(), *files, arguments.keys_to.string());
    return Exit::Done;
}

Exit restore_command(const RestoreArguments& arguments) {
    Manifests saved;
    if (const auto refused = read_both(arguments, saved)) return failed(*refused);
    const fs::path data = fs::absolute(arguments.place.data);
    if (const auto refused = prepare_place(arguments, data)) return failed(*refused);

    const Result<platform::config::Settings, std::string> settings = settings_of(arguments.place);
    if (!settings) return failed("the settings are wrong\n" + settings.error());
    const auto base = Base::open(arguments.place, *settings, db::FolderUse::Command);
    if (!base) return failed(base.error());
    const std::string_view roles = kMigrations.front().content;
    for (const auto& [file, part] : {std::pair{arguments.from / kContent, db::DumpPart::AllButKeys},
                                     std::pair{arguments.keys_from / kKeys, db::DumpPart::Keys}}) {
        if (auto refused = db::restore((*base)->address(), file, part, roles)) {
            return failed(refused->what);
        }
    }
    const auto copied = copy_files(arguments.from / "evidence", data / "evidence");
    if (!copied) return failed(copied.error());
    db::Connection connection{(*base)->address()};
    const std::string wrong = compare(saved, connection);
    if (!wrong.empty()) return failed("what came back is not what was saved:\n" + wrong);
    fmt::print("Restored: every table has its rows, and the ledger its root {}\n",
               saved.content["ledger"]["root"].get<std::string>());
    return Exit::Done;
}

} // namespace app

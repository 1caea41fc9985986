#include "platform/db/own/place.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <optional>
#include <system_error>

namespace platform::db::own {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamesBytesMax = 16 * 1024;
// A socket's path has 107 bytes (unix(7)), of which "/.s.PGSQL.5432" takes 14.
constexpr std::size_t kSocketFolderMax = 107 - 14;
// Below that PostgreSQL cannot add a segment of its log of writes, 16 MiB.
constexpr std::uint64_t kFreeBytesLeast = 16U << 20U;

/// What an administrator may wish to change stands in the cluster's postgresql.conf; what must be
/// so is on the command line, see keeper.cpp.
constexpr std::string_view kFirstSettings = "\n# For a small machine; change them as you like.\n"
                                            "shared_buffers = 128MB\n"
                                            "max_connections = 60\n"
                                            "wal_compression = on\n"
                                            "random_page_cost = 1.1\n"
                                            "effective_cache_size = 1GB\n";

Refusal told(std::string what) {
    return Refusal{std::move(what)};
}

struct Named {
    std::string name;
    Account account;
};

/// One of the two: by name, or by number.
std::optional<Named> named(const char* name, uid_t user) {
    std::array<char, kNamesBytesMax> names{};
    passwd entry{};
    passwd* found = nullptr;
    if (name != nullptr) {
        ::getpwnam_r(name, &entry, names.data(), names.size(), &found);
    } else {
        ::getpwuid_r(user, &entry, names.data(), names.size(), &found);
    }
    if (found == nullptr) return std::nullopt;
    return Named{found->pw_name, {found->pw_uid, found->pw_gid}};
}

fs::path name_library() {
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{"/usr/lib", none}) {
        const fs::path library = entry.path() / "libnss_wrapper.so";
        if (fs::exists(library, none)) return library;
    }
    return {};
}

/// PostgreSQL asks for the name of its account; in a container a number may have none.
std::optional<Refusal> give_name(Place& place) {
    const fs::path library = name_library();
    if (library.empty()) {
        return told(fmt::format("user {} has no name here and PostgreSQL asks for one: "
                                "install libnss-wrapper, or give it one in /etc/passwd",
                                place.account.user));
    }
    const fs::path users = place.folder / "passwd";
    const fs::path groups = place.folder / "group";
    std::ofstream{users} << fmt::format("maillon:x:{}:{}::/:/bin/false\n", place.account.user,
                                        place.account.group);
    std::ofstream{groups} << fmt::format("maillon:x:{}:\n", place.account.group);
    place.account_name = "maillon";
    place.environment = {"LD_PRELOAD=" + library.string(), "NSS_WRAPPER_PASSWD=" + users.string(),
                         "NSS_WRAPPER_GROUP=" + groups.string()};
    return std::nullopt;
}

bool can_enter(const Place& place) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(give_up_root(place.account) && ::access(place.folder.c_str(), W_OK | X_OK) == 0
                    ? 0
                    : 1);
    }
    int status = 1;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return status == 0;
}

std::optional<Refusal> settle_account_of_root(Place& place) {
    if (place.account.user == 0) {
        const std::optional<Named> postgres = named("postgres", 0);
        if (!postgres) {
            return told(fmt::format("PostgreSQL does not run as root, and there is no user "
                                    "postgres: give {} to a user (chown), or run as one",
                                    place.folder.string()));
        }
        place.account = postgres->account;
        if (::chown(place.folder.c_str(), place.account.user, place.account.group) != 0) {
            return told(fmt::format("cannot give {} to user postgres: {}", place.folder.string(),
                                    plain_words(errno)));
        }
    }
    if (can_enter(place)) return std::nullopt;
    const std::optional<Named> who = named(nullptr, place.account.user);
    return told(
        fmt::format("user {}, as whom PostgreSQL runs, cannot reach {}: let it pass through "
                    "the folders above (chmod o+x), or choose another place",
                    who ? who->name : std::to_string(place.account.user), place.folder.string()));
}

std::string first_line(const fs::path& file) {
    std::ifstream stream{file};
    std::string line;
    std::getline(stream, line);
    return line;
}

std::string last_complaint(std::string_view text) {
    std::string complaint;
    for (const std::string_view word : {"FATAL:  ", "PANIC:  ", "initdb: error: "}) {
        const std::size_t at = text.rfind(word);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = text.substr(at + word.size());
        complaint = rest.substr(0, rest.find('\n'));
    }
    return complaint;
}

/// The end of the log file that was written last, if it was since then.
std::string newest_log(const fs::path& folder, fs::file_time_type since) {
    constexpr std::streamoff tail = 16 * 1024;
    std::error_code none;
    fs::path newest;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, none}) {
        const fs::file_time_type written = entry.last_write_time(none);
        if (written < since) continue;
        since = written;
        newest = entry.path();
    }
    std::ifstream stream{newest, std::ios::binary | std::ios::ate};
    const std::streamoff size = stream.tellg();
    if (size <= 0) return {};
    stream.seekg(std::max<std::streamoff>(0, size - tail));
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// `path` as a folder of our account's that nobody else can enter.
bool make_private_folder(const fs::path& path, const Account& account) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return false;
    if (::geteuid() == 0 && ::lchown(path.c_str(), account.user, account.group) != 0) return false;
    struct stat found{};
    return ::lstat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode) &&
           found.st_uid == account.user && (found.st_mode & 0777U) == 0700;
}

} // namespace

std::string plain_words(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT: return "the disk is full";
    case EROFS: return "the disk can only be read";
    case EACCES:
    case EPERM: return "this user is not allowed to";
    case ENOTDIR: return "it is not a folder";
    default: return std::generic_category().message(error);
    }
}

Result<Place, Refusal> find_place(const fs::path& folder) {
    std::error_code failed;
    if (fs::create_directories(folder, failed)) {
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    Place place;
    if (!failed) place.folder = fs::canonical(folder, failed);
    struct stat found{};
    if (failed || ::stat(place.folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
        return refuse(told(fmt::format("cannot make the folder {}: {}", folder.string(),
                                       plain_words(failed ? failed.value() : ENOTDIR))));
    }
    place.account = {found.st_uid, found.st_gid};
    if (::geteuid() == 0) {
        if (auto refused = settle_account_of_root(place)) return refuse(std::move(*refused));
    } else if (place.account.user != ::geteuid()) {
        return refuse(told(fmt::format("the folder {} belongs to another user: run as that one",
                                       place.folder.string())));
    }
    if (const std::optional<Named> entry = named(nullptr, place.account.user)) {
        place.account.group = entry->account.group;
        place.account_name = entry->name;
    } else if (auto refused = give_name(place)) {
        return refuse(std::move(*refused));
    }
    return place;
}

Result<fs::path, Refusal> make_cluster(const Place& place) {
    std::error_code none;
    const fs::path version_file = place.cluster() / "PG_VERSION";
    if (fs::exists(version_file, none)) {
        const std::string version = first_line(version_file);
        int major = 0;
        std::from_chars(version.data(), version.data() + version.size(), major);
        const fs::path programs = major == 0 ? fs::path{} : programs_folder(major);
        if (!programs.empty()) return programs;
        return refuse(told(fmt::format("{} was made by PostgreSQL {}, whose programs are not "
                                       "installed: install postgresql-{}",
                                       place.cluster().string(), version, version)));
    }
    if (fs::exists(place.cluster(), none)) {
        return refuse(told(fmt::format("{} holds no PostgreSQL database (no file PG_VERSION): move "
                                       "it away, or put back what it held",
                                       place.cluster().string())));
    }
    const fs::path programs = programs_folder(0);
    if (programs.empty()) {
        return refuse(told("PostgreSQL is not installed: install postgresql-15, or name a server "
                           "in the setting 'database'"));
    }
    // Made beside its place, so that one whose making was interrupted is never taken for whole.
    const fs::path unfinished = place.folder / "cluster.new";
    fs::remove_all(unfinished, none);
    const Command initdb{{programs / "initdb", "--pgdata=" + unfinished.string(),
                          "--username=maillon", "--auth=trust", "--locale=C.UTF-8",
                          "--encoding=UTF8", "--data-checksums"},
                         place.environment};
    const fs::file_time_type began = fs::file_time_type::clock::now();
    const Ended ended = run(initdb, place.account);
    if (!ended.well) return refuse(told(why_it_failed(place, ended.said, began)));
    std::ofstream{unfinished / "postgresql.conf", std::ios::app} << kFirstSettings;
    std::error_code failed;
    fs::rename(unfinished, place.cluster(), failed);
    if (failed) return refuse(told(plain_words(failed.value())));
    return programs;
}

Result<fs::path, Refusal> make_socket_folder(const Place& place) {
    // libpq and PostgreSQL read a comma as the end of a folder's name.
    const std::string own = place.folder;
    if (own.size() <= kSocketFolderMax && own.find(',') == std::string::npos) return place.folder;
    // The same as last time, so that processes which know it find the next one too.
    const fs::path note = place.folder / "sockets";
    const fs::path last = first_line(note);
    if (!last.empty() && make_private_folder(last, place.account)) return last;
    for (const char* where : {"/run", "/tmp"}) {
        std::string made = std::string{where} + "/maillon-XXXXXX";
        if (::mkdtemp(made.data()) == nullptr) continue;
        if (!make_private_folder(made, place.account)) continue;
        std::ofstream{note} << made << '\n';
        return fs::path{made};
    }
    return refuse(told(fmt::format("the path {} is too long for a socket, and no shorter folder "
                                   "could be made in /run or /tmp: {}",
                                   own, plain_words(errno))));
}

fs::path told_socket_folder(const Place& place) {
    // Lines of postmaster.pid: process, data, start, port, socket folder…
    std::ifstream stream{place.cluster() / "postmaster.pid"};
    std::string line;
    for (int number = 1; number <= 5; ++number) {
        if (!std::getline(stream, line)) return {};
    }
    return line;
}

std::string why_it_failed(const Place& place, std::string_view said, fs::file_time_type since) {
    std::string complaint = last_complaint(said);
    if (complaint.empty()) complaint = last_complaint(newest_log(place.folder / "log", since));
    struct statvfs disk{};
    const bool full = ::statvfs(place.folder.c_str(), &disk) == 0 &&
                      disk.f_bavail * disk.f_frsize < kFreeBytesLeast;
    if (full || complaint.find("No space left on device") != std::string::npos ||
        said.find("No space left on device") != std::string_view::npos) {
        return fmt::format("PostgreSQL does not start: the disk of {} is full",
                           place.folder.string());
    }
    if (complaint.empty()) complaint = "it did not say why";
    return fmt::format("PostgreSQL does not start in {}: {}", place.folder.string(), complaint);
}

} // namespace platform::db::own

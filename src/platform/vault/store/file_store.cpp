#include "platform/vault/store/file_store.hpp"

#include "base/check.hpp"
#include "platform/crypto/bytes.hpp"
#include "platform/vault/vault.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace platform::vault {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kEndings{".thumbnail", ".text"};
constexpr std::size_t kNameDigits = 32;
constexpr std::size_t kFolderDigits = 2;
constexpr std::size_t kBesideBytesMax = 4U << 20U; // a thumbnail, or 1 MiB of text, sealed

/// A disk that is full, over its quota or failing: all end in "not now", and none names the file.
[[noreturn]] void no_room(const char* what) {
    throw NoRoom{std::string{what} + ": " + std::strerror(errno)};
}

void sync_folder(const fs::path& folder) {
    const OpenFile opened{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened.is_open() || fsync(opened.number()) != 0) no_room("cannot make a folder durable");
}

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::chrono::seconds age_of(const fs::path& place) {
    std::error_code gone;
    const fs::file_time_type written = fs::last_write_time(place, gone);
    if (gone) return std::chrono::seconds::max(); // what lies beside it is of no more use
    return std::chrono::duration_cast<std::chrono::seconds>(fs::file_time_type::clock::now() -
                                                            written);
}

} // namespace

OpenFile::~OpenFile() {
    if (number_ >= 0) close(number_);
}

OpenFile::OpenFile(OpenFile&& other) noexcept : number_{std::exchange(other.number_, -1)} {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

void OpenFile::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t written = ::write(number_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) no_room("cannot write a file");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string OpenFile::read(std::size_t bytes) const {
    std::string out(bytes, '\0');
    std::size_t got = 0;
    while (got < bytes) {
        const ssize_t more = ::read(number_, out.data() + got, bytes - got);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) throw Damaged{"cannot read a stored file"};
        if (more == 0) break;
        got += static_cast<std::size_t>(more);
    }
    out.resize(got);
    return out;
}

void OpenFile::sync() const {
    if (fsync(number_) != 0) no_room("cannot make a file durable");
}

bool is_stored_name(std::string_view name) {
    return name.size() == kNameDigits && is_hex(name);
}

FileStore::FileStore(fs::path folder) : folder_{std::move(folder)}, staging_{folder_ / "staging"} {
    fs::create_directories(staging_);
    fs::permissions(folder_, fs::perms::owner_all);
    for (int first = 0; first < 256; ++first) {
        fs::create_directory(folder_ / crypto::to_hex(std::string(1, static_cast<char>(first))));
    }
    sync_folder(folder_);
}

FileStore::Arriving::Arriving(const FileStore& store, std::string name)
    : store_{store}, name_{std::move(name)},
      // Of its own, so that what is made again beside a file replaces it in one step.
      place_{store.staging_ / crypto::to_hex(crypto::random_bytes(kNameDigits / 2))},
      file_{::open(place_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)} {
    if (!file_.is_open()) no_room("cannot make a file");
}

FileStore::Arriving::~Arriving() {
    if (!kept_) unlink(place_.c_str());
}

void FileStore::Arriving::keep(std::string_view ending) {
    file_.sync();
    const fs::path place = store_.place_of(name_, ending);
    if (rename(place_.c_str(), place.c_str()) != 0) no_room("cannot name a file");
    kept_ = true;
    sync_folder(place.parent_path());
}

fs::path FileStore::place_of(std::string_view name, std::string_view ending) const {
    check(is_stored_name(name), "a stored name is 32 digits, never a path");
    return folder_ / name.substr(0, kFolderDigits) /
           (std::string{name.substr(kFolderDigits)} + std::string{ending});
}

OpenFile FileStore::open(std::string_view name, std::string_view ending) const {
    return OpenFile{::open(place_of(name, ending).c_str(), O_RDONLY | O_CLOEXEC)};
}

void FileStore::write(std::string_view name, std::string_view ending,
                      std::string_view bytes) const {
    Arriving arriving{*this, std::string{name}};
    arriving.write(bytes);
    arriving.keep(ending);
}

std::optional<std::string> FileStore::read(std::string_view name, std::string_view ending) const {
    const OpenFile file = open(name, ending);
    if (!file.is_open()) return std::nullopt;
    return file.read(kBesideBytesMax);
}

void FileStore::remove(std::string_view name) const {
    for (const std::string_view ending : kEndings) unlink(place_of(name, ending).c_str());
    unlink(place_of(name, {}).c_str());
}

void FileStore::touch(std::string_view name) const {
    utimensat(AT_FDCWD, place_of(name, {}).c_str(), nullptr, 0);
}

bool FileStore::is_older(std::string_view name, std::chrono::seconds age) const {
    return age_of(place_of(name, {})) > age;
}

void FileStore::each_old(
    std::chrono::seconds age,
    const std::function<void(const std::vector<std::string>& names)>& found) const {
    for (const fs::directory_entry& folder : fs::directory_iterator{folder_}) {
        const std::string first = folder.path().filename();
        if (first.size() != kFolderDigits || !is_hex(first)) continue;
        std::vector<std::string> names;
        for (const fs::directory_entry& file : fs::directory_iterator{folder}) {
            const std::string name = first + file.path().stem().string();
            if (is_stored_name(name) && age_of(file.path()) > age) names.push_back(name);
        }
        std::ranges::sort(names);
        names.erase(std::ranges::unique(names).begin(), names.end());
        if (!names.empty()) found(names);
    }
}

int FileStore::remove_old_arrivals(std::chrono::seconds age) const {
    int removed = 0;
    for (const fs::directory_entry& file : fs::directory_iterator{staging_}) {
        if (age_of(file.path()) > age && unlink(file.path().c_str()) == 0) ++removed;
    }
    return removed;
}

} // namespace platform::vault

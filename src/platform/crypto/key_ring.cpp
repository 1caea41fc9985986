// The key ring on disk. Three files of 32 bytes. They are made under the names *.key.new, made
// durable, and renamed when all three are there: a kill in between leaves either files that were
// never in use, which are made anew, or some renamed and the rest waiting, which is completed. No
// file that was ever named *.key is written to or removed.
#include "platform/crypto/keys.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace platform::crypto {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 32;
constexpr std::array<const char*, 3> kNames{"master.key", "pepper.key", "signing.key"};
constexpr const char* kNewSuffix = ".new";
using Outcome = Result<void, KeyRingRefusal>;

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] bool valid() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

auto refusal(std::string what) {
    return refuse(KeyRingRefusal{std::move(what)});
}

/// Of the system call that just failed.
auto system_refusal(std::string_view doing, const fs::path& path) {
    const std::string reason = std::generic_category().message(errno);
    return refusal(fmt::format("{} {}: {}", path.string(), doing, reason));
}

bool others_have_access(const struct stat& status) {
    return (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

unsigned mode_bits(const struct stat& status) {
    return status.st_mode & 07777U;
}

bool is_there(const fs::path& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0;
}

fs::path waiting_name(const fs::path& folder, const char* name) {
    return folder / (std::string{name} + kNewSuffix);
}

Outcome make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), S_IRWXU) != 0) {
        if (errno == EEXIST) return {};
        return system_refusal("cannot be made", folder);
    }
    const fs::path whole = fs::absolute(folder);
    const fs::path parent =
        whole.has_filename() ? whole.parent_path() : whole.parent_path().parent_path();
    const Descriptor above{::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!above.valid() || ::fsync(above.number()) != 0) {
        return system_refusal("cannot be made durable", parent);
    }
    return {};
}

Outcome write_key(const fs::path& path) {
    const Descriptor file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!file.valid()) return system_refusal("cannot be made", path);
    const SecretKey key = SecretKey::random();
    if (::write(file.number(), key.bytes().data(), kKeyBytes) != kKeyBytes) {
        return system_refusal("cannot be written whole", path);
    }
    if (::fsync(file.number()) != 0) return system_refusal("cannot be made durable", path);
    return {};
}

Result<SecretKey, KeyRingRefusal> read_key(const fs::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
    struct stat status{};
    if (!file.valid() || ::fstat(file.number(), &status) != 0) {
        return system_refusal("cannot be opened", path);
    }
    if (!S_ISREG(status.st_mode)) return refusal(path.string() + " is not a file");
    if (others_have_access(status)) {
        return refusal(
            fmt::format("{0} can be reached by others than its owner (mode {1:04o}): run "
                        "chmod 600 {0}, and if somebody else may have read it, treat "
                        "what it protects as known",
                        path.string(), mode_bits(status)));
    }
    std::array<char, kKeyBytes + 1> bytes{};
    const ssize_t size = ::read(file.number(), bytes.data(), bytes.size());
    if (size < 0) return system_refusal("cannot be read", path);
    if (size != kKeyBytes || status.st_size != kKeyBytes) {
        sodium_memzero(bytes.data(), bytes.size());
        return refusal(
            fmt::format("{} has {} bytes and must have {}: put it back from the backup of "
                        "the keys",
                        path.string(), status.st_size, kKeyBytes));
    }
    auto key = SecretKey::from_bytes({bytes.data(), kKeyBytes});
    sodium_memzero(bytes.data(), bytes.size());
    return std::move(*key);
}

/// All three as *.new, then all three by their names.
Outcome make_ring(const fs::path& folder, const Descriptor& directory) {
    for (const char* name : kNames) {
        // Left by a making that was cut before any got its name: nothing was sealed with it.
        ::unlink(waiting_name(folder, name).c_str());
        if (auto written = write_key(waiting_name(folder, name)); !written) return written;
    }
    if (::fsync(directory.number()) != 0) return system_refusal("cannot be made durable", folder);
    return {};
}

Outcome name_waiting(const fs::path& folder, const Descriptor& directory) {
    for (const char* name : kNames) {
        if (is_there(folder / name)) continue;
        if (::rename(waiting_name(folder, name).c_str(), (folder / name).c_str()) != 0) {
            return system_refusal("cannot be named", waiting_name(folder, name));
        }
    }
    if (::fsync(directory.number()) != 0) return system_refusal("cannot be made durable", folder);
    return {};
}

bool is_left_over(const std::string& name) {
    return std::ranges::any_of(
        kNames, [&](const char* key) { return name == std::string{key} + kNewSuffix; });
}

/// Besides what a cut making left.
bool holds_something_else(const fs::path& folder) {
    return std::ranges::any_of(fs::directory_iterator{folder},
                               [](const fs::directory_entry& entry) {
                                   return !is_left_over(entry.path().filename().string());
                               });
}

Outcome make_or_complete(const fs::path& folder, const Descriptor& directory) {
    std::vector<std::string> missing;
    bool completable = true;
    for (const char* name : kNames) {
        if (is_there(folder / name)) continue;
        missing.emplace_back(name);
        completable = completable && is_there(waiting_name(folder, name));
    }
    if (missing.empty()) return {};
    if (missing.size() == kNames.size()) {
        if (holds_something_else(folder)) {
            return refusal(
                fmt::format("{} holds no keys but is not empty: name a new or empty folder "
                            "for the keys, or put the keys back from their backup",
                            folder.string()));
        }
        if (auto made = make_ring(folder, directory); !made) return made;
    } else if (!completable) {
        return refusal(fmt::format("{} misses {}: put what is missing back from the backup of the "
                                   "keys; new keys would not open what the lost ones sealed",
                                   folder.string(), fmt::join(missing, " and ")));
    }
    return name_waiting(folder, directory);
}

} // namespace

Result<KeyRing, KeyRingRefusal> KeyRing::open(const fs::path& folder) {
    if (auto made = make_folder(folder); !made) return refuse(made.error());
    const Descriptor directory{
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    struct stat status{};
    if (!directory.valid() || ::fstat(directory.number(), &status) != 0) {
        return system_refusal("cannot be opened as a folder", folder);
    }
    if (others_have_access(status)) {
        return refusal(
            fmt::format("{0} can be reached by others than its owner (mode {1:04o}): run "
                        "chmod 700 {0}",
                        folder.string(), mode_bits(status)));
    }
    // Two processes that start at once make one ring; the lock goes with the descriptor.
    if (::flock(directory.number(), LOCK_EX) != 0)
        return system_refusal("cannot be locked", folder);
    if (auto ready = make_or_complete(folder, directory); !ready) return refuse(ready.error());

    auto master = read_key(folder / kNames[0]);
    if (!master) return refuse(master.error());
    auto pepper = read_key(folder / kNames[1]);
    if (!pepper) return refuse(pepper.error());
    auto seed = read_key(folder / kNames[2]);
    if (!seed) return refuse(seed.error());
    return KeyRing{std::move(*master), std::move(*pepper), SigningKey::from_seed(*seed)};
}

KeyRing::KeyRing(SecretKey master, SecretKey pepper, SigningKey signing)
    : master_{std::move(master)}, pepper_{std::move(pepper)}, signing_{std::move(signing)} {}

std::string KeyRing::wrap(const SecretKey& key, std::string_view context) const {
    return seal(master_, key.bytes(), context);
}

std::optional<SecretKey> KeyRing::unwrap(std::string_view wrapped, std::string_view context) const {
    auto bytes = crypto::open(master_, wrapped, context);
    if (!bytes) return std::nullopt;
    auto key = SecretKey::from_bytes(*bytes);
    sodium_memzero(bytes->data(), bytes->size());
    return key;
}

} // namespace platform::crypto

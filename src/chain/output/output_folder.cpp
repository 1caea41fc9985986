#include "base/check.hpp"
#include "chain/output.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace chain {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20; // a write this large costs no more per
                                                           // byte than a larger one

[[noreturn]] void fail(const std::filesystem::path& path, const char* what, int error) {
    throw std::system_error{error, std::generic_category(),
                            std::string{what} + " " + path.string()};
}

void synchronise(int descriptor, const std::filesystem::path& path) {
    // Some file systems (pipes, special mounts) have no fsync: that is not a failure to write.
    if (::fsync(descriptor) != 0 && errno != EINVAL && errno != ENOSYS) {
        fail(path, "cannot write", errno);
    }
}

} // namespace

OutputFile::OutputFile(std::filesystem::path temporary, std::filesystem::path final_place,
                       Access access)
    : temporary_{std::move(temporary)}, final_place_{std::move(final_place)} {
    ::unlink(temporary_.c_str()); // left by a run that was killed
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                         access == Access::OwnerOnly ? 0600 : 0666);
    if (descriptor_ < 0) fail(temporary_, "cannot create", errno);
    buffer_.reserve(kBufferBytes + kBufferBytes / 4);
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!published_) ::unlink(temporary_.c_str());
}

void OutputFile::append(std::string_view bytes) {
    if (bytes.size() >= kBufferBytes) {
        write_out(buffer_);
        buffer_.clear();
        write_out(bytes);
        return;
    }
    buffer_.append(bytes);
    flush_if_full();
}

void OutputFile::flush_if_full() {
    if (buffer_.size() < kBufferBytes) return;
    write_out(buffer_);
    buffer_.clear();
}

void OutputFile::write_out(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(final_place_, "cannot write", errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void OutputFile::finish() {
    if (descriptor_ < 0) return;
    write_out(buffer_);
    buffer_ = {};
    synchronise(descriptor_, final_place_);
    const int closed = ::close(descriptor_); // NFS tells of a full disk here
    descriptor_ = -1;
    if (closed != 0) fail(final_place_, "cannot write", errno);
}

void OutputFile::publish() {
    check(descriptor_ < 0, "OutputFile::publish() comes after finish()");
    if (::rename(temporary_.c_str(), final_place_.c_str()) != 0) {
        fail(final_place_, "cannot replace", errno);
    }
    published_ = true;
}

OutputFolder::OutputFolder(std::filesystem::path folder) : folder_{std::move(folder)} {
    if (folder_.empty()) throw std::runtime_error{"the output folder has no name"};
    made_ = std::filesystem::create_directories(folder_);
    descriptor_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0) fail(folder_, "cannot open", errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(descriptor_);
        if (error != EWOULDBLOCK) fail(folder_, "cannot lock", error);
        throw std::runtime_error{"another run is writing to " + folder_.string()};
    }
}

OutputFolder::~OutputFolder() {
    files_.clear();
    if (made_ && !published_) ::rmdir(folder_.c_str()); // refuses when it is not empty
    ::close(descriptor_);
}

OutputFile& OutputFolder::create(std::string_view name, OutputFile::Access access) {
    const std::filesystem::path temporary = folder_ / ("." + std::string{name} + ".partial");
    files_.push_back(std::make_unique<OutputFile>(temporary, folder_ / name, access));
    return *files_.back();
}

void OutputFolder::drop(std::string_view name) {
    dropped_.push_back(folder_ / name);
}

void OutputFolder::publish() {
    for (const std::unique_ptr<OutputFile>& file : files_) file->finish();
    // From here on nothing is written any more: only names change.
    for (const std::unique_ptr<OutputFile>& file : files_) file->publish();
    for (const std::filesystem::path& path : dropped_) ::unlink(path.c_str());
    synchronise(descriptor_, folder_);
    published_ = true;
}

} // namespace chain

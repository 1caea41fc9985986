#include "platform/db/own/lock.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

namespace platform::db::own {
namespace {

constexpr std::chrono::milliseconds kBetweenTries{10};

} // namespace

Descriptor::~Descriptor() {
    close();
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Descriptor open_lock(const std::filesystem::path& file, uid_t user, gid_t group) {
    Descriptor opened{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    // So that its owner can join later, when it is not root who asks.
    if (opened.number() >= 0 && ::geteuid() == 0 && ::fchown(opened.number(), user, group) != 0) {
        opened.close();
    }
    return opened;
}

bool lock(const Descriptor& file, Share share, std::chrono::milliseconds at_most) {
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    const int wish = (share == Share::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    while (::flock(file.number(), wish) != 0) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        pause(kBetweenTries);
    }
    return true;
}

void pause(std::chrono::milliseconds time) {
    ::poll(nullptr, 0, static_cast<int>(time.count()));
}

} // namespace platform::db::own

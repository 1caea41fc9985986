#include "platform/db/own/program.hpp"

#include "base/check.hpp"
#include "platform/db/own/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace platform::db::own {
namespace {

constexpr int kCannotStart = 127; // a shell's code for it
constexpr std::size_t kSaidMax = 64 * 1024;
constexpr int kOldestMajor = 15;
constexpr int kNewestMajor = 40; // a bound for the search, far off

std::string read_all(int from) {
    std::string said;
    std::array<char, 4096> piece{};
    while (true) {
        const ssize_t size = ::read(from, piece.data(), piece.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return said;
        said.append(piece.data(), static_cast<std::size_t>(size));
        if (said.size() > 2 * kSaidMax) said.erase(0, said.size() - kSaidMax);
    }
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) check(errno == EINTR, "waitpid");
    return status;
}

} // namespace

Command::Command(std::vector<std::string> words, const std::vector<std::string>& settings)
    : words_{std::move(words)}, environment_{settings} {
    for (char** line = environ; *line != nullptr; ++line) {
        const std::string_view theirs{*line};
        const std::string_view name = theirs.substr(0, theirs.find('=') + 1);
        bool replaced = false;
        for (const std::string& ours : settings) replaced = replaced || ours.starts_with(name);
        if (!replaced) environment_.emplace_back(theirs);
    }
    for (std::string& word : words_) word_pointers_.push_back(word.data());
    for (std::string& line : environment_) environment_pointers_.push_back(line.data());
    word_pointers_.push_back(nullptr);
    environment_pointers_.push_back(nullptr);
}

void Command::become() const {
    ::execve(word_pointers_[0], word_pointers_.data(), environment_pointers_.data());
    ::_exit(kCannotStart);
}

bool give_up_root(const Account& account) {
    if (::geteuid() != 0) return true;
    return ::setgroups(0, nullptr) == 0 && ::setgid(account.group) == 0 &&
           ::setuid(account.user) == 0;
}

void forget_parent() {
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    // A folder that is our own's may not be the account's to stand in.
    if (::chdir("/") != 0) ::_exit(kCannotStart);
}

Ended run(const Command& command, const Account& account) {
    std::array<int, 2> ends{};
    check(::pipe2(ends.data(), O_CLOEXEC) == 0, "a pipe");
    Descriptor reading{ends[0]};
    Descriptor writing{ends[1]};
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    check(child >= 0, "fork");
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        forget_parent();
        // The thread that waits below is the one that the signal is tied to.
        if (!give_up_root(account) || ::prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 ||
            ::getppid() != parent) {
            ::_exit(kCannotStart);
        }
        command.become();
    }
    writing.close();
    Ended ended;
    ended.said = read_all(reading.number());
    ended.well = wait_for(child) == 0;
    return ended;
}

std::filesystem::path programs_folder(int major) {
    const auto folder_of = [](int version) {
        return std::filesystem::path{fmt::format("/usr/lib/postgresql/{}/bin", version)};
    };
    std::error_code none;
    if (major != 0) {
        return std::filesystem::exists(folder_of(major) / "postgres", none) ? folder_of(major) : "";
    }
    for (int version = kNewestMajor; version >= kOldestMajor; --version) {
        if (std::filesystem::exists(folder_of(version) / "postgres", none)) {
            return folder_of(version);
        }
    }
    return {};
}

} // namespace platform::db::own

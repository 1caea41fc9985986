// For the tests of this module: the real clamd with one harmless signature, and false ones for what
// the real one does only on a bad day.
#pragma once

#include "platform/db_testing/test_database.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace platform::vault::testing_support {

constexpr std::string_view kMarker = "MAILLON-HARMLESS-MARKER";

class RealClamd {
public:
    RealClamd() {
        const std::filesystem::path database = folder_.path() / "signatures";
        std::filesystem::create_directory(database);
        std::ofstream signature{database / "marker.ndb"};
        signature << "Maillon.Harmless.Marker:0:*:" << std::hex;
        for (const char c : kMarker) signature << static_cast<int>(c);
        signature << '\n';
        signature.close();
        std::ofstream{folder_.path() / "clamd.conf"} << "Foreground yes\nDatabaseDirectory "
                                                     << database.string() << "\nLocalSocket "
                                                     << address() << "\nStreamMaxLength 1M\n";
        start();
    }
    ~RealClamd() {
        if (output_ >= 0) close(output_);
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    RealClamd(const RealClamd&) = delete;
    RealClamd& operator=(const RealClamd&) = delete;
    [[nodiscard]] std::string address() const { return folder_.path() / "socket"; }
    [[nodiscard]] bool listens() const { return listens_; }

private:
    void start() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
        std::string program = "clamd";
        std::string option = "--config-file=" + (folder_.path() / "clamd.conf").string();
        const std::array<char*, 3> words{program.data(), option.data(), nullptr};
        if (posix_spawnp(&process_, "clamd", &actions, nullptr, words.data(), environ) != 0) {
            process_ = -1;
        }
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        wait_until_it_listens();
    }
    void wait_until_it_listens() {
        std::string said;
        std::array<char, 4096> buffer{};
        pollfd one{.fd = output_, .events = POLLIN, .revents = 0};
        while (!listens_ && poll(&one, 1, 60'000) > 0) {
            const ssize_t got = read(output_, buffer.data(), buffer.size());
            if (got <= 0) return;
            said.append(buffer.data(), static_cast<std::size_t>(got));
            listens_ = said.find("Self checking") != std::string::npos;
        }
    }

    db_testing::TemporaryFolder folder_;
    int output_ = -1;
    pid_t process_ = -1;
    bool listens_ = false;
};

/// Takes one connection, and does with it what the test says.
class FalseClamd {
public:
    explicit FalseClamd(const std::function<void(int line)>& act) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        this->address().copy(address.sun_path, sizeof address.sun_path - 1);
        listening_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        listen(listening_, 1);
        thread_ = std::jthread{[this, act] {
            const int line = accept(listening_, nullptr, nullptr);
            act(line);
            close(line);
        }};
    }
    ~FalseClamd() {
        thread_.join();
        close(listening_);
    }
    FalseClamd(const FalseClamd&) = delete;
    FalseClamd& operator=(const FalseClamd&) = delete;
    [[nodiscard]] std::string address() const { return folder_.path() / "socket"; }

private:
    db_testing::TemporaryFolder folder_;
    int listening_ = -1;
    std::jthread thread_;
};

} // namespace platform::vault::testing_support

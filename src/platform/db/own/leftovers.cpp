// What a keeper that was killed may have left: a PostgreSQL that is stopping, or whose first
// process was killed and whose others have not seen it yet. They are known by where they stand:
// every process of PostgreSQL has the cluster as its working folder.
#include "platform/db/own/lock.hpp"
#include "platform/db/own/place.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fstream>

namespace platform::db::own {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetweenLooks{20};

pid_t number_in(std::string_view text) {
    pid_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size() ? number : 0;
}

std::vector<pid_t> processes_of(const fs::path& cluster) {
    std::vector<pid_t> processes;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{"/proc", none}) {
        const pid_t process = number_in(entry.path().filename().string());
        if (process <= 0 || process == ::getpid()) continue;
        // Those of other users cannot be looked at, and are not ours.
        if (fs::read_symlink(entry.path() / "cwd", none) != cluster) continue;
        const std::string program = fs::read_symlink(entry.path() / "exe", none).filename();
        if (program.starts_with("postgres")) processes.push_back(process);
    }
    return processes;
}

pid_t first_process(const fs::path& pid_file) {
    std::ifstream stream{pid_file};
    std::string line;
    std::getline(stream, line);
    return number_in(line);
}

} // namespace

std::optional<Refusal> end_leftovers(const Place& place, std::chrono::milliseconds at_most) {
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    const fs::path pid_file = place.cluster() / "postmaster.pid";
    while (true) {
        const std::vector<pid_t> processes = processes_of(place.cluster());
        std::error_code none;
        if (processes.empty()) {
            // Its number may be another process's by now, which PostgreSQL would take for itself.
            fs::remove(pid_file, none);
            return std::nullopt;
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return Refusal{fmt::format("a PostgreSQL still runs in {} and does not stop "
                                       "(process {}): stop it",
                                       place.cluster().string(), processes.front())};
        }
        const pid_t first = first_process(pid_file);
        if (std::ranges::find(processes, first) != processes.end()) {
            ::kill(first, SIGINT); // a fast shutdown
        } else {
            // What the first process does when one crashed; recovery follows.
            for (const pid_t process : processes) ::kill(process, SIGQUIT);
        }
        pause(kBetweenLooks);
    }
}

} // namespace platform::db::own

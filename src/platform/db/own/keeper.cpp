// Everything after the first fork() is done without asking for memory: other threads of the parent
// may have held the allocator's locks at that moment.
#include "platform/db/own/keeper.hpp"

#include "base/check.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace platform::db::own {
namespace {

/// What holds whatever postgresql.conf says: nobody but us reaches it, and its log has neither
/// statements nor values. Messages of refused statements may quote values: below level "log".
std::vector<std::string> words_of(const Place& place, const std::filesystem::path& programs,
                                  const std::filesystem::path& sockets) {
    std::vector<std::string> words{programs / "postgres", "-D", place.cluster()};
    for (const std::string& setting : {
             std::string{"listen_addresses="},
             "unix_socket_directories=" + sockets.string(),
             std::string{"unix_socket_permissions=0700"},
             std::string{"port=5432"},
             std::string{"logging_collector=on"},
             std::string{"log_destination=stderr"},
             "log_directory=" + (place.folder / "log").string(),
             std::string{"log_filename=postgresql-%a.log"},
             std::string{"log_truncate_on_rotation=on"},
             std::string{"log_rotation_age=1d"},
             std::string{"log_rotation_size=0"},
             std::string{"log_file_mode=0600"},
             std::string{"lc_messages=C"},
             std::string{"log_min_messages=log"},
             std::string{"log_min_error_statement=panic"},
             std::string{"log_error_verbosity=terse"},
             std::string{"log_parameter_max_length=0"},
             std::string{"log_parameter_max_length_on_error=0"},
             std::string{"log_statement=none"},
             std::string{"log_min_duration_statement=-1"},
             std::string{"log_checkpoints=off"},
             std::string{"log_autovacuum_min_duration=-1"},
         }) {
        words.emplace_back("-c");
        words.push_back(setting);
    }
    return words;
}

pid_t start_server(const Command& command, const Account& account, int said) {
    const pid_t keeper = ::getpid();
    const pid_t server = ::fork();
    if (server != 0) return server;
    ::dup2(said, STDOUT_FILENO);
    ::dup2(said, STDERR_FILENO);
    forget_parent();
    if (!give_up_root(account) || ::prctl(PR_SET_PDEATHSIG, SIGINT) != 0 || ::getppid() != keeper) {
        ::_exit(1);
    }
    command.become();
}

pid_t start_watcher(int users, int keeper_lock) {
    const pid_t keeper = ::getpid();
    const pid_t watcher = ::fork();
    if (watcher != 0) return watcher;
    ::close(keeper_lock);
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != keeper) ::_exit(1);
    while (::flock(users, LOCK_EX) != 0) {
        if (errno != EINTR) ::_exit(1);
    }
    ::_exit(0);
}

/// Until PostgreSQL has ended.
void keep(pid_t server, pid_t watcher) {
    while (server > 0) {
        const pid_t ended = ::waitpid(-1, nullptr, 0);
        if (ended < 0 && errno != EINTR) return;
        if (ended == server) {
            server = -1;
            if (watcher > 0) ::kill(watcher, SIGKILL); // -1 would be everybody
        } else if (ended == watcher) {
            ::kill(server, SIGINT); // fast shutdown: open transactions are rolled back
        }
    }
}

/// Puts a descriptor at a low number of its own, where forget_parent() would not reach; the others
/// of the parent are closed.
void keep_only(int keeper_lock, int said) {
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(nothing, standard);
    }
    // In order, so that no move writes over one that is still to move.
    const int low = keeper_lock < said ? keeper_lock : said;
    const int high = keeper_lock < said ? said : keeper_lock;
    if (low > STDERR_FILENO + 1)
        ::close_range(STDERR_FILENO + 1, static_cast<unsigned>(low - 1), 0);
    if (high > low + 1) {
        ::close_range(static_cast<unsigned>(low + 1), static_cast<unsigned>(high - 1), 0);
    }
    ::close_range(static_cast<unsigned>(high + 1), ~0U, 0);
}

struct Tasks {
    const Command& command;
    const Account& account;
    const char* users;   // path of users.lock
    const char* sockets; // a folder to remove at the end, or null
    int keeper_lock;
    int said;
};

[[noreturn]] void be_keeper(const Tasks& tasks) {
    ::setsid(); // an interrupt typed at the terminal is for our parent alone
    ::prctl(PR_SET_NAME, "maillon-keeper");
    keep_only(tasks.keeper_lock, tasks.said);
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    // A service manager may send these to all of a service's processes; ours end in their order.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    // Anew: a lock is shared by all copies of a descriptor, and the parent's is for the parent.
    const int users = ::open(tasks.users, O_RDWR | O_CLOEXEC);
    const pid_t server = start_server(tasks.command, tasks.account, tasks.said);
    ::close(tasks.said);
    if (users < 0 || server < 0) ::_exit(1);
    const pid_t watcher = start_watcher(users, tasks.keeper_lock);
    if (watcher < 0) ::kill(server, SIGINT);
    keep(server, watcher);
    if (tasks.sockets != nullptr) ::rmdir(tasks.sockets);
    ::_exit(0);
}

} // namespace

Keeper start_keeper(const Place& place, const std::filesystem::path& programs,
                    const std::filesystem::path& sockets, Descriptor keeper_lock) {
    const Command command{words_of(place, programs, sockets), place.environment};
    const std::string users = place.folder / "users.lock";
    const std::string removed = sockets == place.folder ? "" : sockets.string();
    std::array<int, 2> ends{};
    check(::pipe2(ends.data(), O_CLOEXEC) == 0, "a pipe");
    Keeper keeper;
    keeper.said = Descriptor{ends[0]};
    const Descriptor writing{ends[1]};
    check(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0, "a pipe that does not block");
    keeper.process = ::fork();
    check(keeper.process >= 0, "fork");
    if (keeper.process == 0) {
        be_keeper({command, place.account, users.c_str(),
                   removed.empty() ? nullptr : removed.c_str(), keeper_lock.number(), ends[1]});
    }
    return keeper;
}

} // namespace platform::db::own

#include "platform/db/private_postgres.hpp"

#include "platform/db/database.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <vector>

namespace platform::db {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

pid_t spawn(const std::vector<std::string>& words, uid_t user, gid_t group) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setsid();
    if (::geteuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(group) != 0 || ::setuid(user) != 0)) {
        ::_exit(127);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGINT);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

} // namespace

struct PrivatePostgres::State {
    std::string url;
    pid_t server = -1;
    ~State() {
        if (server <= 0) return;
        ::kill(server, SIGINT);
        ::waitpid(server, nullptr, 0);
    }
};

PrivatePostgres::PrivatePostgres(std::unique_ptr<State> state) : state_{std::move(state)} {}
PrivatePostgres::~PrivatePostgres() = default;
PrivatePostgres::PrivatePostgres(PrivatePostgres&&) noexcept = default;
PrivatePostgres& PrivatePostgres::operator=(PrivatePostgres&&) noexcept = default;

Result<PrivatePostgres, PrivatePostgresRefusal>
PrivatePostgres::start(const std::filesystem::path& folder) {
    uid_t user = ::geteuid();
    gid_t group = ::getegid();
    std::filesystem::create_directories(folder);
    if (user == 0) {
        const passwd* entry = ::getpwnam("postgres");
        if (entry == nullptr) return refuse(PrivatePostgresRefusal{"no user postgres"});
        user = entry->pw_uid;
        group = entry->pw_gid;
        if (::chown(folder.c_str(), user, group) != 0) {
            return refuse(PrivatePostgresRefusal{"chown"});
        }
    }
    const std::string cluster = folder / "cluster";
    const std::string programs = kPrograms;
    if (!std::filesystem::exists(folder / "cluster" / "PG_VERSION")) {
        const pid_t made = spawn({programs + "initdb", "-D", cluster, "-U", "maillon", "-A",
                                  "trust", "--locale=C.UTF-8", "-E", "UTF8", "-k"},
                                 user, group);
        int status = 0;
        if (::waitpid(made, &status, 0) != made || status != 0) {
            return refuse(PrivatePostgresRefusal{"initdb failed"});
        }
    }
    auto state = std::make_unique<State>();
    state->server = spawn({programs + "postgres", "-D", cluster, "-c", "listen_addresses=", "-c",
                           "unix_socket_directories=" + folder.string()},
                          user, group);
    state->url = fmt::format("host={} user=maillon dbname=postgres", folder.string());
    for (int tries = 0; tries < 500; ++tries) {
        if (PQping(state->url.c_str()) == PQPING_OK) return PrivatePostgres{std::move(state)};
        ::poll(nullptr, 0, 20);
    }
    return refuse(PrivatePostgresRefusal{"it does not answer"});
}

const std::string& PrivatePostgres::url() const {
    return state_->url;
}
bool PrivatePostgres::revive() {
    return false;
}

} // namespace platform::db

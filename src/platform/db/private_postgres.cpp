#include "platform/db/private_postgres.hpp"

#include "base/check.hpp"
#include "platform/db/database.hpp"
#include "platform/db/own/keeper.hpp"
#include "platform/db/own/lock.hpp"
#include "platform/db/own/place.hpp"
#include "platform/db/queries.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <utility>

namespace platform::db {
namespace {

using own::Descriptor;
using own::Share;
using Clock = std::chrono::steady_clock;
using Refusal = PrivatePostgresRefusal;

constexpr std::chrono::milliseconds kBetweenLooks{10};
/// For an earlier one to stop: it writes out what it has in memory.
constexpr std::chrono::minutes kStopMost{5};
/// For a start: after a kill it reads its log of writes again, at most a few gigabytes.
constexpr std::chrono::minutes kStartMost{10};
/// How long the end of a starter looks whether others use it still.
constexpr std::chrono::milliseconds kOthersMost{100};

std::string quoted(const std::string& value) {
    std::string quoted = "'";
    for (const char letter : value) {
        if (letter == '\'' || letter == '\\') quoted += '\\';
        quoted += letter;
    }
    return quoted + "'";
}

std::string address(const std::filesystem::path& sockets, std::string_view database) {
    return fmt::format("host={} port=5432 user=maillon dbname={}", quoted(sockets), database);
}

bool answers(const std::filesystem::path& sockets) {
    return !sockets.empty() && PQping(address(sockets, "postgres").c_str()) == PQPING_OK;
}

void read_more(const Descriptor& from, std::string& said) {
    std::array<char, 4096> piece{};
    while (true) {
        const ssize_t size = ::read(from.number(), piece.data(), piece.size());
        if (size <= 0) return;
        said.append(piece.data(), static_cast<std::size_t>(size));
    }
}

bool has_ended(pid_t child) {
    return ::waitpid(child, nullptr, WNOHANG) == child;
}

std::string process_in(const std::filesystem::path& file) {
    std::ifstream stream{file};
    std::string process;
    std::getline(stream, process);
    return process.empty() ? "unknown" : process;
}

} // namespace

struct PrivatePostgres::State {
    own::Place place;
    std::filesystem::path sockets;
    std::string url;
    Descriptor serving; // held as long as we serve
    Descriptor using_it;
    pid_t keeper = -1; // our child, when we started it

    ~State() { leave(); }

    [[nodiscard]] Descriptor open(const char* name) const {
        return own::open_lock(place.folder / name, place.account.user, place.account.group);
    }

    [[nodiscard]] Refusal cannot_lock() const {
        return {fmt::format("cannot open the lock files in {}: {}", place.folder.string(),
                            own::plain_words(errno))};
    }

    std::optional<Refusal> serve_alone() {
        serving = open("serve.lock");
        if (serving.number() < 0) return cannot_lock();
        if (!own::lock(serving, Share::Alone, {})) {
            return Refusal{fmt::format("another server already runs on {} (process {}): stop it, "
                                       "or choose another folder",
                                       place.folder.string(),
                                       process_in(place.folder / "serve.lock"))};
        }
        const std::string process = fmt::format("{}\n", ::getpid());
        if (::ftruncate(serving.number(), 0) != 0 ||
            ::pwrite(serving.number(), process.data(), process.size(), 0) < 0) {
            return cannot_lock();
        }
        return std::nullopt;
    }

    std::optional<Refusal> become_user() {
        using_it = open("users.lock");
        if (using_it.number() < 0) return cannot_lock();
        if (own::lock(using_it, Share::Shared, kStopMost)) return std::nullopt;
        return Refusal{fmt::format("the PostgreSQL of {} has been stopping for {} minutes: look "
                                   "into its log",
                                   place.folder.string(), kStopMost.count())};
    }

    /// Until it answers: joined when a keeper lives, else started.
    std::optional<Refusal> find_or_start() {
        const Descriptor starting = open("start.lock");
        Descriptor keeping = open("keeper.lock");
        if (starting.number() < 0 || keeping.number() < 0) return cannot_lock();
        const Clock::time_point deadline = Clock::now() + kStartMost;
        if (!own::lock(starting, Share::Alone, kStartMost)) return did_not_answer();
        while (!own::lock(keeping, Share::Alone, {})) {
            if (Clock::now() >= deadline) return did_not_answer();
            const std::filesystem::path told = own::told_socket_folder(place);
            if (answers(told)) {
                sockets = told;
                return std::nullopt;
            }
            if (keeper > 0 && has_ended(keeper)) keeper = -1;
            own::pause(kBetweenLooks);
        }
        return start_it(std::move(keeping), deadline);
    }

    std::optional<Refusal> start_it(Descriptor keeping, Clock::time_point deadline) {
        if (keeper > 0 && has_ended(keeper)) keeper = -1;
        if (auto refused = own::end_leftovers(place, kStopMost)) return refused;
        const auto programs = own::make_cluster(place);
        if (!programs) return programs.error();
        const auto folder = own::make_socket_folder(place);
        if (!folder) return folder.error();
        sockets = *folder;
        const auto began = std::filesystem::file_time_type::clock::now();
        own::Keeper started = own::start_keeper(place, *programs, sockets, std::move(keeping));
        keeper = started.process;
        std::string said;
        while (!answers(sockets)) {
            read_more(started.said, said);
            if (has_ended(keeper)) {
                keeper = -1;
                read_more(started.said, said);
                return Refusal{own::why_it_failed(place, said, began)};
            }
            if (Clock::now() >= deadline) return did_not_answer();
            own::pause(kBetweenLooks);
        }
        make_database();
        return std::nullopt;
    }

    void make_database() const {
        Connection connection{{address(sockets, "postgres"), ""}};
        if (connection.run(sql::kDatabaseStands, {"maillon"})[0].boolean(0)) return;
        connection.script("CREATE DATABASE maillon");
    }

    [[nodiscard]] Refusal did_not_answer() const {
        return {fmt::format("the PostgreSQL of {} has not answered for {} minutes: look into its "
                            "log",
                            place.folder.string(), kStartMost.count())};
    }

    /// Gives up the use; waits until it has stopped, if we started it and nobody else uses it.
    void leave() {
        using_it.close();
        if (keeper <= 0) return;
        const Clock::time_point others_until = Clock::now() + kOthersMost;
        const Clock::time_point stop_until = Clock::now() + kStopMost;
        while (!has_ended(keeper) && Clock::now() < stop_until) {
            // The watcher has the lock alone as soon as nobody else has it.
            Descriptor probe = open("users.lock");
            const bool used = own::lock(probe, Share::Shared, {});
            probe.close();
            if (used && Clock::now() >= others_until) break;
            own::pause(kBetweenLooks);
        }
        keeper = -1;
    }
};

PrivatePostgres::PrivatePostgres(std::unique_ptr<State> state) : state_{std::move(state)} {}
PrivatePostgres::~PrivatePostgres() = default;
PrivatePostgres::PrivatePostgres(PrivatePostgres&&) noexcept = default;
PrivatePostgres& PrivatePostgres::operator=(PrivatePostgres&&) noexcept = default;

Result<PrivatePostgres, Refusal> PrivatePostgres::start(const std::filesystem::path& folder,
                                                        FolderUse use) {
    auto state = std::make_unique<State>();
    Result<own::Place, Refusal> place = own::find_place(folder);
    if (!place) return refuse(std::move(place.error()));
    state->place = std::move(*place);
    if (use == FolderUse::Serve) {
        if (auto refused = state->serve_alone()) return refuse(std::move(*refused));
    }
    if (auto refused = state->become_user()) return refuse(std::move(*refused));
    if (auto refused = state->find_or_start()) return refuse(std::move(*refused));
    state->url = address(state->sockets, "maillon");
    return PrivatePostgres{std::move(state)};
}

const std::string& PrivatePostgres::url() const {
    return state_->url;
}

const std::filesystem::path& PrivatePostgres::sockets() const {
    return state_->sockets;
}

bool PrivatePostgres::revive() {
    if (answers(state_->sockets)) return false;
    if (auto refused = state_->find_or_start()) throw Lost{refused->what};
    if (state_->url != address(state_->sockets, "maillon")) {
        throw Lost{"the database's socket is in another folder than before: start again"};
    }
    return true;
}

} // namespace platform::db

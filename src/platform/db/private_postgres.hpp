// A PostgreSQL of our own: a child process with its files in the data folder, reached by a unix
// socket only. It is made at the first start, recovers by itself after any kill, and stops cleanly
// when the last process of ours that uses it ends, also by a kill. Its log is in `folder`/log.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace platform::db {

struct PrivatePostgresRefusal {
    std::string what; // one or two sentences: what is wrong, what to do
};

/// One folder has one server at a time, and commands beside it.
enum class FolderUse : std::uint8_t { Command, Serve };

class PrivatePostgres {
public:
    /// Starts it, or joins the one that another process of ours uses on the same folder; a second
    /// one for FolderUse::Serve is refused. As root it runs as the owner of the folder when that
    /// is not root, else as user `postgres`, to whom the folder is given. `folder` is made if
    /// missing, mode 0700. Waits while an earlier one stops, and for the recovery after a kill.
    static Result<PrivatePostgres, PrivatePostgresRefusal>
    start(const std::filesystem::path& folder, FolderUse use = FolderUse::Command);
    /// Stops it and waits for that, when nobody else uses it; open transactions are rolled back.
    ~PrivatePostgres();
    PrivatePostgres(PrivatePostgres&&) noexcept;
    PrivatePostgres& operator=(PrivatePostgres&&) noexcept;

    /// libpq keywords for its owner role and its database, both `maillon`. Stays the same.
    [[nodiscard]] const std::string& url() const;
    /// Where its socket is: not in the folder when that has a path too long for a socket.
    [[nodiscard]] const std::filesystem::path& sockets() const;
    /// Starts it again when it has died; false when it runs. Called now and then by the server.
    /// Throws Lost when it does not start.
    bool revive();

private:
    struct State;
    explicit PrivatePostgres(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace platform::db

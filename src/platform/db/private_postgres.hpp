// A PostgreSQL of our own: a child process with its files in the data folder, reached by a unix
// socket only. It is made at the first start, recovers by itself after any kill, and stops cleanly
// also when this process is killed.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace platform::db {

struct PrivatePostgresRefusal {
    std::string what; // one or two sentences: what is wrong, what to do
};

class PrivatePostgres {
public:
    /// Starts it, or joins the one that another process of ours (`maillon serve`) runs on the
    /// same folder. As root it runs as the owner of the folder when that is not root, else as
    /// user `postgres`. `folder` is made if missing, mode 0700.
    static Result<PrivatePostgres, PrivatePostgresRefusal>
    start(const std::filesystem::path& folder);
    /// Stops it, when it was started here; open transactions are rolled back.
    ~PrivatePostgres();
    PrivatePostgres(PrivatePostgres&&) noexcept;
    PrivatePostgres& operator=(PrivatePostgres&&) noexcept;

    /// libpq keywords for its owner role.
    [[nodiscard]] const std::string& url() const;
    /// Starts it again when it has died; false when it runs. Called now and then by the server.
    bool revive();

private:
    struct State;
    explicit PrivatePostgres(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace platform::db

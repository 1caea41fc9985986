// Programs of PostgreSQL, run as children: initdb, pg_dump, pg_restore.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace platform::db::own {

/// As whom PostgreSQL runs: it refuses to be root.
struct Account {
    uid_t user = 0;
    gid_t group = 0;
};

/// What a program is started with, laid out before fork(), after which memory cannot be asked for.
class Command {
public:
    /// `settings` ("NAME=value") come before what the environment has of the same name.
    Command(std::vector<std::string> words, const std::vector<std::string>& settings);
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    /// In the child: becomes the program, or ends with 127.
    [[noreturn]] void become() const;

private:
    std::vector<std::string> words_;
    std::vector<std::string> environment_;
    std::vector<char*> word_pointers_;
    std::vector<char*> environment_pointers_;
};

/// In the child of a fork(): gives up root for an account, when we are root.
[[nodiscard]] bool give_up_root(const Account& account);

/// In the child of a fork(): nothing of the parent's but the three standard descriptors, default
/// signals, none blocked.
void forget_parent();

struct Ended {
    bool well = false;
    std::string said; // the last 64 kB of what it wrote
};

/// Runs to the end. It dies with us.
[[nodiscard]] Ended run(const Command& command, const Account& account);

/// Folder of the programs of PostgreSQL, of a major version or (0) the newest from 15; empty when
/// it is not installed.
[[nodiscard]] std::filesystem::path programs_folder(int major);

} // namespace platform::db::own

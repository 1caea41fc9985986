// The folder of a private PostgreSQL: whose it is, what stands in it, what an earlier one left.
//
//   cluster/     PostgreSQL's own files
//   log/         its log, one file for each day of the week
//   users.lock   held (shared) by every process of ours that uses it
//   start.lock   held by the one that starts it
//   keeper.lock  held by the process that keeps it, see keeper.hpp
//   serve.lock   held by `maillon serve`
//   sockets      where its socket is, when the folder's own path is too long for one
#pragma once

#include "platform/db/own/program.hpp"
#include "platform/db/private_postgres.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace platform::db::own {

using Refusal = PrivatePostgresRefusal;

struct Place {
    std::filesystem::path folder; // absolute, without links
    Account account;
    std::string account_name;
    std::vector<std::string> environment; // a name for an account that has none
    [[nodiscard]] std::filesystem::path cluster() const { return folder / "cluster"; }
};

/// Makes the folder if it is missing, and settles as whom PostgreSQL runs.
[[nodiscard]] Result<Place, Refusal> find_place(const std::filesystem::path& folder);

/// Makes the cluster if there is none; gives the folder of the programs that fit it.
[[nodiscard]] Result<std::filesystem::path, Refusal> make_cluster(const Place& place);

/// Ends what a keeper that was killed left running, and waits for it; removes its traces.
[[nodiscard]] std::optional<Refusal> end_leftovers(const Place& place,
                                                   std::chrono::milliseconds at_most);

/// Where the socket goes: the folder, or a short one elsewhere, made now.
[[nodiscard]] Result<std::filesystem::path, Refusal> make_socket_folder(const Place& place);

/// Where a running PostgreSQL says that its socket is; empty when it has not said it yet.
[[nodiscard]] std::filesystem::path told_socket_folder(const Place& place);

/// "the disk is full" and the like, for what the system says of a folder.
[[nodiscard]] std::string plain_words(int error);

/// Why PostgreSQL did not start, of what it wrote itself and into its log.
[[nodiscard]] std::string why_it_failed(const Place& place, std::string_view said,
                                        std::filesystem::file_time_type since);

} // namespace platform::db::own

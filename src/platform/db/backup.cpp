#include "platform/db/backup.hpp"

#include "platform/db/own/program.hpp"
#include "platform/db/queries.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace platform::db {
namespace {

namespace fs = std::filesystem;

struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption[], Free>;

/// The address as variables of the environment: words of a command line can be read by every user
/// of the machine, and an address may hold a password.
std::vector<std::string> variables_of(const Options& options) {
    std::vector<std::string> variables;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr && option->envvar != nullptr) {
            variables.push_back(fmt::format("{}={}", option->envvar, option->val));
        }
    }
    return variables;
}

/// Empty when the address names none, or cannot be read.
std::string database_named_by(const Address& address) {
    const Options options{PQconninfoParse(address.url.c_str(), nullptr)};
    if (!options) return {};
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (std::string_view{option->keyword} == "dbname" && option->val != nullptr) {
            return option->val;
        }
    }
    return {};
}

/// What a program complained of, as far as it cannot quote rows: where it speaks of files and of
/// reaching the server, not of a statement.
std::string complaint(std::string_view said) {
    if (said.find("No space left on device") != std::string_view::npos) return "the disk is full";
    const std::size_t at = said.find("error: ");
    if (at == std::string_view::npos) return "it did not say why";
    const std::string_view rest = said.substr(at + std::string_view{"error: "}.size());
    const std::string_view line = rest.substr(0, rest.find('\n'));
    for (const std::string_view start :
         {"connection to server", "could not open", "input file", "did not find magic",
          "unsupported version", "aborting", "could not read from input"}) {
        if (line.starts_with(start)) return std::string{line};
    }
    return "the server refused one of its statements";
}

std::optional<BackupRefusal> run_program(const char* program, std::vector<std::string> words,
                                         const Address& address) {
    const Options options{PQconninfoParse(address.url.c_str(), nullptr)};
    if (!options) return BackupRefusal{"the database's address cannot be read"};
    // The newest version that is installed speaks to all older ones.
    const fs::path programs = own::programs_folder(0);
    if (programs.empty()) return BackupRefusal{"PostgreSQL's programs are not installed"};
    words.insert(words.begin(), programs / program);
    if (!address.role.empty()) words.push_back("--role=" + address.role);
    const own::Command command{std::move(words), variables_of(options)};
    const own::Ended ended = own::run(command, {::geteuid(), ::getegid()});
    if (ended.well) return std::nullopt;
    return BackupRefusal{fmt::format("{} failed: {}", program, complaint(ended.said))};
}

bool is_of(DumpPart part, const TableCount& count) {
    return count.table.starts_with("keys.") == (part == DumpPart::Keys);
}

} // namespace

std::optional<BackupRefusal> dump(const Address& address, const fs::path& file, DumpPart part,
                                  std::string_view snapshot) {
    std::error_code failed;
    if (fs::exists(file, failed)) {
        return BackupRefusal{fmt::format("{} is there already: name another", file.string())};
    }
    // Made by us first, since pg_dump would let others read it.
    // Absolute, since the programs run in another folder than we do.
    const std::string unfinished = fs::absolute(file).string() + ".part";
    ::unlink(unfinished.c_str());
    const int made = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) {
        return BackupRefusal{fmt::format("cannot write {}: {}", file.string(),
                                         std::generic_category().message(errno))};
    }
    ::close(made);
    std::vector<std::string> words{"--format=custom", "--no-owner", "--file=" + unfinished,
                                   part == DumpPart::Keys ? "--schema=keys"
                                                          : "--exclude-schema=keys"};
    if (!snapshot.empty()) words.push_back(fmt::format("--snapshot={}", snapshot));
    std::optional<BackupRefusal> refused = run_program("pg_dump", std::move(words), address);
    if (!refused) fs::rename(unfinished, file, failed);
    if (!refused && failed) refused = BackupRefusal{failed.message()};
    if (refused) ::unlink(unfinished.c_str());
    return refused;
}

std::optional<BackupRefusal> restore(const Address& address, const fs::path& file, DumpPart part,
                                     std::string_view roles) {
    const std::string name = database_named_by(address);
    if (name.empty()) return BackupRefusal{"the database's address names no database"};
    {
        Connection connection{address};
        for (const TableCount& count : row_counts(connection)) {
            if (!is_of(part, count)) continue;
            return BackupRefusal{fmt::format("the database has tables already ({}): restore into "
                                             "an empty one",
                                             count.table)};
        }
        if (const std::optional<Refused> refused = connection.try_script(roles)) {
            return BackupRefusal{refused->what()};
        }
    }
    // The rest of the address comes from the environment; without a name it would write a script.
    std::vector<std::string> words{"--exit-on-error", "--single-transaction", "--no-owner",
                                   "--dbname=" + name};
    if (part == DumpPart::Keys) {
        // The roles' migration made the schema, which is empty.
        words.insert(words.end(), {"--clean", "--if-exists"});
    }
    words.push_back(fs::absolute(file));
    return run_program("pg_restore", std::move(words), address);
}

SharedSnapshot::SharedSnapshot(Connection& connection) : transaction_{connection} {
    connection.script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    // It is idle while the dumps are made.
    connection.script("SET LOCAL idle_in_transaction_session_timeout = 0");
    name_ = connection.run(sql::kShareSnapshot)[0].text(0);
}

std::vector<TableCount> row_counts(Connection& connection) {
    connection.script("SET statement_timeout = 0"); // millions of rows take longer than a request
    const Rows rows = connection.run(sql::kRowCounts);
    connection.script("SET statement_timeout = '30s'");
    std::vector<TableCount> counts;
    for (int row = 0; row < rows.size(); ++row) {
        counts.push_back({std::string{rows[row].text(0)}, rows[row].integer(1)});
    }
    return counts;
}

} // namespace platform::db

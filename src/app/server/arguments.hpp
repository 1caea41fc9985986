// The commands of the server and its administration, parsed.
#pragma once

#include "app/server/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): the library's
class App;
}

namespace app {

enum class Exit : int;

struct ServeArguments {
    Place place;
};
struct ConfigArguments {
    Place place;
    bool file = false; // the commented file instead of the settings in force
};
struct MigrateArguments {
    Place place;
    bool check = false;
};
struct BackupArguments {
    Place place;
    std::filesystem::path to;
    std::filesystem::path keys_to;
};
struct RestoreArguments {
    Place place;
    std::filesystem::path from;
    std::filesystem::path keys_from;
};
struct LedgerVerifyArguments {
    Place place;
    bool quiet = false;
};
struct LedgerKeyArguments {
    Place place;
};
struct ReceiptVerifyArguments {
    std::filesystem::path file;
    std::string key; // "ed25519:…" or a file that holds it; empty: the one inside
    std::vector<std::filesystem::path> evidence;
};
enum class ServiceAct : std::uint8_t { Read, Message, Ask, Transfer, Close, Erase };
struct ActArguments {
    Place place;
    ServiceAct act = ServiceAct::Read;
    std::string reference;
    std::string text;
    std::string reason;
};
struct ApiKeyArguments {
    Place place;
    bool revoke = false;
    std::string name;
};
struct LoadArguments {
    Place place;
    std::filesystem::path file;
    bool quiet = false;
};
enum class DomainAct : std::uint8_t { Confirm, Withdraw, List };
struct DomainArguments {
    Place place;
    DomainAct act = DomainAct::List;
    std::string domain;
    std::string reason;
};
struct RebuildArguments {
    Place place;
};
struct RoutesArguments {
    Place place;
    bool json = false;
};
struct WorkerArguments {};

using ServerArguments =
    std::variant<ServeArguments, ConfigArguments, MigrateArguments, BackupArguments,
                 RestoreArguments, LedgerVerifyArguments, LedgerKeyArguments,
                 ReceiptVerifyArguments, ActArguments, ApiKeyArguments, LoadArguments,
                 DomainArguments, RebuildArguments, RoutesArguments, WorkerArguments>;

Exit serve_command(const ServeArguments& arguments);
Exit config_command(const ConfigArguments& arguments);
Exit migrate_command(const MigrateArguments& arguments);
Exit backup_command(const BackupArguments& arguments);
Exit restore_command(const RestoreArguments& arguments);
Exit ledger_verify_command(const LedgerVerifyArguments& arguments);
Exit ledger_key_command(const LedgerKeyArguments& arguments);
Exit receipt_verify_command(const ReceiptVerifyArguments& arguments);
Exit act_command(const ActArguments& arguments);
Exit api_key_command(const ApiKeyArguments& arguments);
Exit load_command(const LoadArguments& arguments);
Exit domain_command(const DomainArguments& arguments);
Exit rebuild_command(const RebuildArguments& arguments);
Exit routes_command(const RoutesArguments& arguments);
Exit worker_command(const WorkerArguments& arguments);

/// Runs whichever it is.
Exit run_server_command(const ServerArguments& arguments);

/// Adds the commands to `app`; when one was given, what `chosen` says after the parse.
class ServerCommands {
public:
    explicit ServerCommands(CLI::App& app);
    /// Nothing when the command is none of these.
    [[nodiscard]] std::optional<ServerArguments> chosen() const;

private:
    struct Offered {
        const CLI::App* command;
        std::function<ServerArguments()> arguments;
    };
    template <class Arguments> Arguments& keep(const CLI::App* command);
    void add_running(CLI::App& app);
    void add_backups(CLI::App& app);
    void add_proofs(CLI::App& app);
    void add_administration(CLI::App& app);
    void add_acts(CLI::App& admin);
    void add_domains(CLI::App& admin);

    std::vector<std::unique_ptr<ServerArguments>> kept_;
    std::vector<Offered> offered_;
};

} // namespace app

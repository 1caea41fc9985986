#include "app/server/arguments.hpp"

#include "app/arguments.hpp"

#include <CLI/CLI.hpp>

namespace app {
namespace {

constexpr const char* kServeAfter =
    "Everything is in DIR: the keys, a private PostgreSQL (unless the settings name a server of\n"
    "yours), the evidence files. DIR/maillon.toml holds the settings, if there is one; each can\n"
    "also be given in the environment. 'maillon config' shows them all.\n\n"
    "Examples:\n"
    "  maillon serve --data /var/lib/maillon --listen 127.0.0.1:8080\n"
    "  MAILLON_DATABASE=postgresql://maillon@db/maillon maillon serve --data /var/lib/maillon";

constexpr const char* kBackupAfter =
    "Two places, because they must not lie together: TO holds the database, the evidence files "
    "(each\n"
    "encrypted) and the heads of the ledger; KEYS holds what opens them. Keep only the last KEYS:\n"
    "what is erased later is then unreadable in every older TO.\n\n"
    "Example:\n"
    "  maillon backup --data /var/lib/maillon --to /backup/2026-11-24 --keys /safe/maillon";

constexpr const char* kReceiptAfter =
    "No network, no database: the statement, its proof and the signature are recomputed. Give the\n"
    "key that the service publishes; without it the key inside the receipt is used, which tells "
    "only\n"
    "that the receipt is whole.\n\n"
    "Examples:\n"
    "  maillon receipt verify receipt.json --key ed25519:k2…= --evidence photo.jpg\n"
    "  maillon receipt verify receipt.json --key key.txt";

void add_place(CLI::App& command, Place& place) {
    command.add_option("--data", place.data, "The data folder")->required();
    command.add_option("--config", place.config, "The settings; DIR/maillon.toml without it")
        ->check(CLI::ExistingFile);
}

} // namespace

template <class Arguments> Arguments& ServerCommands::keep(const CLI::App* command) {
    ServerArguments* const kept =
        kept_.emplace_back(std::make_unique<ServerArguments>(Arguments{})).get();
    offered_.push_back({command, [kept] { return *kept; }});
    return std::get<Arguments>(*kept);
}

ServerCommands::ServerCommands(CLI::App& app) {
    add_running(app);
    add_backups(app);
    add_proofs(app);
    add_administration(app);
}

void ServerCommands::add_running(CLI::App& app) {
    CLI::App* const serve =
        app.add_subcommand("serve", "The site, its interface, and the engine behind them");
    serve->footer(kServeAfter);
    ServeArguments& serving = keep<ServeArguments>(serve);
    add_place(*serve, serving.place);
    serve->add_option("--listen", serving.place.listen, "Address and port (HOST:PORT)");

    CLI::App* const config =
        app.add_subcommand("config", "The settings in force, and where each comes from");
    ConfigArguments& shown = keep<ConfigArguments>(config);
    add_place(*config, shown.place);
    config->get_option("--data")->required(false);
    config->add_flag("--file", shown.file, "A commented file with every default, to start from");

    CLI::App* const migrate =
        app.add_subcommand("migrate", "Brings the database to this version's tables");
    MigrateArguments& migrating = keep<MigrateArguments>(migrate);
    add_place(*migrate, migrating.place);
    migrate->add_flag("--check", migrating.check, "Only tell what would be done");

    CLI::App* const routes = app.add_subcommand("routes", "Every address that is answered");
    RoutesArguments& listed = keep<RoutesArguments>(routes);
    add_place(*routes, listed.place);
    routes->add_flag("--json", listed.json, "As JSON");

    keep<WorkerArguments>(
        app.add_subcommand("worker", "Decodes hostile files; started by the server itself")
            ->group(""));
}

void ServerCommands::add_backups(CLI::App& app) {
    CLI::App* const backup = app.add_subcommand("backup", "Saves everything, the keys apart");
    backup->footer(kBackupAfter);
    BackupArguments& saved = keep<BackupArguments>(backup);
    add_place(*backup, saved.place);
    backup->add_option("--to", saved.to, "New folder for the content")->required();
    backup->add_option("--keys", saved.keys_to, "New folder for the keys")->required();

    CLI::App* const restore =
        app.add_subcommand("restore", "Brings a backup back, into an empty place");
    RestoreArguments& restored = keep<RestoreArguments>(restore);
    add_place(*restore, restored.place);
    restore->add_option("--from", restored.from, "The folder of the content")
        ->required()
        ->check(CLI::ExistingDirectory);
    restore->add_option("--keys", restored.keys_from, "The folder of the keys")
        ->required()
        ->check(CLI::ExistingDirectory);
}

void ServerCommands::add_proofs(CLI::App& app) {
    CLI::App* const ledger = app.add_subcommand("ledger", "The ledger of all acts");
    ledger->require_subcommand(1);
    CLI::App* const verify = ledger->add_subcommand(
        "verify", "Recomputes the whole log; says which entry is not what it was");
    LedgerVerifyArguments& verified = keep<LedgerVerifyArguments>(verify);
    add_place(*verify, verified.place);
    verify->add_flag("--quiet", verified.quiet, "No progress");
    CLI::App* const key =
        ledger->add_subcommand("key", "The public key that receipts are checked with");
    add_place(*key, keep<LedgerKeyArguments>(key).place);

    CLI::App* const receipt = app.add_subcommand("receipt", "Acknowledgements that people hold");
    receipt->require_subcommand(1);
    CLI::App* const check = receipt->add_subcommand("verify", "Checks one, offline");
    check->footer(kReceiptAfter);
    ReceiptVerifyArguments& checked = keep<ReceiptVerifyArguments>(check);
    check->add_option("file", checked.file, "The acknowledgement: JSON, or the PDF that holds it")
        ->required()
        ->check(CLI::ExistingFile);
    check->add_option("--key", checked.key, "The published key, or a file that holds it");
    check->add_option("--evidence", checked.evidence, "Files whose digests it should hold")
        ->check(CLI::ExistingFile);
}

void ServerCommands::add_administration(CLI::App& app) {
    CLI::App* const admin = app.add_subcommand("admin", "What the service does, from this machine");
    admin->require_subcommand(1);
    CLI::App* const keys = admin->add_subcommand("api-key", "Keys of professional accounts");
    keys->require_subcommand(1);
    for (const bool revoke : {false, true}) {
        CLI::App* const command = keys->add_subcommand(
            revoke ? "revoke" : "create",
            revoke ? "Ends a key's life" : "Prints a new key, once: only its digest is kept");
        ApiKeyArguments& key = keep<ApiKeyArguments>(command);
        key.revoke = revoke;
        add_place(*command, key.place);
        command->add_option("name", key.name, "Name of the account")->required();
    }
    add_acts(*admin);
    add_domains(*admin);
    CLI::App* const load = admin->add_subcommand(
        "load", "Takes records of the interchange format in, each with its acknowledgement");
    LoadArguments& loaded = keep<LoadArguments>(load);
    add_place(*load, loaded.place);
    load->add_option("file", loaded.file, "JSONL")->required()->check(CLI::ExistingFile);
    load->add_flag("--quiet", loaded.quiet, "No progress");

    CLI::App* const engine = app.add_subcommand("engine", "The engine behind the doors");
    engine->require_subcommand(1);
    CLI::App* const rebuild = engine->add_subcommand(
        "rebuild", "Makes all groups anew from the database and reports the difference");
    add_place(*rebuild, keep<RebuildArguments>(rebuild).place);
}

void ServerCommands::add_acts(CLI::App& admin) {
    struct Offer {
        ServiceAct act;
        const char* name;
        const char* what;
        bool says;
    };
    constexpr Offer kOffers[] = {
        {ServiceAct::Read, "read", "An officer has read it", false},
        {ServiceAct::Message, "message", "Writes to the declarant", true},
        {ServiceAct::Ask, "ask", "Asks the declarant for something", true},
        {ServiceAct::Transfer, "transfer", "It goes to the competent service", false},
        {ServiceAct::Close, "close", "Its handling ends", false},
        {ServiceAct::Erase, "erase", "Its keys go: nobody can read it again, in any backup", false},
    };
    for (const Offer& offer : kOffers) {
        CLI::App* const command = admin.add_subcommand(offer.name, offer.what);
        ActArguments& act = keep<ActArguments>(command);
        act.act = offer.act;
        add_place(*command, act.place);
        command->add_option("reference", act.reference, "Its reference, S-XXXX-XXXX")->required();
        if (offer.says) command->add_option("text", act.text, "The message")->required();
        command->add_option("--reason", act.reason, "Why: it is written into the audit")
            ->required();
    }
}

void ServerCommands::add_domains(CLI::App& admin) {
    CLI::App* const domain = admin.add_subcommand(
        "domain", "Domains held to be a swindler's, told to those who check before they pay");
    domain->require_subcommand(1);
    struct Offer {
        DomainAct act;
        const char* name;
        const char* what;
    };
    constexpr Offer kOffers[] = {
        {DomainAct::Confirm, "confirm", "An investigator's decision: the domain is a swindler's"},
        {DomainAct::Withdraw, "withdraw", "Takes that decision back"},
        {DomainAct::List, "list", "Those that stand: domain, since, by whom, why"}};
    for (const Offer& offer : kOffers) {
        CLI::App* const command = domain->add_subcommand(offer.name, offer.what);
        DomainArguments& given = keep<DomainArguments>(command);
        given.act = offer.act;
        add_place(*command, given.place);
        if (offer.act == DomainAct::List) continue;
        command->add_option("domain", given.domain, "A domain, or a link to it")->required();
        command->add_option("--reason", given.reason, "Why: it stays beside the decision")
            ->required();
    }
}

std::optional<ServerArguments> ServerCommands::chosen() const {
    for (const Offered& one : offered_) {
        if (*one.command) return one.arguments();
    }
    return std::nullopt;
}

namespace {

struct Run {
    Exit operator()(const ServeArguments& given) { return serve_command(given); }
    Exit operator()(const ConfigArguments& given) { return config_command(given); }
    Exit operator()(const MigrateArguments& given) { return migrate_command(given); }
    Exit operator()(const BackupArguments& given) { return backup_command(given); }
    Exit operator()(const RestoreArguments& given) { return restore_command(given); }
    Exit operator()(const LedgerVerifyArguments& given) { return ledger_verify_command(given); }
    Exit operator()(const LedgerKeyArguments& given) { return ledger_key_command(given); }
    Exit operator()(const ReceiptVerifyArguments& given) { return receipt_verify_command(given); }
    Exit operator()(const ActArguments& given) { return act_command(given); }
    Exit operator()(const ApiKeyArguments& given) { return api_key_command(given); }
    Exit operator()(const LoadArguments& given) { return load_command(given); }
    Exit operator()(const DomainArguments& given) { return domain_command(given); }
    Exit operator()(const RebuildArguments& given) { return rebuild_command(given); }
    Exit operator()(const RoutesArguments& given) { return routes_command(given); }
    Exit operator()(const WorkerArguments& given) { return worker_command(given); }
};

} // namespace

Exit run_server_command(const ServerArguments& arguments) {
    return std::visit(Run{}, arguments);
}

} // namespace app

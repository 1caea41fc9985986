#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "intake/receipt.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/terminal/progress.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace app {
namespace {

/// A file's bytes, or the beginning of it: nothing that is checked is larger.
std::string beginning_of(const std::filesystem::path& file, std::size_t bytes_max) {
    std::ifstream in{file, std::ios::binary};
    std::string bytes(bytes_max, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

platform::crypto::Digest digest_of(const std::filesystem::path& file) {
    constexpr std::size_t kBlock = 1 << 16;
    std::ifstream in{file, std::ios::binary};
    platform::crypto::Sha256 digest;
    std::string block(kBlock, '\0');
    while (in.read(block.data(), kBlock) || in.gcount() > 0) {
        digest.add(std::string_view{block}.substr(0, static_cast<std::size_t>(in.gcount())));
    }
    return digest.finish();
}

/// The key as given: its text, or a file that holds the text.
std::optional<platform::crypto::PublicKey> key_of(const std::string& given) {
    if (const auto key = platform::crypto::public_key_from_text(given)) return key;
    std::string text = beginning_of(given, 200);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return platform::crypto::public_key_from_text(text);
}

} // namespace

Exit ledger_verify_command(const LedgerVerifyArguments& arguments) {
    const std::optional<Opened> opened = open_known_data(arguments.place);
    if (!opened) return Exit::Failed;
    platform::db::Connection connection{opened->base->address()};
    const std::uint64_t entries = platform::ledger::standing(connection).size;
    platform::terminal::Progress progress =
        platform::terminal::progress_on(STDERR_FILENO, arguments.quiet);
    const std::vector<platform::ledger::Fault> faults = platform::ledger::verify_log(
        connection, opened->base->keys().signing().public_key(), [&](std::uint64_t read) {
            progress.show("verifying",
                          entries == 0 ? 1
                                       : static_cast<double>(read) / static_cast<double>(entries),
                          read, "entries");
        });
    progress.clear();
    for (const platform::ledger::Fault& fault : faults) fmt::print("{}\n", fault.what);
    if (!faults.empty()) {
        return failed(fmt::format("the ledger does not hold: {} faults", faults.size()));
    }
    const platform::ledger::Standing standing = platform::ledger::standing(connection);
    fmt::print("The ledger holds: {} entries, root {}\n", standing.size,
               platform::crypto::to_hex(standing.root));
    return Exit::Done;
}

Exit ledger_key_command(const LedgerKeyArguments& arguments) {
    if (!has_data(arguments.place)) return Exit::Failed;
    platform::crypto::start();
    auto keys = platform::crypto::KeyRing::open(arguments.place.data / "keys");
    if (!keys) return failed(keys.error().what);
    fmt::print("{}\n", platform::crypto::to_text(keys->signing().public_key()));
    return Exit::Done;
}

Exit receipt_verify_command(const ReceiptVerifyArguments& arguments) {
    constexpr std::size_t kReceiptMax = 2 << 20;
    platform::crypto::start();
    const Result<intake::Receipt, std::string> receipt =
        intake::receipt_from_file(beginning_of(arguments.file, kReceiptMax));
    if (!receipt) {
        return failed(arguments.file.string() + " is no acknowledgement: " + receipt.error());
    }
    platform::crypto::PublicKey key = receipt->key;
    if (!arguments.key.empty()) {
        const std::optional<platform::crypto::PublicKey> given = key_of(arguments.key);
        if (!given) {
            return failed("the key is neither \"ed25519:…\" nor a file that holds such a line");
        }
        key = *given;
    }
    std::vector<std::string> faults = intake::faults_of(*receipt, key);
    const Result<intake::StatementFacts, std::string> facts =
        intake::read_facts(receipt->statement);
    if (facts) {
        for (const std::filesystem::path& file : arguments.evidence) {
            const std::string digest = platform::crypto::to_hex(digest_of(file));
            if (std::ranges::find(facts->files, digest) == facts->files.end()) {
                faults.push_back(file.string() + " is not among its files");
            }
        }
    }
    for (const std::string& fault : faults) fmt::print("{}\n", fault);
    if (!faults.empty()) return failed("this acknowledgement does not hold");
    fmt::print("It holds.\n  {} {} at {}\n  entry {} of a ledger of {}, signed {}\n  {} files\n",
               facts->reference, facts->act, facts->at, receipt->place.index, receipt->head.size,
               to_rfc3339(receipt->head.at), facts->files.size());
    if (arguments.key.empty()) {
        fmt::print("Checked with the key inside it: compare it with the one that the service "
                   "publishes.\n  {}\n",
                   platform::crypto::to_text(key));
    }
    return Exit::Done;
}

} // namespace app

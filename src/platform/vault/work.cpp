// The jobs: each bears being run twice, and being killed anywhere.
#include "platform/log/log.hpp"
#include "platform/vault/queries.hpp"
#include "platform/vault/scan/clamd.hpp"
#include "platform/vault/store/reading.hpp"
#include "platform/vault/store/state.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace platform::vault {

namespace {

using jobs::Outcome;

constexpr std::uint64_t kExaminedBytesMax = 64U << 20U; // as the sandbox takes, whole in memory
// The antivirus may be away for long, at one attempt an hour: a year, then a person looks.
constexpr unsigned kScanAttemptsMax = 24 * 366;
constexpr std::chrono::seconds kSweepEvery{600};

std::int64_t id_of(std::string_view subject) {
    std::int64_t id = 0;
    std::from_chars(subject.data(), subject.data() + subject.size(), id);
    return id; // 0 is nobody's
}

struct Found {
    sandbox::Task task;
    std::string_view ending;
};

/// What can be found in a file of the type.
std::optional<Found> findable_in(FileType type) {
    switch (type) {
    case FileType::Jpeg:
    case FileType::Png:
    case FileType::Webp: return Found{sandbox::Task::Thumbnail, kThumbnailEnding};
    case FileType::Pdf: return Found{sandbox::Task::PdfText, kTextEnding};
    case FileType::Mail: return Found{sandbox::Task::MailText, kTextEnding};
    case FileType::Gif:
    case FileType::Heic:
    case FileType::Text:
    case FileType::Office:
    case FileType::Other: break;
    }
    return std::nullopt;
}

/// One array of PostgreSQL; the names are hexadecimal digits.
std::string array_of(const std::vector<std::string>& names) {
    std::string out{"{"};
    for (const std::string& name : names) {
        if (out.size() > 1) out += ',';
        out += name;
    }
    return out + "}";
}

} // namespace

jobs::Outcome Vault::examine(db::Transaction& transaction, std::string_view subject,
                             const Examined& examined) {
    const std::int64_t id = id_of(subject);
    const std::optional<FileRow> file = state_->find(transaction.connection(), id);
    if (!file || file->examined) return Outcome::Done;
    const std::optional<Found> findable = findable_in(file->type);
    bool found = false;
    if (findable && file->bytes <= kExaminedBytesMax) {
        std::string content;
        Reading reading{state_->store, file->stored, file->key};
        for (std::string piece = reading(); !piece.empty(); piece = reading()) content += piece;
        const std::optional<std::string> decoded = state_->decode(findable->task, content);
        if (decoded) {
            const std::string context = context_beside(file->stored, findable->ending);
            state_->store.write(file->stored, findable->ending,
                                crypto::seal(file->key, *decoded, context));
            found = true;
        }
    }
    const bool is_picture = findable && findable->ending == kThumbnailEnding;
    const db::Rows rows =
        transaction.run(sql::kEndExamination, {id, found && is_picture, found && !is_picture});
    if (!rows.empty() && examined) examined(transaction, rows[0].text(0));
    return Outcome::Done;
}

jobs::Outcome Vault::scan(db::Transaction& transaction, std::string_view subject) {
    const std::int64_t id = id_of(subject);
    const std::optional<FileRow> file = state_->find(transaction.connection(), id);
    if (!file || file->scan != "waiting") return Outcome::Done;
    if (state_->clamd.empty()) { // it was configured when the file came, and no longer is
        transaction.run(sql::kEndScan, {id, "off"});
        return Outcome::Done;
    }
    const Verdict verdict =
        ask_clamd({.address = state_->clamd}, Reading{state_->store, file->stored, file->key});
    switch (verdict) {
    case Verdict::Clean: transaction.run(sql::kEndScan, {id, "clean"}); break;
    case Verdict::Infected:
        log::warning("vault.infected", {{"file", id}});
        transaction.run(sql::kEndScan, {id, "infected"});
        break;
    case Verdict::TooLarge:
        log::warning("vault.too_large_to_scan", {{"file", id}});
        transaction.run(sql::kEndScan, {id, "off"});
        break;
    case Verdict::Unknown: return Outcome::Later;
    }
    return Outcome::Done;
}

jobs::Outcome Vault::remove(db::Transaction& transaction, std::string_view subject) {
    if (!is_stored_name(subject)) return Outcome::Done;
    const std::string name{subject};
    if (transaction.run(sql::kKnownAmong, {array_of({name})}).empty()) {
        state_->staging.unless_held(name, std::chrono::steady_clock::now(),
                                    [&] { state_->store.remove(name); });
    }
    return Outcome::Done;
}

jobs::Outcome Vault::sweep(db::Transaction& transaction) {
    std::int64_t removed = state_->store.remove_old_arrivals(kStagedFor);
    state_->store.each_old(kStagedFor, [&](const std::vector<std::string>& names) {
        const db::Rows rows = transaction.run(sql::kKnownAmong, {array_of(names)});
        std::set<std::string_view> known;
        for (int i = 0; i < rows.size(); ++i) known.insert(rows[i].text(0));
        for (const std::string& name : names) {
            if (known.contains(name)) continue;
            // Adopting touches the file, and asks the staging table: looked at again under its
            // lock, a file that may still get a row is either held there or young.
            state_->staging.unless_held(name, std::chrono::steady_clock::now(), [&] {
                if (!state_->store.is_older(name, kStagedFor)) return;
                state_->store.remove(name);
                ++removed;
            });
        }
    });
    if (removed > 0) log::info("vault.swept", {{"files", removed}});
    return Outcome::Done;
}

void Vault::register_jobs(jobs::Workers& workers, Examined examined) {
    workers.handle("vault.examine", [this, examined = std::move(examined)](
                                        db::Transaction& transaction, std::string_view subject) {
        return examine(transaction, subject, examined);
    });
    workers.handle("vault.scan",
                   [this](db::Transaction& transaction, std::string_view subject) {
                       return scan(transaction, subject);
                   },
                   {.attempts_max = kScanAttemptsMax});
    workers.handle("vault.remove", [this](db::Transaction& transaction, std::string_view subject) {
        return remove(transaction, subject);
    });
    workers.repeat(
        "vault.sweep", kSweepEvery,
        [this](db::Transaction& transaction, std::string_view) { return sweep(transaction); });
}

} // namespace platform::vault

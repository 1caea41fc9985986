#include "chain/run.hpp"

#include "base/large_table.hpp"
#include "base/parallel.hpp"
#include "base/prefetch.hpp"
#include "chain/reading/batch.hpp"
#include "chain/reading/pool.hpp"
#include "engine/link/link.hpp"
#include "engine/priors/priors.hpp"
#include "engine/text/scripts.hpp"
#include "interchange/reject_reason.hpp"
#include "interchange/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace chain {
namespace {

constexpr std::size_t kPiecesPerBatch = 512;
constexpr std::size_t kBytesPerBatch = 1U << 20;
constexpr std::size_t kPassagesPerBlock = 8192;
constexpr std::size_t kPassagesAhead = 16;   // of which the scripts are asked for early
constexpr std::size_t kBatchesPerThread = 3; // in flight: enough that no worker waits

/// A passage of a record that is in the corpus, until all scripts are known.
struct PendingPassage {
    engine::link::Corpus::AppendedRecord record = 0;
    engine::link::Occurrence place;
    std::uint64_t folded_hash = 0;
};

/// Where a script was met.
struct Seen {
    std::optional<engine::link::Corpus::AppendedRecord> first;
    std::optional<engine::link::Corpus::AppendedKey> key; // once asked for
    bool reused = false;                                  // in two records or more

    void meet(engine::link::Corpus::AppendedRecord record) {
        if (!first) first = record;
        if (*first != record) reused = true;
    }
};

/// Puts the batches into the corpus, in the order of the input.
class Commit {
public:
    Commit(Outcome& outcome, const std::function<void(std::string_view)>& reject_line)
        : outcome_{outcome}, reject_line_{reject_line} {}

    void reject(const interchange::Reject& reject) {
        const std::vector<std::filesystem::path>& paths = outcome_.files.paths();
        const std::string file =
            reject.source.file < paths.size() ? paths[reject.source.file].string() : reject.record;
        line_.clear();
        interchange::append_jsonl(reject, file, line_);
        reject_line_(line_);
        ++outcome_.counts.in;
        ++outcome_.counts.rejected;
        ++outcome_.counts.rejected_by_reason[reject.reason];
    }

    void take(const Batch& batch) {
        for (const interchange::Reject& each : batch.rejects) reject(each);
        for (const ReadSketch& each : batch.sketches) {
            scripts_.add(each.folded_hash, each.sketch, each.author);
        }
        std::size_t occurrence = 0;
        std::size_t passage = 0;
        for (const ReadRecord& record : batch.records) {
            occurrences_.clear();
            for (; occurrence < record.occurrences_end; ++occurrence) {
                const ReadOccurrence& read = batch.occurrences[occurrence];
                occurrences_.push_back({read.kind, batch.text(read.value), read.place});
            }
            const auto appended = outcome_.corpus.append({.id = batch.text(record.id),
                                                          .received_at = record.received_at,
                                                          .scam_type = batch.text(record.scam_type),
                                                          .tag = outcome_.sources.size()},
                                                         occurrences_);
            if (!appended) {
                reject(
                    interchange::reject_of({.reason = interchange::RejectReason::DuplicateId,
                                            .field = "id",
                                            .what = "Another record of this run has the same id.",
                                            .record = std::string{batch.text(record.id)}},
                                           record.source));
                passage = record.passages_end;
                continue;
            }
            outcome_.sources.push_back(record.source);
            ++outcome_.counts.in;
            ++outcome_.counts.linked;
            outcome_.counts.mentions += occurrences_.size();
            for (; passage < record.passages_end; ++passage) {
                const ReadPassage& read = batch.passages[passage];
                pending_.push_back({*appended, read.place, read.folded_hash});
            }
        }
        outcome_.counts.bytes += batch.bytes;
        for (const std::string& extension : batch.attachments) {
            ++outcome_.counts.attachments_by_kind[extension];
        }
    }

    /// Gives every passage whose script stands in two records or more a key of its own.
    void add_scripts(unsigned threads) {
        using engine::text::Scripts;
        scripts_.find(threads);
        LargeTable<Scripts::Script> script_of(pending_.size());
        for_blocks(threads, pending_.size(), kPassagesPerBlock,
                   [&](std::size_t begin, std::size_t end, unsigned) {
                       for (std::size_t i = begin; i < end; ++i) {
                           script_of[i] = scripts_.script_of(pending_[i].folded_hash);
                       }
                   });
        LargeTable<Seen> seen(scripts_.texts());
        const auto seen_by = [&](std::size_t i) -> Seen& {
            prefetch(&seen[script_of[std::min(i + kPassagesAhead, script_of.size() - 1)]]);
            return seen[script_of[i]];
        };
        for (std::size_t i = 0; i < pending_.size(); ++i) seen_by(i).meet(pending_[i].record);
        for (std::size_t i = 0; i < pending_.size(); ++i) {
            Seen& script = seen_by(i);
            if (!script.reused) continue;
            if (!script.key) {
                script.key =
                    outcome_.corpus.key_of(engine::link::KeyKind::Script,
                                           fmt::format("{:016x}", scripts_.name_of(script_of[i])));
            }
            outcome_.corpus.add(pending_[i].record, *script.key, pending_[i].place);
        }
        pending_ = {};
    }

private:
    Outcome& outcome_;
    const std::function<void(std::string_view)>& reject_line_;
    engine::text::Scripts scripts_;
    LargeTable<PendingPassage> pending_;
    std::vector<engine::link::Corpus::NewOccurrence> occurrences_;
    std::string line_;
};

/// Times the stages of a run.
class Stopwatch {
public:
    explicit Stopwatch(Outcome& outcome) : outcome_{outcome} {}
    void stage(const char* name) {
        const auto now = std::chrono::steady_clock::now();
        outcome_.seconds.emplace_back(name, std::chrono::duration<double>(now - since_).count());
        since_ = now;
    }

private:
    Outcome& outcome_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

engine::link::Priors priors_for(const engine::link::Corpus& corpus, bool use) {
    engine::link::Priors priors;
    if (!use) return priors;
    priors.listed.resize(corpus.keys());
    for (engine::link::KeyIndex key = 0; key < corpus.keys(); ++key) {
        const engine::link::KeyKind kind = corpus.kind(key);
        if (kind == engine::link::KeyKind::Script) continue;
        priors.listed[key] =
            engine::priors::known(static_cast<engine::record::IdentifierType>(kind),
                                  corpus.value(key)) != engine::priors::Known::No;
    }
    return priors;
}

/// Reads all input into the corpus; false when it was stopped.
bool read_all(const RunPolicy& policy, unsigned threads,
              const std::function<void(const Standing&)>& progress, const std::atomic<bool>& stop,
              Outcome& outcome, Commit& commit) {
    const engine::extract::ExtractPolicy extract{.assumed_country = policy.assumed_country,
                                                 .card_key = policy.card_key,
                                                 .use_priors = policy.use_priors};
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < threads; ++i) {
        workers.push_back(std::make_unique<Worker>(outcome.files, policy.read, extract));
    }
    interchange::PieceReader reader{outcome.files, policy.read};
    OrderedPool<Batch> pool{threads,
                            [&](unsigned worker, Batch& batch) { workers[worker]->work(batch); }};
    std::vector<std::unique_ptr<Batch>> spare;
    bool more = true;
    while (more || pool.inside() > 0) {
        if (stop.load()) return false;
        if (more && pool.inside() < kBatchesPerThread * threads) {
            std::unique_ptr<Batch> batch = std::make_unique<Batch>();
            if (!spare.empty()) {
                batch = std::move(spare.back());
                spare.pop_back();
                batch->clear();
            }
            more = reader.next(batch->pieces, kPiecesPerBatch, kBytesPerBatch, batch->rejects);
            if (!more) batch->pieces.clear();
            pool.put(std::move(batch));
            continue;
        }
        std::unique_ptr<Batch> batch = pool.take();
        commit.take(*batch);
        spare.push_back(std::move(batch));
        if (progress) {
            const double total = static_cast<double>(outcome.files.bytes_total());
            const double done = static_cast<double>(reader.bytes_read());
            progress({"reading", total > 0 ? std::min(1.0, done / total) : 0, outcome.counts.in});
        }
    }
    return true;
}

} // namespace

RunEnd run(const std::vector<std::filesystem::path>& inputs, const RunPolicy& policy,
           const std::function<void(std::string_view)>& reject_line,
           const std::function<void(const Standing&)>& progress, const std::atomic<bool>& stop,
           Outcome& outcome) {
    const unsigned threads = thread_count(policy.threads);
    Stopwatch watch{outcome};
    outcome.files = interchange::InputFiles::from(inputs);
    outcome.read = policy.read;
    Commit commit{outcome, reject_line};
    for (const interchange::Reject& each : outcome.files.unreadable()) commit.reject(each);
    if (!read_all(policy, threads, progress, stop, outcome, commit)) return RunEnd::Interrupted;
    watch.stage("reading");
    commit.add_scripts(threads);
    outcome.corpus.seal(threads);
    watch.stage("indexing");
    if (stop.load()) return RunEnd::Interrupted;
    const engine::link::Priors priors = priors_for(outcome.corpus, policy.use_priors);
    outcome.grouping = engine::link::link(
        outcome.corpus, priors, {.threads = threads}, [&](std::string_view stage, double fraction) {
            if (progress) progress({stage, fraction, outcome.counts.linked});
        });
    watch.stage("linking");
    return stop.load() ? RunEnd::Interrupted : RunEnd::Finished;
}

} // namespace chain

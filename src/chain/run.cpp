#include "chain/run.hpp"

#include "base/parallel.hpp"
#include "chain/reading/batch.hpp"
#include "chain/reading/pool.hpp"
#include "engine/link/link.hpp"
#include "engine/memory/assembly.hpp"
#include "interchange/reject_reason.hpp"
#include "interchange/writer.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace chain {
namespace {

constexpr std::size_t kPiecesPerBatch = 512;
constexpr std::size_t kBytesPerBatch = 1U << 20;
constexpr std::size_t kBatchesPerThread = 3; // in flight: enough that no worker waits

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
        const engine::memory::Digests& digests = batch.digests;
        for (const interchange::Reject& each : batch.rejects) reject(each);
        for (const engine::memory::DigestSketch& each : digests.sketches) {
            assembly_.add_text(each.folded_hash, each.sketch, each.author);
        }
        std::size_t occurrence = 0;
        std::size_t passage = 0;
        for (std::size_t i = 0; i < digests.records.size(); ++i) {
            const engine::memory::DigestRecord& record = digests.records[i];
            occurrences_.clear();
            for (; occurrence < record.occurrences_end; ++occurrence) {
                const engine::memory::DigestOccurrence& read = digests.occurrences[occurrence];
                occurrences_.push_back({read.kind, digests.text(read.value), read.place});
            }
            const auto appended = assembly_.append({.id = digests.text(record.id),
                                                    .received_at = record.received_at,
                                                    .scam_type = digests.text(record.scam_type),
                                                    .tag = outcome_.sources.size()},
                                                   occurrences_);
            if (!appended) {
                reject_duplicate(digests.text(record.id), batch.sources[i]);
                passage = record.passages_end;
                continue;
            }
            outcome_.sources.push_back(batch.sources[i]);
            ++outcome_.counts.in;
            ++outcome_.counts.linked;
            outcome_.counts.mentions += occurrences_.size();
            for (; passage < record.passages_end; ++passage) {
                assembly_.add_passage(*appended, digests.passages[passage]);
            }
        }
        outcome_.counts.bytes += batch.bytes;
        for (const std::string& extension : batch.attachments) {
            ++outcome_.counts.attachments_by_kind[extension];
        }
    }

    /// Gives the scripts their keys and seals the corpus.
    void finish(unsigned threads) { assembly_.finish(threads); }

private:
    void reject_duplicate(std::string_view id, interchange::Source source) {
        reject(interchange::reject_of({.reason = interchange::RejectReason::DuplicateId,
                                       .field = "id",
                                       .what = "Another record of this run has the same id.",
                                       .record = std::string{id}},
                                      source));
    }

    Outcome& outcome_;
    const std::function<void(std::string_view)>& reject_line_;
    engine::memory::Assembly assembly_{outcome_.corpus};
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
    commit.finish(threads);
    watch.stage("indexing");
    if (stop.load()) return RunEnd::Interrupted;
    const engine::link::Priors priors =
        policy.use_priors ? engine::memory::priors_of(outcome.corpus) : engine::link::Priors{};
    outcome.grouping = engine::link::link(
        outcome.corpus, priors, {.threads = threads}, [&](std::string_view stage, double fraction) {
            if (progress) progress({stage, fraction, outcome.counts.linked});
        });
    watch.stage("linking");
    return stop.load() ? RunEnd::Interrupted : RunEnd::Finished;
}

} // namespace chain

// The server's memory of all declarations: how long it takes to take in one, and to link all,
// beside a run of the chain over the same records. `bench_memory records.jsonl…` prints one line a
// size.
#include "base/check.hpp"
#include "chain/run.hpp"
#include "engine/link/link.hpp"
#include "engine/memory/memory.hpp"
#include "interchange/reader.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace {

constexpr unsigned kThreads = 2;
constexpr std::size_t kBatch = 4096;
constexpr int kRepeats = 3;

double seconds_of(const auto& work) {
    double best = 1e9;
    for (int i = 0; i < kRepeats; ++i) {
        const auto began = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        best = std::min(best, took.count());
    }
    return best;
}

std::size_t heap_bytes() {
    const struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

/// Reads the records and gives them in batches to `take`.
void for_each_batch(const std::filesystem::path& path, const auto& take) {
    const interchange::InputFiles files = interchange::InputFiles::from({path});
    interchange::PieceReader reader{files, {}};
    interchange::PieceParser parser{files, {}};
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    std::vector<engine::record::Statement> statements;
    while (reader.next(pieces, kBatch, std::size_t{64} << 20, rejects)) {
        statements.clear();
        for (const interchange::Piece& piece : pieces) {
            if (const auto parsed = parser.parse(piece)) statements.push_back(**parsed);
        }
        take(statements);
    }
}

std::vector<std::string> groups_of(const engine::link::Corpus& corpus,
                                   const engine::link::Grouping& grouping) {
    std::vector<std::string> groups;
    for (engine::link::RecordIndex i = 0; i < corpus.size(); ++i) {
        groups.push_back(engine::link::group_name(corpus, grouping, grouping.group_of[i]));
    }
    return groups;
}

void measure(const std::filesystem::path& path) {
    const std::size_t before = heap_bytes();
    engine::memory::Memory memory{{}, kThreads};
    std::vector<engine::record::Statement> last;
    double filling = 0;
    for_each_batch(path, [&](const std::vector<engine::record::Statement>& statements) {
        const auto began = std::chrono::steady_clock::now();
        memory.put(statements);
        filling += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        last = statements;
    });
    const auto bytes = static_cast<double>(heap_bytes() - before);
    const double put_all = seconds_of([&] {
        for (const engine::record::Statement& each : last) memory.put(each);
    });
    engine::memory::Snapshot snapshot;
    const double linking = seconds_of([&] { snapshot = memory.link(); });
    chain::Outcome outcome;
    const std::atomic<bool> stop{false};
    chain::RunPolicy policy;
    policy.threads = kThreads;
    const double running = seconds_of([&] {
        outcome = {};
        check(chain::run(
                  {path}, policy, [](std::string_view) {}, {}, stop, outcome) ==
                  chain::RunEnd::Finished,
              "nobody stops it");
    });
    check(groups_of(snapshot.corpus, snapshot.grouping) ==
              groups_of(outcome.corpus, outcome.grouping),
          "both find the same groups");
    const auto count = static_cast<double>(memory.size());
    fmt::print("{} declarations: {:.0f} bytes each, filled in {:.2f} s, put of one {:.0f} µs, "
               "link {:.3f} s, chain's run {:.3f} s, ratio {:.2f}\n",
               memory.size(), bytes / count, filling,
               put_all / static_cast<double>(last.size()) * 1e6, linking, running,
               linking / running);
    for (const auto& [stage, seconds] : outcome.seconds)
        fmt::print("  {} {:.3f}\n", stage, seconds);
}

} // namespace

int main(int count, char** arguments) {
    for (int i = 1; i < count; ++i) measure(arguments[i]);
    return 0;
}

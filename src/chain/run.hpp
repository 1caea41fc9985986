// The job of `maillon link`: from files to groups on disk.
#pragma once

#include "engine/link/corpus.hpp"
#include "engine/link/grouping.hpp"
#include "engine/normalise/bank.hpp"
#include "engine/normalise/phone.hpp"
#include "interchange/reader.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chain {

struct RunPolicy {
    interchange::ReadPolicy read;
    engine::normalise::CountryCode assumed_country = engine::normalise::kFrance;
    engine::normalise::CardKey card_key{};
    unsigned threads = 0;   // 0: as many as the machine has
    bool use_priors = true; // shipped lists of public numbers, marketplaces, mail providers
};

struct Counts {
    std::uint64_t in = 0;       // records met
    std::uint64_t linked = 0;   // records that are in groups.csv; in = linked + rejected
    std::uint64_t rejected = 0; // lines of rejects.jsonl
    std::uint64_t mentions = 0;
    std::uint64_t bytes = 0; // of input, decompressed
    std::map<std::string, std::uint64_t> rejected_by_reason;
    std::map<std::string, std::uint64_t> attachments_by_kind; // noted for later, by file extension
};

/// Everything a run knows at its end. Texts are not kept: `sources` say where to read them again.
struct Outcome {
    interchange::InputFiles files;
    interchange::ReadPolicy read;
    std::vector<interchange::Source> sources; // by engine::link::Corpus::tag
    engine::link::Corpus corpus;
    engine::link::Grouping grouping;
    Counts counts;
    std::vector<std::pair<std::string, double>> seconds; // by stage, in order
};

/// Where the run stands, for the progress bar.
struct Standing {
    std::string_view stage; // "reading", "linking", "writing"
    double fraction = 0;    // of the stage
    std::uint64_t records = 0;
};

enum class RunEnd : std::uint8_t { Finished, Interrupted };

/// Reads, extracts, links. Rejects go to `reject_line` one JSON line at a time as they are met.
/// `stop` is looked at between batches: a run that it ends leaves `outcome` unfinished.
RunEnd run(const std::vector<std::filesystem::path>& inputs, const RunPolicy& policy,
           const std::function<void(std::string_view)>& reject_line,
           const std::function<void(const Standing&)>& progress, const std::atomic<bool>& stop,
           Outcome& outcome);

} // namespace chain

// The files of a finished run, in its output folder.
#pragma once

#include "chain/run.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace chain {

/// groups.csv, links.jsonl, summary.json and chain.bin (what explain() needs, and later the
/// snapshot of the memory). Each is written beside its place and renamed over it.
void write_outputs(const Outcome& outcome, const std::filesystem::path& folder);

/// report.html: one self-contained page. Reads again the texts of the records that it shows.
void write_report(const Outcome& outcome, const std::filesystem::path& folder);

struct Explanation {
    bool together = false;
    std::string text; // for people: several lines, plain words
};

enum class ExplainRefusal : std::uint8_t { NoRun, DamagedRun, UnknownRecordA, UnknownRecordB };

/// In words, why two records are together or are not, from what write_outputs() left in `folder`.
/// `language` is "en" or "fr".
Result<Explanation, ExplainRefusal> explain(const std::filesystem::path& folder,
                                            std::string_view a, std::string_view b,
                                            std::string_view language);

} // namespace chain

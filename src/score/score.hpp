// How right groups are, against a known truth.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace score {

struct Rates {
    double precision = 1;
    double recall = 1;
    double f1 = 1;
};

struct Figures {
    std::uint64_t records = 0;
    Rates pairwise;              // over unordered pairs of records
    Rates b_cubed;               // Bagga and Baldwin 1998: mean over records
    double false_merge_rate = 0; // share of records in a group whose majority is another offender
    std::uint64_t largest_group = 0;
    std::uint64_t largest_impure_group = 0; // size of the largest group with a minority above 5 %
    double fragments_per_group = 1; // mean number of found groups per true group of 2 or more
    std::uint64_t true_groups = 0;
    std::uint64_t found_groups = 0;
};

struct Scores {
    Figures all;
    std::map<std::string, Figures> by_kind; // truth.csv's third column: records of that kind alone
    std::uint64_t without_group = 0;        // in the truth, missing from the groups
    std::uint64_t without_truth = 0;        // in the groups, unknown to the truth: left out
};

/// Groups given as numbers, one per record; both of the same length.
[[nodiscard]] Figures figures(const std::vector<std::uint32_t>& truth,
                              const std::vector<std::uint32_t>& found);

struct ScoreRefusal {
    std::string file;
    std::uint64_t line = 0;
    std::string reason;
};

/// Reads truth.csv ("id,group[,kind]", header) and groups.csv ("id,group_id", header). A record of
/// the truth that is missing from the groups counts as a group of its own.
[[nodiscard]] Result<Scores, ScoreRefusal> score_files(const std::filesystem::path& truth,
                                                       const std::filesystem::path& groups);

} // namespace score

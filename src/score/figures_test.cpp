#include "score/score.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace score {
namespace {

struct Row {
    const char* name;
    std::vector<std::uint32_t> truth;
    std::vector<std::uint32_t> found;
    Figures expected;
};

// Worked by hand from the definitions.
const std::vector<Row> kRows{
    {"nothing", {}, {}, {}},
    {"one record",
     {7},
     {3},
     {.records = 1,
      .pairwise = {},
      .b_cubed = {},
      .largest_group = 1,
      .fragments_per_group = 1,
      .true_groups = 1,
      .found_groups = 1}},
    {"perfect, other names",
     {0, 0, 1, 1, 2},
     {5, 5, 4, 4, 9},
     {.records = 5,
      .pairwise = {},
      .b_cubed = {},
      .largest_group = 2,
      .fragments_per_group = 1,
      .true_groups = 3,
      .found_groups = 3}},
    {"all alone: four records of two offenders",
     {0, 0, 1, 1},
     {0, 1, 2, 3},
     {.records = 4,
      .pairwise = {1, 0, 0},
      .b_cubed = {1, .5, 2 * .5 / 1.5},
      .largest_group = 1,
      .fragments_per_group = 2,
      .true_groups = 2,
      .found_groups = 4}},
    // One group of 4: pairs 6, right 2. B-cubed precision 2/4 for each record.
    {"all together",
     {0, 0, 1, 1},
     {0, 0, 0, 0},
     {.records = 4,
      .pairwise = {2.0 / 6, 1, .5},
      .b_cubed = {.5, 1, 2 * .5 / 1.5},
      .false_merge_rate = .5,
      .largest_group = 4,
      .largest_impure_group = 4,
      .fragments_per_group = 1,
      .true_groups = 2,
      .found_groups = 1}},
    // Truth {a b c} {d e}; found {a b} {c d e}. Found pairs 1 + 3, right 1 + 1, true pairs 3 + 1.
    // Precision: a, b: 1; c: 1/3; d, e: 2/3. Recall: a, b: 2/3; c: 1/3; d, e: 1.
    {"one record strays",
     {0, 0, 0, 1, 1},
     {0, 0, 1, 1, 1},
     {.records = 5,
      .pairwise = {.5, .5, .5},
      .b_cubed = {(1 + 1 + 1.0 / 3 + 2.0 / 3 + 2.0 / 3) / 5, (2.0 / 3 * 2 + 1.0 / 3 + 2) / 5,
                  11.0 / 15},
      .false_merge_rate = .2,
      .largest_group = 3,
      .largest_impure_group = 3,
      .fragments_per_group = 1.5,
      .true_groups = 2,
      .found_groups = 2}},
};

void expect_near(const Figures& actual, const Figures& expected, const std::string& name) {
    constexpr double kExact = 1e-12;
    EXPECT_EQ(actual.records, expected.records) << name;
    EXPECT_NEAR(actual.pairwise.precision, expected.pairwise.precision, kExact) << name;
    EXPECT_NEAR(actual.pairwise.recall, expected.pairwise.recall, kExact) << name;
    EXPECT_NEAR(actual.pairwise.f1, expected.pairwise.f1, kExact) << name;
    EXPECT_NEAR(actual.b_cubed.precision, expected.b_cubed.precision, kExact) << name;
    EXPECT_NEAR(actual.b_cubed.recall, expected.b_cubed.recall, kExact) << name;
    EXPECT_NEAR(actual.b_cubed.f1, expected.b_cubed.f1, kExact) << name;
    EXPECT_NEAR(actual.false_merge_rate, expected.false_merge_rate, kExact) << name;
    EXPECT_EQ(actual.largest_group, expected.largest_group) << name;
    EXPECT_EQ(actual.largest_impure_group, expected.largest_impure_group) << name;
    EXPECT_NEAR(actual.fragments_per_group, expected.fragments_per_group, kExact) << name;
    EXPECT_EQ(actual.true_groups, expected.true_groups) << name;
    EXPECT_EQ(actual.found_groups, expected.found_groups) << name;
}

TEST(Figures, HandWorkedCases) {
    for (const Row& row : kRows) expect_near(figures(row.truth, row.found), row.expected, row.name);
}

TEST(Figures, MinorityOfOneInTwentyIsStillPure) {
    std::vector<std::uint32_t> truth(20, 0);
    truth[3] = 1;
    const std::vector<std::uint32_t> found(20, 0);
    EXPECT_EQ(figures(truth, found).largest_impure_group, 0U);
    truth[4] = 1;
    EXPECT_EQ(figures(truth, found).largest_impure_group, 20U);
}

using Groups = std::vector<std::uint32_t>;

std::uint64_t together(const Groups& groups, std::size_t record) {
    return static_cast<std::uint64_t>(std::count(groups.begin(), groups.end(), groups[record]));
}

std::uint64_t together(const Groups& truth, const Groups& found, std::size_t record) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] == truth[record] && found[i] == found[record]) ++count;
    }
    return count;
}

double f1(double precision, double recall) {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

Rates pairs_by_brute_force(const Groups& truth, const Groups& found) {
    double right = 0, claimed = 0, real = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool same_truth = truth[i] == truth[j];
            const bool same_found = found[i] == found[j];
            right += same_truth && same_found ? 1 : 0;
            claimed += same_found ? 1 : 0;
            real += same_truth ? 1 : 0;
        }
    }
    const double precision = claimed > 0 ? right / claimed : 1;
    const double recall = real > 0 ? right / real : 1;
    return {precision, recall, f1(precision, recall)};
}

/// The definitions written out record by record and pair by pair.
Figures by_brute_force(const Groups& truth, const Groups& found) {
    Figures result;
    const double size = static_cast<double>(truth.size());
    result.records = truth.size();
    result.pairwise = pairs_by_brute_force(truth, found);
    double precision = 0, recall = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const double both = static_cast<double>(together(truth, found, i));
        precision += both / static_cast<double>(together(found, i)) / size;
        recall += both / static_cast<double>(together(truth, i)) / size;
        result.largest_group = std::max(result.largest_group, together(found, i));
    }
    result.b_cubed = {precision, recall, f1(precision, recall)};
    const std::set<std::uint32_t> found_groups(found.begin(), found.end());
    const std::set<std::uint32_t> true_groups(truth.begin(), truth.end());
    result.found_groups = found_groups.size();
    result.true_groups = true_groups.size();
    double strays = 0;
    for (const std::uint32_t group : found_groups) {
        std::uint64_t members = 0, majority = 0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            if (found[i] != group) continue;
            ++members;
            majority = std::max(majority, together(truth, found, i));
        }
        strays += static_cast<double>(members - majority);
        if (static_cast<double>(members - majority) > 0.05 * static_cast<double>(members)) {
            result.largest_impure_group = std::max(result.largest_impure_group, members);
        }
    }
    result.false_merge_rate = strays / size;
    double pieces = 0, gangs = 0;
    for (const std::uint32_t group : true_groups) {
        std::set<std::uint32_t> parts;
        std::uint64_t members = 0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            if (truth[i] != group) continue;
            ++members;
            parts.insert(found[i]);
        }
        if (members < 2) continue;
        ++gangs;
        pieces += static_cast<double>(parts.size());
    }
    result.fragments_per_group = gangs > 0 ? pieces / gangs : 1;
    return result;
}

TEST(Figures, AgreesWithBruteForceOnRandomPartitions) {
    std::mt19937 source{20260301};
    const auto random = [&source] { return static_cast<std::uint32_t>(source()); };
    for (int trial = 0; trial < 500; ++trial) {
        const std::size_t size = 1 + random() % 40;
        const std::uint32_t true_groups = 1 + random() % 12;
        const std::uint32_t found_groups = 1 + random() % 12;
        Groups truth(size), found(size);
        for (std::size_t i = 0; i < size; ++i) {
            truth[i] = random() % true_groups;
            found[i] = random() % found_groups;
        }
        expect_near(figures(truth, found), by_brute_force(truth, found),
                    "trial " + std::to_string(trial));
    }
}

} // namespace
} // namespace score

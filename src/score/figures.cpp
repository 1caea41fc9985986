// Everything is counted on the cells of the contingency table: a cell is the set of records that
// share both their true group and their found group. Sorting the records by (found, true) makes
// each cell a run, so the cost is that of one sort, whatever the number of pairs.
#include "score/score.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace score {
namespace {

struct Cell {
    std::uint32_t found = 0;
    std::uint32_t truth = 0;
    std::uint64_t count = 0;
};

std::vector<Cell> contingency(const std::vector<std::uint32_t>& truth,
                              const std::vector<std::uint32_t>& found) {
    std::vector<std::uint64_t> keys(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
        keys[i] = (std::uint64_t{found[i]} << 32) | truth[i];
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i == 0 || keys[i] != keys[i - 1]) {
            cells.push_back({static_cast<std::uint32_t>(keys[i] >> 32),
                             static_cast<std::uint32_t>(keys[i]), 0});
        }
        ++cells.back().count;
    }
    return cells;
}

std::uint64_t pairs(std::uint64_t count) {
    return count * (count - 1) / 2;
}

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 1.0;
}

Rates rates(double precision, double recall) {
    const double sum = precision + recall;
    return {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0.0};
}

/// What one side of the table (the found groups, or the true ones) says.
struct Side {
    std::uint64_t groups = 0;
    std::uint64_t pairs_inside = 0;
    double squares_over_size = 0; // sum over cells of count² / size of the group
    std::uint64_t minority = 0;   // records outside their group's largest cell
    std::uint64_t largest = 0;
    std::uint64_t largest_impure = 0;
    std::uint64_t groups_of_two = 0; // groups of two records or more…
    std::uint64_t cells_of_two = 0;  // …and the number of cells they are cut into
};

/// `cells` are sorted so that each group of that side is a run; `group` reads it.
template <class Group> Side summarise(const std::vector<Cell>& cells, Group group) {
    constexpr std::uint64_t kMinorityShare = 20; // one in twenty: 5 %
    Side side;
    for (std::size_t begin = 0, end = 0; begin < cells.size(); begin = end) {
        std::uint64_t size = 0;
        std::uint64_t majority = 0;
        std::uint64_t squares = 0;
        for (end = begin; end < cells.size() && group(cells[end]) == group(cells[begin]); ++end) {
            size += cells[end].count;
            majority = std::max(majority, cells[end].count);
            squares += cells[end].count * cells[end].count;
        }
        ++side.groups;
        side.pairs_inside += pairs(size);
        side.squares_over_size += static_cast<double>(squares) / static_cast<double>(size);
        side.minority += size - majority;
        side.largest = std::max(side.largest, size);
        if ((size - majority) * kMinorityShare > size) {
            side.largest_impure = std::max(side.largest_impure, size);
        }
        if (size >= 2) {
            ++side.groups_of_two;
            side.cells_of_two += end - begin;
        }
    }
    return side;
}

} // namespace

Figures figures(const std::vector<std::uint32_t>& truth, const std::vector<std::uint32_t>& found) {
    check(truth.size() == found.size(), "one true and one found group per record");
    Figures result;
    result.records = truth.size();
    if (truth.empty()) return result;

    std::vector<Cell> cells = contingency(truth, found);
    const Side by_found = summarise(cells, [](const Cell& cell) { return cell.found; });
    std::sort(cells.begin(), cells.end(), [](const Cell& left, const Cell& right) {
        return left.truth != right.truth ? left.truth < right.truth : left.found < right.found;
    });
    const Side by_truth = summarise(cells, [](const Cell& cell) { return cell.truth; });
    std::uint64_t right_pairs = 0;
    for (const Cell& cell : cells) right_pairs += pairs(cell.count);

    const double records = static_cast<double>(truth.size());
    const double right = static_cast<double>(right_pairs);
    result.pairwise = rates(ratio(right, static_cast<double>(by_found.pairs_inside)),
                            ratio(right, static_cast<double>(by_truth.pairs_inside)));
    result.b_cubed =
        rates(by_found.squares_over_size / records, by_truth.squares_over_size / records);
    result.false_merge_rate = static_cast<double>(by_found.minority) / records;
    result.largest_group = by_found.largest;
    result.largest_impure_group = by_found.largest_impure;
    result.fragments_per_group = ratio(static_cast<double>(by_truth.cells_of_two),
                                       static_cast<double>(by_truth.groups_of_two));
    result.true_groups = by_truth.groups;
    result.found_groups = by_found.groups;
    return result;
}

} // namespace score

#include "platform/config/read/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace platform::config {

namespace {

/// Letters added, dropped, changed or swapped with their neighbour (optimal string alignment:
/// Damerau 1964 with each letter touched once), by three rows of Wagner and Fischer's table.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string> known) {
    std::optional<std::string_view> best;
    if (word.size() > kShownMax) return best;
    std::size_t best_distance = SIZE_MAX;
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance > std::max<std::size_t>(1, candidate.size() / 3)) continue;
        if (distance >= best_distance) continue;
        best_distance = distance;
        best = candidate;
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
    const std::optional<std::string_view> found = nearest(word, known);
    return found ? "; did you mean '" + std::string{*found} + "'?" : std::string{};
}

std::string printable(std::string_view name, std::size_t most) {
    std::string out{name.substr(0, most)};
    std::ranges::replace_if(out, [](char c) { return c < ' ' || c > '~'; }, '?');
    if (name.size() > most) out += "...";
    return out;
}

} // namespace platform::config

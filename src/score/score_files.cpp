#include "score/score.hpp"

#include <fstream>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace score {
namespace {

/// The fields of one CSV line (RFC 4180, no line break inside a field); nothing when a quote is
/// left open or stands inside a field without quotes.
std::optional<std::vector<std::string>> split_csv(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            fields.back() += '"';
            ++i;
        } else if (quoted && c == '"') {
            quoted = false;
            if (i + 1 < line.size() && line[i + 1] != ',') return std::nullopt;
        } else if (quoted) {
            fields.back() += c;
        } else if (c == '"') {
            if (!fields.back().empty()) return std::nullopt;
            quoted = true;
        } else if (c == ',') {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    if (quoted) return std::nullopt;
    return fields;
}

/// Dense numbers for words, in the order they come.
class Numbers {
public:
    std::uint32_t of(const std::string& word) {
        return numbers_.try_emplace(word, static_cast<std::uint32_t>(numbers_.size()))
            .first->second;
    }
    std::optional<std::uint32_t> find(const std::string& word) const {
        const auto found = numbers_.find(word);
        if (found == numbers_.end()) return std::nullopt;
        return found->second;
    }
    std::size_t size() const { return numbers_.size(); }

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

struct Truth {
    Numbers ids;
    Numbers kinds;
    Numbers groups;
    std::vector<std::string> kind_names; // by kind
    std::vector<std::uint32_t> group;    // by id
    std::vector<std::uint32_t> kind;     // by id
    bool has_kinds = false;
};

/// Calls `row` with the fields of each line after the header; stops at the first refusal, whose
/// reason `row` returns.
template <class Row>
std::optional<ScoreRefusal> read_csv(const std::filesystem::path& path, std::size_t columns_min,
                                     Row row) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return ScoreRefusal{path.string(), 0, "cannot be opened"};
    std::string line;
    std::uint64_t number = 0;
    while (std::getline(file, line)) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const auto fields = split_csv(line);
        if (!fields) return ScoreRefusal{path.string(), number, "quotes do not match"};
        if (fields->size() < columns_min) {
            return ScoreRefusal{path.string(), number,
                                "needs " + std::to_string(columns_min) + " columns"};
        }
        if (number == 1) continue; // the header
        if (const std::string reason = row(*fields); !reason.empty()) {
            return ScoreRefusal{path.string(), number, reason};
        }
    }
    if (number == 0) return ScoreRefusal{path.string(), 0, "is empty: a header is missing"};
    return std::nullopt;
}

Result<Truth, ScoreRefusal> read_truth(const std::filesystem::path& path) {
    Truth truth;
    const auto refusal = read_csv(path, 2, [&](const std::vector<std::string>& fields) {
        if (truth.ids.of(fields[0]) != truth.group.size()) return "this id stands here twice";
        truth.group.push_back(truth.groups.of(fields[1]));
        const std::string kind = fields.size() > 2 ? fields[2] : std::string{};
        truth.has_kinds = truth.has_kinds || !kind.empty();
        truth.kind.push_back(truth.kinds.of(kind));
        if (truth.kinds.size() > truth.kind_names.size()) truth.kind_names.push_back(kind);
        return "";
    });
    if (refusal) return refuse(*refusal);
    return truth;
}

} // namespace

Result<Scores, ScoreRefusal> score_files(const std::filesystem::path& truth_path,
                                         const std::filesystem::path& groups_path) {
    const Result<Truth, ScoreRefusal> truth = read_truth(truth_path);
    if (!truth) return refuse(truth.error());

    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    Scores scores;
    Numbers group_numbers;
    std::vector<std::uint32_t> found(truth->group.size(), kNone);
    const auto refusal = read_csv(groups_path, 2, [&](const std::vector<std::string>& fields) {
        const std::optional<std::uint32_t> record = truth->ids.find(fields[0]);
        if (!record) {
            ++scores.without_truth;
            return "";
        }
        if (found[*record] != kNone) return "this id stands here twice";
        found[*record] = group_numbers.of(fields[1]);
        return "";
    });
    if (refusal) return refuse(*refusal);

    std::uint32_t own_group = static_cast<std::uint32_t>(group_numbers.size());
    for (std::uint32_t& group : found) {
        if (group != kNone) continue;
        ++scores.without_group;
        group = own_group++;
    }
    scores.all = figures(truth->group, found);
    if (!truth->has_kinds) return scores;
    for (std::uint32_t kind = 0; kind < truth->kind_names.size(); ++kind) {
        std::vector<std::uint32_t> truth_of_kind;
        std::vector<std::uint32_t> found_of_kind;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (truth->kind[i] != kind) continue;
            truth_of_kind.push_back(truth->group[i]);
            found_of_kind.push_back(found[i]);
        }
        scores.by_kind[truth->kind_names[kind]] = figures(truth_of_kind, found_of_kind);
    }
    return scores;
}

} // namespace score

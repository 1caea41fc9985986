// Layout of the two drawings of a group. Units are those of the SVG's viewBox; the page never
// shows them smaller than 1:1, so that the text in them stays readable on a telephone.
#include "chain/report/parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace chain {
namespace {

using engine::link::KeyIndex;
using engine::link::RecordIndex;

constexpr UnixSeconds kWeekSeconds = 7 * 86'400;
constexpr std::size_t kBarsMax = 104; // two years of weeks
constexpr double kTimelineWidth = 320;
constexpr double kTimelineHeight = 60;

constexpr std::size_t kPictureIdentifiersMax = 24;
constexpr std::size_t kPictureRecordsMax = 36; // with them at most 60 nodes
constexpr double kPictureWidth = 480;
constexpr double kRecordX = 150;
constexpr double kIdentifierX = 250;
constexpr double kRowHeight = 22;
constexpr std::size_t kRecordLabelMax = 20; // characters that fit left of kRecordX
constexpr std::size_t kIdentifierLabelMax = 34;

/// The Monday of that instant's week, as weeks since Monday 29 December 1969.
std::int64_t week_of(UnixSeconds at) {
    const UnixSeconds shifted = at + 3 * 86'400; // 1970-01-01 was a Thursday
    return shifted >= 0 ? shifted / kWeekSeconds : (shifted - kWeekSeconds + 1) / kWeekSeconds;
}

std::string date_of_week(std::int64_t week) {
    return to_iso_date(week * kWeekSeconds - 3 * 86'400);
}

/// Records of a group that hold exactly the same drawn identifiers.
struct Alike {
    std::vector<std::size_t> identifiers; // positions among the drawn ones
    std::vector<RecordIndex> records;
    UnixSeconds first = std::numeric_limits<UnixSeconds>::max();
};

std::vector<Alike> alike_records(const Outcome& outcome, std::span<const RecordIndex> members,
                                 const std::vector<GroupKey>& drawn) {
    std::map<RecordIndex, std::vector<std::size_t>> held;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        for (const RecordIndex record : outcome.corpus.records(drawn[i].key)) {
            if (std::binary_search(members.begin(), members.end(), record)) {
                held[record].push_back(i);
            }
        }
    }
    std::map<std::vector<std::size_t>, Alike> by_identifiers;
    for (const auto& [record, identifiers] : held) {
        Alike& alike = by_identifiers[identifiers];
        alike.identifiers = identifiers;
        alike.records.push_back(record);
        alike.first =
            std::min(alike.first, outcome.corpus.received_at(record).value_or(alike.first));
    }
    std::vector<Alike> out;
    for (auto& [identifiers, alike] : by_identifiers) out.push_back(std::move(alike));
    // The most telling ones first: those that stand for most records and hold most identifiers.
    std::stable_sort(out.begin(), out.end(), [](const Alike& a, const Alike& b) {
        return a.records.size() * a.identifiers.size() > b.records.size() * b.identifiers.size();
    });
    if (out.size() > kPictureRecordsMax) out.resize(kPictureRecordsMax);
    std::stable_sort(out.begin(), out.end(),
                     [](const Alike& a, const Alike& b) { return a.first < b.first; });
    return out;
}

/// Identifiers in the order in which the drawn records first use them: few lines cross.
std::vector<std::size_t> order_of_use(const std::vector<Alike>& records, std::size_t identifiers) {
    std::vector<double> position(identifiers, 0);
    std::vector<double> users(identifiers, 0);
    for (std::size_t row = 0; row < records.size(); ++row) {
        for (const std::size_t identifier : records[row].identifiers) {
            position[identifier] += static_cast<double>(row);
            users[identifier] += 1;
        }
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < identifiers; ++i) {
        if (users[i] > 0) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return position[a] / users[a] < position[b] / users[b];
    });
    return order;
}

double row_y(std::size_t row, std::size_t rows, double height) {
    return height * (static_cast<double>(row) + 0.5) /
           static_cast<double>(std::max<std::size_t>(1, rows));
}

} // namespace

Timeline timeline_of(const Outcome& outcome, std::span<const RecordIndex> members) {
    Timeline out{.width = kTimelineWidth, .height = kTimelineHeight};
    std::vector<std::int64_t> weeks;
    for (const RecordIndex record : members) {
        if (const auto at = outcome.corpus.received_at(record)) weeks.push_back(week_of(*at));
    }
    if (weeks.empty()) return out;
    const auto [first, last] = std::minmax_element(weeks.begin(), weeks.end());
    const auto span = static_cast<std::size_t>(*last - *first) + 1;
    out.weeks_per_bar = (span + kBarsMax - 1) / kBarsMax;
    const std::size_t bars = (span + out.weeks_per_bar - 1) / out.weeks_per_bar;
    std::vector<std::size_t> counts(bars, 0);
    for (const std::int64_t week : weeks) {
        ++counts[static_cast<std::size_t>(week - *first) / out.weeks_per_bar];
    }
    out.highest = *std::max_element(counts.begin(), counts.end());
    out.first = date_of_week(*first);
    out.last = date_of_week(*last);
    const double step = std::min(kTimelineWidth / static_cast<double>(bars), 16.0);
    for (std::size_t i = 0; i < bars; ++i) {
        if (counts[i] == 0) continue;
        const double height =
            kTimelineHeight * static_cast<double>(counts[i]) / static_cast<double>(out.highest);
        out.bars.push_back(
            {.x = step * static_cast<double>(i),
             .y = kTimelineHeight - height,
             .width = std::max(step * 0.8, 1.0),
             .height = height,
             .label = date_of_week(*first + static_cast<std::int64_t>(i * out.weeks_per_bar)),
             .count = counts[i]});
    }
    return out;
}

Picture picture_of(const Outcome& outcome, std::span<const RecordIndex> members,
                   const std::vector<GroupKey>& keys) {
    const std::vector<GroupKey> drawn{
        keys.begin(),
        keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), kPictureIdentifiersMax))};
    const std::vector<Alike> records = alike_records(outcome, members, drawn);
    const std::vector<std::size_t> order = order_of_use(records, drawn.size());

    Picture out{.width = kPictureWidth, .records_all = members.size()};
    out.height = kRowHeight * static_cast<double>(std::max(records.size(), order.size()));
    std::vector<double> identifier_y(drawn.size(), 0);
    for (std::size_t row = 0; row < order.size(); ++row) {
        const KeyIndex key = drawn[order[row]].key;
        identifier_y[order[row]] = row_y(row, order.size(), out.height);
        const std::string mark = outcome.corpus.kind(key) == engine::link::KeyKind::Script
                                     ? "¶ " // a text, not an identifier
                                     : "";
        const std::string value = shown_value(outcome.corpus.kind(key), outcome.corpus.value(key));
        out.identifiers.push_back({.x = kIdentifierX,
                                   .y = identifier_y[order[row]],
                                   .radius = 4,
                                   .label = mark + shown_text(value, kIdentifierLabelMax)});
    }
    for (std::size_t row = 0; row < records.size(); ++row) {
        const Alike& alike = records[row];
        const double y = row_y(row, records.size(), out.height);
        const std::size_t count = alike.records.size();
        out.records_drawn += count;
        out.records.push_back(
            {.x = kRecordX,
             .y = y,
             .radius = std::min(3.0 + std::sqrt(static_cast<double>(count)), kRowHeight / 2 - 1),
             .label = count == 1
                          ? shown_text(outcome.corpus.id(alike.records.front()), kRecordLabelMax)
                          : "× " + std::to_string(count)});
        for (const std::size_t identifier : alike.identifiers) {
            out.edges.push_back(
                {.x1 = kRecordX, .y1 = y, .x2 = kIdentifierX, .y2 = identifier_y[identifier]});
        }
    }
    return out;
}

} // namespace chain

#include "interchange/csv/row.hpp"

#include "interchange/record/limits.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fmt/format.h>

namespace interchange::csv {

namespace {

using engine::record::Statement;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The cells of one row, seen through the mapping.
struct Row {
    const Mapping& mapping;
    const std::vector<std::string>& cells;

    [[nodiscard]] std::string_view cell(const Column& column) const {
        const std::string_view text = trimmed(cells[column.index]);
        const bool empty =
            std::ranges::find(mapping.empty_cells, text) != mapping.empty_cells.end();
        return empty ? std::string_view{} : text;
    }
    /// None or one column.
    [[nodiscard]] std::string_view one(const Columns& columns) const {
        return columns.empty() ? std::string_view{} : cell(columns.front());
    }
    [[nodiscard]] std::string joined(const Columns& columns, std::string_view between) const {
        std::string out;
        for (const Column& column : columns) {
            const std::string_view text = cell(column);
            if (text.empty()) continue;
            if (!out.empty()) out += between;
            out += text;
        }
        return out;
    }
};

std::optional<UnixSeconds> parse_with(const std::string& format, const std::string& text,
                                      int utc_offset_seconds) {
    std::tm parts{};
    parts.tm_mday = 1;
    const char* end = strptime(text.c_str(), format.c_str(), &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    const bool has_offset = format.find("%z") != std::string::npos;
    const long offset = has_offset ? parts.tm_gmtoff : utc_offset_seconds;
    return timegm(&parts) - offset;
}

std::optional<Fault> read_date(const Row& row, const Columns& columns,
                               std::optional<UnixSeconds>& out) {
    const std::string text{row.one(columns)};
    if (text.empty()) return std::nullopt;
    if (row.mapping.date_formats.empty()) out = parse_rfc3339(text);
    for (const std::string& format : row.mapping.date_formats) {
        if (!out) out = parse_with(format, text, row.mapping.utc_offset_seconds);
    }
    if (out) return std::nullopt;
    return Fault{
        .reason = RejectReason::InvalidDate,
        .field = columns.front().name,
        .what = fmt::format("'{}' has none of the formats of the mapping's [dates].", shown(text)),
        .record = {}};
}

/// Parts of a cell between separators, blanks around them taken away.
template <class Visit>
void for_each_value(std::string_view cell, std::string_view separator, const Visit& visit) {
    while (!cell.empty()) {
        const std::size_t at = separator.empty() ? cell.npos : cell.find(separator);
        const std::string_view value = trimmed(cell.substr(0, at));
        if (!value.empty()) visit(value);
        if (at == cell.npos) break;
        cell.remove_prefix(at + separator.size());
    }
}

std::optional<Fault> read_messages(const Row& row, Statement& out) {
    for (const MessageColumns& columns : row.mapping.messages) {
        std::string text = row.joined(columns.text, "\n");
        if (text.empty()) continue;
        engine::record::Message& message = out.messages.emplace_back();
        message.from = columns.from;
        message.text = std::move(text);
        if (std::optional<Fault> fault = read_date(row, columns.at, message.at)) return fault;
    }
    return std::nullopt;
}

std::optional<Fault> read_personas(const Row& row, Statement& out) {
    for (const PersonaColumns& columns : row.mapping.personas) {
        engine::record::Persona persona{.pseudonym = std::string{row.one(columns.pseudonym)},
                                        .name = std::string{row.one(columns.name)},
                                        .platform = std::string{row.one(columns.platform)},
                                        .handle = std::string{row.one(columns.handle)},
                                        .age = std::nullopt,
                                        .occupation = std::string{row.one(columns.occupation)},
                                        .city = std::string{row.one(columns.city)},
                                        .country = std::string{row.one(columns.country)}};
        const std::string_view age = row.one(columns.age);
        if (!age.empty()) {
            int years = -1;
            const std::from_chars_result read =
                std::from_chars(age.data(), age.data() + age.size(), years);
            if (read.ec != std::errc{} || read.ptr != age.data() + age.size() || years < 0 ||
                years > record::kAgeMax) {
                return Fault{.reason = RejectReason::InvalidValue,
                             .field = columns.age.front().name,
                             .what = "The age is not a number of years.",
                             .record = {}};
            }
            persona.age = years;
        }
        const bool anything = persona.age || !persona.pseudonym.empty() || !persona.name.empty() ||
                              !persona.handle.empty() || !persona.occupation.empty() ||
                              !persona.city.empty() || !persona.country.empty();
        if (!anything) continue;
        if (persona.platform.empty()) persona.platform = columns.platform_is;
        out.personas.push_back(std::move(persona));
    }
    return std::nullopt;
}

std::optional<Fault> read_payments(const Row& row, Statement& out) {
    for (const PaymentColumns& columns : row.mapping.payments) {
        engine::record::Payment payment{.at = std::nullopt,
                                        .amount = std::string{row.one(columns.amount)},
                                        .currency = std::string{row.one(columns.currency)},
                                        .means = std::string{row.one(columns.means)},
                                        .to = std::string{row.one(columns.to)}};
        if (payment.amount.empty() && payment.to.empty()) continue;
        if (payment.currency.empty()) payment.currency = columns.currency_is;
        if (payment.means.empty()) payment.means = columns.means_is;
        if (std::optional<Fault> fault = read_date(row, columns.at, payment.at)) return fault;
        out.payments.push_back(std::move(payment));
    }
    return std::nullopt;
}

void read_values(const Row& row, Statement& out) {
    for (const IdentifierColumns& columns : row.mapping.identifiers) {
        const std::string_view platform = row.one(columns.platform);
        for_each_value(row.one(columns.value), columns.separator, [&](std::string_view value) {
            out.identifiers.push_back(
                {.type = columns.type,
                 .value = std::string{value},
                 .role = columns.role,
                 .platform = platform.empty() ? columns.platform_is : std::string{platform}});
        });
    }
    for (const AttachmentColumns& columns : row.mapping.attachments) {
        for_each_value(row.one(columns.path), columns.separator, [&](std::string_view value) {
            const std::size_t slash = value.find_last_of("/\\");
            const std::string_view name =
                slash == std::string_view::npos ? value : value.substr(slash + 1);
            out.attachments.push_back({.path = std::string{value}, .name = std::string{name}});
        });
    }
}

std::optional<Fault> read_kind(const Row& row, Statement& out) {
    out.kind = row.mapping.kind;
    const std::string_view word = row.one(row.mapping.kind_columns);
    if (word.empty()) return std::nullopt;
    const std::size_t index = static_cast<std::size_t>(
        std::ranges::find(engine::record::kKindNames, word) - engine::record::kKindNames.begin());
    if (index == engine::record::kKindNames.size()) {
        return Fault{.reason = RejectReason::UnknownValue,
                     .field = row.mapping.kind_columns.front().name,
                     .what = fmt::format("'{}' is not one of: {}.", shown(word),
                                         fmt::join(engine::record::kKindNames, ", ")),
                     .record = {}};
    }
    out.kind = static_cast<engine::record::Kind>(index);
    return std::nullopt;
}

} // namespace

void QuoteState::read(std::string_view bytes) {
    for (const char c : bytes) {
        if (c == '"') {
            switch (state_) {
            case State::CellBegins: state_ = State::Quoted; break;
            case State::Bare: break;
            case State::Quoted: state_ = State::QuoteInQuoted; break;
            case State::QuoteInQuoted: state_ = State::Quoted; break;
            }
        } else if (state_ != State::Quoted) {
            state_ = c == delimiter_ || c == '\n' ? State::CellBegins : State::Bare;
        }
    }
}

void split(std::string_view row, char delimiter, std::vector<std::string>& cells) {
    if (row.ends_with('\n')) row.remove_suffix(1);
    if (row.ends_with('\r')) row.remove_suffix(1);
    std::size_t count = 0;
    std::size_t at = 0;
    while (true) {
        if (cells.size() == count) cells.emplace_back();
        std::string& cell = cells[count++];
        cell.clear();
        if (at < row.size() && row[at] == '"') {
            for (++at; at < row.size(); ++at) {
                if (row[at] != '"') {
                    cell += row[at];
                } else if (at + 1 < row.size() && row[at + 1] == '"') {
                    cell += row[++at];
                } else {
                    ++at;
                    break;
                }
            }
        }
        const std::size_t end = std::min(row.find(delimiter, at), row.size());
        cell += row.substr(at, end - at);
        if (end == row.size()) break;
        at = end + 1;
    }
    cells.resize(count);
}

std::optional<Fault> read_row(const Mapping& mapping, const std::vector<std::string>& cells,
                              std::uint64_t line, Statement& out) {
    const Row row{mapping, cells};
    record::clear(out);
    if (cells.size() != mapping.cells) {
        return Fault{.reason = RejectReason::WrongCellCount,
                     .field = {},
                     .what = fmt::format("The row has {} cells, the first row has {}.",
                                         cells.size(), mapping.cells),
                     .record = {}};
    }
    const std::string id =
        mapping.id_columns.empty() ? std::to_string(line) : row.joined(mapping.id_columns, "-");
    if (id.empty()) {
        return Fault{.reason = RejectReason::MissingField,
                     .field = "id",
                     .what = "The cells that give the id are empty.",
                     .record = {}};
    }
    out.id = mapping.id_prefix + id;
    std::optional<Fault> fault = record::check_id(out.id);
    if (!fault) fault = read_kind(row, out);
    if (!fault) fault = read_date(row, mapping.received_at_columns, out.received_at);
    if (!fault) fault = read_messages(row, out);
    if (!fault) fault = read_personas(row, out);
    if (!fault) fault = read_payments(row, out);
    if (fault) {
        if (fault->field != "id") fault->record = out.id;
        return fault;
    }
    const std::string_view lang = row.one(mapping.lang_columns);
    out.lang = lang.empty() ? mapping.lang : std::string{lang};
    out.scam_type = row.joined(mapping.scam_type_columns, " / ");
    if (out.scam_type.empty()) out.scam_type = mapping.scam_type;
    out.narrative = row.joined(mapping.narrative_columns, "\n");
    read_values(row, out);
    return record::check_counts(out);
}

} // namespace interchange::csv

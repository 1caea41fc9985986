#include "interchange/csv/mapping.hpp"

#include "base/toml_stray.hpp"
#include "interchange/csv/row.hpp"
#include "interchange/csv/toml_reader.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace interchange::csv {

namespace {

using engine::record::kIdentifierTypeNames;
using engine::record::kKindNames;
using engine::record::kRoleNames;
using engine::record::kSpeakerNames;

constexpr std::string_view kDelimiters = ",;\t|";
constexpr std::size_t kMappingBytesMax = 1 << 20; // written by hand

void columns(TableReader& reader, std::string_view key, Columns& out) {
    std::vector<std::string> names;
    reader.texts(key, names);
    for (std::string& name : names) out.push_back({.name = std::move(name)});
}

void column(TableReader& reader, std::string_view key, Columns& out) {
    columns(reader, key, out);
    if (out.size() > 1) reader.fail(key, "One column only.");
}

int read_utc_offset(TableReader& reader) {
    std::string written;
    reader.text("utc_offset", written);
    if (written.empty()) return 0;
    // An instant written with and without the offset differs by the offset.
    const std::optional<UnixSeconds> there = parse_rfc3339("2000-01-01T00:00:00" + written);
    if (!there) reader.fail("utc_offset", "Write it as +01:00.");
    return there ? static_cast<int>(*parse_rfc3339("2000-01-01") - *there) : 0;
}

void read_lists(TableReader& document, Mapping& out, std::optional<Fault>& fault) {
    const auto each = [&](std::string_view key, const auto& read) {
        std::size_t index = 0;
        for (const toml::table* table : document.tables(key)) {
            TableReader reader{*table, fmt::format("{}/{}", key, index++), fault};
            read(reader);
            reader.finish();
        }
    };
    each("messages", [&](TableReader& reader) {
        MessageColumns& message = out.messages.emplace_back();
        reader.word("from", kSpeakerNames, message.from);
        columns(reader, "text", message.text);
        reader.require("text");
        column(reader, "at", message.at);
    });
    each("identifiers", [&](TableReader& reader) {
        IdentifierColumns& identifier = out.identifiers.emplace_back();
        reader.word("type", kIdentifierTypeNames, identifier.type);
        reader.require("type");
        reader.word("role", kRoleNames, identifier.role);
        reader.require("role");
        column(reader, "column", identifier.value);
        reader.require("column");
        column(reader, "platform", identifier.platform);
        reader.text("platform_is", identifier.platform_is);
        reader.text("separator", identifier.separator);
    });
    each("personas", [&](TableReader& reader) {
        PersonaColumns& persona = out.personas.emplace_back();
        column(reader, "pseudonym", persona.pseudonym);
        column(reader, "name", persona.name);
        column(reader, "platform", persona.platform);
        reader.text("platform_is", persona.platform_is);
        column(reader, "handle", persona.handle);
        column(reader, "age", persona.age);
        column(reader, "occupation", persona.occupation);
        column(reader, "city", persona.city);
        column(reader, "country", persona.country);
    });
    each("payments", [&](TableReader& reader) {
        PaymentColumns& payment = out.payments.emplace_back();
        column(reader, "at", payment.at);
        column(reader, "amount", payment.amount);
        column(reader, "currency", payment.currency);
        reader.text("currency_is", payment.currency_is);
        column(reader, "means", payment.means);
        reader.text("means_is", payment.means_is);
        column(reader, "to", payment.to);
    });
    each("attachments", [&](TableReader& reader) {
        AttachmentColumns& attachment = out.attachments.emplace_back();
        column(reader, "column", attachment.path);
        reader.require("column");
        reader.text("separator", attachment.separator);
    });
}

void read_document(const toml::table& table, Mapping& out, std::optional<Fault>& fault) {
    TableReader document{table, "", fault};
    std::string delimiter;
    document.text("delimiter", delimiter);
    if (delimiter.size() > 1 ||
        (!delimiter.empty() && kDelimiters.find(delimiter[0]) == kDelimiters.npos)) {
        document.fail("delimiter", "One of , ; | or a tab (\"\\t\").");
    } else if (!delimiter.empty()) {
        out.delimiter = delimiter[0];
    }
    document.text("encoding", out.encoding);
    document.texts("empty_cells", out.empty_cells);
    if (const toml::table* dates = document.table("dates")) {
        TableReader reader{*dates, "dates", fault};
        reader.texts("formats", out.date_formats);
        out.utc_offset_seconds = read_utc_offset(reader);
        reader.finish();
    }
    if (const toml::table* constants = document.table("constants")) {
        TableReader reader{*constants, "constants", fault};
        reader.word("kind", kKindNames, out.kind);
        reader.text("lang", out.lang);
        reader.text("scam_type", out.scam_type);
        reader.text("id_prefix", out.id_prefix);
        reader.finish();
    }
    if (const toml::table* record = document.table("columns")) {
        TableReader reader{*record, "columns", fault};
        columns(reader, "id", out.id_columns);
        column(reader, "kind", out.kind_columns);
        column(reader, "received_at", out.received_at_columns);
        column(reader, "lang", out.lang_columns);
        columns(reader, "scam_type", out.scam_type_columns);
        columns(reader, "narrative", out.narrative_columns);
        reader.finish();
    }
    document.require("columns");
    read_lists(document, out, fault);
    document.finish();
}

/// Every column that the mapping names.
std::vector<Column*> named_columns(Mapping& mapping) {
    std::vector<Column*> found;
    const auto add = [&](std::initializer_list<Columns*> lists) {
        for (Columns* list : lists) {
            for (Column& one : *list) found.push_back(&one);
        }
    };
    add({&mapping.id_columns, &mapping.kind_columns, &mapping.received_at_columns,
         &mapping.lang_columns, &mapping.scam_type_columns, &mapping.narrative_columns});
    for (MessageColumns& m : mapping.messages) add({&m.text, &m.at});
    for (IdentifierColumns& i : mapping.identifiers) add({&i.value, &i.platform});
    for (PersonaColumns& p : mapping.personas) {
        add({&p.pseudonym, &p.name, &p.platform, &p.handle, &p.age, &p.occupation, &p.city,
             &p.country});
    }
    for (PaymentColumns& p : mapping.payments) {
        add({&p.at, &p.amount, &p.currency, &p.means, &p.to});
    }
    for (AttachmentColumns& a : mapping.attachments) add({&a.path});
    return found;
}

Fault bad_mapping(std::string what) {
    return {.reason = RejectReason::BadMapping, .field = {}, .what = std::move(what), .record = {}};
}

} // namespace

Result<Mapping, Fault> parse_mapping(std::string_view toml) {
    if (const std::optional<std::size_t> stray = first_stray(toml)) {
        return refuse(bad_mapping(
            fmt::format("Line {} is not TOML: a letter that is not ASCII stands outside of quotes.",
                        1 + std::ranges::count(toml.substr(0, *stray), '\n'))));
    }
    const toml::parse_result parsed = toml::parse(toml);
    if (!parsed) {
        return refuse(
            bad_mapping(fmt::format("Line {} is not TOML: {}.", parsed.error().source().begin.line,
                                    parsed.error().description())));
    }
    Mapping mapping;
    std::optional<Fault> fault;
    read_document(parsed.table(), mapping, fault);
    if (fault) return refuse(std::move(*fault));
    return mapping;
}

Result<Mapping, Fault> read_mapping(const std::filesystem::path& path) {
    if (path.empty()) {
        return refuse(Fault{.reason = RejectReason::NoMapping,
                            .field = {},
                            .what = "Nothing says which column gives which field.",
                            .record = {}});
    }
    std::ifstream file{path, std::ios::binary};
    std::string text(kMappingBytesMax, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof() || file.bad()) {
        return refuse(bad_mapping(fmt::format("{} cannot be read.", path.string())));
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parse_mapping(text);
}

char guess_delimiter(std::string_view first_row) {
    char best = kDelimiters.front();
    std::ptrdiff_t most = 0;
    for (const char candidate : kDelimiters) {
        const std::ptrdiff_t count = std::ranges::count(first_row, candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

Result<Mapping, Fault> fit(Mapping mapping, std::string_view first_row) {
    if (mapping.delimiter == '\0') mapping.delimiter = guess_delimiter(first_row);
    std::vector<std::string> cells;
    split(to_utf8(first_row, mapping.encoding), mapping.delimiter, cells);
    mapping.cells = cells.size();
    for (Column* column : named_columns(mapping)) {
        const std::vector<std::string>::iterator found = std::ranges::find(cells, column->name);
        if (found == cells.end()) {
            return refuse(Fault{
                .reason = RejectReason::MissingColumn,
                .field = column->name,
                .what = fmt::format("The mapping names the column '{}'; the first row has: {}.",
                                    column->name, fmt::join(cells, ", ")),
                .record = {}});
        }
        column->index = static_cast<std::size_t>(found - cells.begin());
    }
    return mapping;
}

std::string skeleton(std::string_view first_row) {
    std::vector<std::string> cells;
    const char delimiter = guess_delimiter(first_row);
    split(first_row, delimiter, cells);
    const auto quoted = [](std::string_view text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
        return out + '"';
    };
    std::string out = "# The columns of the file:\n";
    for (const std::string& cell : cells) out += "#   " + quoted(cell) + "\n";
    const std::string first = quoted(cells.front());
    out += fmt::format("delimiter = \"{}\"\n",
                       delimiter == '\t' ? std::string{"\\t"} : std::string{delimiter});
    out += fmt::format("[constants]\nkind = \"complaint\"\n[columns]\nid = {}\n", first);
    out += "# received_at = \"…\"\n# narrative = [\"…\", \"…\"]\n";
    out += "# [[identifiers]]\n# column = \"…\"\n# type = \"phone\"\n# role = \"suspect\"\n";
    return out;
}

} // namespace interchange::csv

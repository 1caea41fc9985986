// Which column of a CSV file gives which field: read from a TOML file (docs/interchange.md), then
// fitted to the first row of each CSV file.
#pragma once

#include "base/result.hpp"
#include "engine/record/statement.hpp"
#include "interchange/reject_reason.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace interchange::csv {

struct Column {
    std::string name;
    std::size_t index = 0; // known once fitted
};

using Columns = std::vector<Column>;

struct MessageColumns {
    engine::record::Speaker from = engine::record::Speaker::Suspect;
    Columns text;
    Columns at; // none or one, as everywhere below
};

struct IdentifierColumns {
    engine::record::IdentifierType type = engine::record::IdentifierType::Name;
    engine::record::Role role = engine::record::Role::Suspect;
    Columns value;
    Columns platform;
    std::string platform_is;
    std::string separator; // empty: one value a cell
};

struct PersonaColumns {
    Columns pseudonym, name, platform, handle, age, occupation, city, country;
    std::string platform_is;
};

struct PaymentColumns {
    Columns at, amount, currency, means, to;
    std::string currency_is;
    std::string means_is;
};

struct AttachmentColumns {
    Columns path;
    std::string separator;
};

struct Mapping {
    char delimiter = '\0';                 // '\0': guessed from the first row
    std::size_t cells = 0;                 // of each row, known once fitted
    std::string encoding;                  // empty: UTF-8
    std::vector<std::string> empty_cells;  // "NA", "None": read as nothing
    std::vector<std::string> date_formats; // of strptime(3); none: RFC 3339
    int utc_offset_seconds = 0;            // of dates that do not say theirs
    std::string id_prefix;
    engine::record::Kind kind = engine::record::Kind::Complaint;
    std::string lang;
    std::string scam_type;

    Columns id_columns; // none: the line number
    Columns kind_columns;
    Columns received_at_columns;
    Columns lang_columns;
    Columns scam_type_columns;
    Columns narrative_columns;
    std::vector<MessageColumns> messages;
    std::vector<IdentifierColumns> identifiers;
    std::vector<PersonaColumns> personas;
    std::vector<PaymentColumns> payments;
    std::vector<AttachmentColumns> attachments;
};

/// The mapping of a file, or a fault that says which key of it is wrong. No path: no_mapping.
Result<Mapping, Fault> read_mapping(const std::filesystem::path& path);
Result<Mapping, Fault> parse_mapping(std::string_view toml);

/// The delimiter that the first row uses most, of comma, semicolon, tab and bar.
char guess_delimiter(std::string_view first_row);

/// The mapping with the places of its columns in that row, and its delimiter settled.
Result<Mapping, Fault> fit(Mapping mapping, std::string_view first_row);

/// A mapping to complete: every column of the row, each with what it may be.
std::string skeleton(std::string_view first_row);

} // namespace interchange::csv

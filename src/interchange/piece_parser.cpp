#include "interchange/csv/row.hpp"
#include "interchange/cut/csv_rows.hpp"
#include "interchange/mail/mail.hpp"
#include "interchange/reader.hpp"
#include "interchange/record/json_record.hpp"
#include "interchange/record/limits.hpp"
#include "interchange/record/text_file.hpp"
#include "interchange/utf8.hpp"

#include <fmt/format.h>
#include <map>

namespace interchange {

namespace {
constexpr std::size_t kFirstRowBuffer = 1 << 16;
constexpr std::size_t kMappingsKept = 1000; // of CSV files, each with its columns

/// A mail saved alone may keep the line that opens it in an mbox: unless the file is named as one,
/// its first mail has the id that it would have without that line.
std::string id_in_mbox(const InputFile& file, std::uint64_t number) {
    if (file.recognised && number == 1) return file.label;
    return fmt::format("{}#{}", file.label, number);
}

} // namespace

struct PieceParser::State {
    const InputFiles& files;
    ReadPolicy policy;
    engine::record::Statement statement;
    record::JsonRecordParser json;
    Result<csv::Mapping, Fault> csv;
    std::map<std::uint32_t, Result<csv::Mapping, Fault>> fitted; // by file
    std::vector<std::string> cells;

    /// The mapping as it fits the first row of that file, which is read again for it once.
    const Result<csv::Mapping, Fault>& mapping_of(std::uint32_t file) {
        const auto known = fitted.find(file);
        if (known != fitted.end()) return known->second;
        if (fitted.size() >= kMappingsKept) fitted.clear();
        return fitted.emplace(file, fit_first_row(file)).first->second;
    }

    [[nodiscard]] Result<csv::Mapping, Fault> fit_first_row(std::uint32_t file) const {
        Result<bytes::ByteStream, Fault> stream =
            bytes::ByteStream::open(files.paths()[file], files.files()[file], policy);
        if (!stream) return refuse(std::move(stream.error()));
        cut::LineReader lines{std::move(*stream), kFirstRowBuffer};
        return cut::read_first_row(lines, csv);
    }

    std::optional<Fault> parse_csv(const Piece& piece) {
        const Result<csv::Mapping, Fault>& mapping = mapping_of(piece.source.file);
        if (!mapping) return mapping.error();
        const bool utf8 = mapping->encoding.empty();
        if (utf8 && !is_valid_utf8(piece.bytes)) {
            return Fault{.reason = RejectReason::InvalidUtf8,
                         .field = {},
                         .what = "The row is not UTF-8 and the mapping names no other encoding.",
                         .record = {}};
        }
        csv::split(utf8 ? piece.bytes : to_utf8(piece.bytes, mapping->encoding), mapping->delimiter,
                   cells);
        return csv::read_row(*mapping, cells, piece.source.line, statement);
    }

    std::optional<Fault> parse(const Piece& piece) {
        const InputFile& file = files.files()[piece.source.file];
        switch (file.format) {
        case Format::JsonLines: return json.parse(piece.bytes, statement);
        case Format::Csv: return parse_csv(piece);
        case Format::Mail:
            return mail::parse_mail(piece.bytes, {.id = file.label, .file = file.label}, statement);
        case Format::Mbox:
            return mail::parse_mail(piece.bytes,
                                    {.id = id_in_mbox(file, piece.source.line), .file = file.label},
                                    statement);
        case Format::Text:
        case Format::Html:
            return record::parse_text_file(piece.bytes, file.label, file.format, statement);
        case Format::Unreadable: break;
        }
        return Fault{.reason = RejectReason::UnknownFormat, .field = {}, .what = {}, .record = {}};
    }
};

PieceParser::PieceParser(const InputFiles& files, const ReadPolicy& policy)
    : state_{new State{.files = files,
                       .policy = policy,
                       .statement = {},
                       .json = {},
                       .csv = csv::read_mapping(policy.csv_mapping),
                       .fitted = {},
                       .cells = {}}} {}

PieceParser::~PieceParser() = default;
PieceParser::PieceParser(PieceParser&&) noexcept = default;
PieceParser& PieceParser::operator=(PieceParser&&) noexcept = default;

Result<const engine::record::Statement*, Reject> PieceParser::parse(const Piece& piece) {
    if (std::optional<Fault> fault = state_->parse(piece)) {
        return refuse(reject_of(std::move(*fault), piece.source));
    }
    return &state_->statement;
}

} // namespace interchange

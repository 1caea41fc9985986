#include "interchange/cut/csv_rows.hpp"

#include "interchange/csv/row.hpp"
#include "interchange/cut/cutter.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace interchange::cut {

namespace {

// A row longer than this has an unclosed quote: it took the rows behind it for its cell.
constexpr std::uint64_t kRowBytesMax = 1ULL << 20;
// After so many unclosed quotes a cell may no longer go over several lines: what each of them costs
// (rows read again) stays bounded.
constexpr int kUnclosedQuotesMax = 100;

bool is_blank(std::string_view line) {
    return line.empty() || line == "\r";
}

class CsvCutter final : public Cutter {
public:
    CsvCutter(LineReader lines, std::uint64_t bytes_max, char delimiter)
        : lines_{std::move(lines)}, bytes_max_{std::min(bytes_max, kRowBytesMax)},
          delimiter_{delimiter} {}

    Cut next(Piece& piece, Fault& fault) override {
        piece.bytes.clear();
        csv::QuoteState quotes{delimiter_};
        Fragment fragment;
        while (lines_.next(fragment)) {
            if (piece.bytes.empty()) {
                piece.source.line = fragment.line;
                piece.source.offset = fragment.offset;
                if (fragment.ends && is_blank(fragment.bytes)) continue;
            }
            if (piece.bytes.size() + fragment.bytes.size() > bytes_max_) {
                return too_long(fragment, piece, fault);
            }
            piece.bytes.append(fragment.bytes);
            quotes.read(fragment.bytes);
            if (!fragment.ends) continue;
            if (!quotes.inside()) return Cut::Piece;
            if (unclosed_ >= kUnclosedQuotesMax) return refuse_quote(piece, fault);
            piece.bytes += '\n';
            quotes.read("\n");
        }
        if (std::optional<Fault> early = stream_fault(lines_, told_)) {
            fault = std::move(*early);
            piece.source.line = lines_.line();
            piece.source.offset = lines_.offset();
            return Cut::Refused;
        }
        // Inside a quote at the end of the file: only the row where it opened is lost.
        if (!piece.bytes.empty()) return refuse_quote(piece, fault);
        return Cut::End;
    }

    bool seek(const Source& source) override { return lines_.seek(source.offset, source.line); }
    [[nodiscard]] std::uint64_t packed_bytes() const override {
        return lines_.stream().packed_bytes();
    }

private:
    Cut refuse_quote(Piece& piece, Fault& fault) {
        fault = {.reason = RejectReason::UnclosedQuote,
                 .field = {},
                 .what = "A quote opens a cell of this row and nothing closes it.",
                 .record = {}};
        const std::size_t newline = piece.bytes.find('\n');
        if (newline != std::string::npos) {
            lines_.push_back(std::string_view{piece.bytes}.substr(newline + 1),
                             piece.source.line + 1, piece.source.offset + newline + 1);
        }
        ++unclosed_;
        piece.bytes.clear();
        return Cut::Refused;
    }

    Cut too_long(Fragment& fragment, Piece& piece, Fault& fault) {
        if (piece.bytes.find('\n') != std::string::npos) {
            piece.bytes.append(fragment.bytes);
            if (fragment.ends) piece.bytes += '\n';
            return refuse_quote(piece, fault);
        }
        while (!fragment.ends && lines_.next(fragment)) {}
        piece.bytes.clear();
        fault = too_large(bytes_max_);
        return Cut::Refused;
    }

    LineReader lines_;
    std::uint64_t bytes_max_;
    char delimiter_;
    int unclosed_ = 0;
    bool told_ = false;
};

} // namespace

Result<csv::Mapping, Fault> read_first_row(LineReader& lines,
                                           const Result<csv::Mapping, Fault>& mapping) {
    Fragment fragment;
    std::string row;
    char delimiter = mapping ? mapping->delimiter : '\0';
    while (row.empty() && lines.next(fragment)) {
        if (is_blank(fragment.bytes)) continue;
        row.assign(fragment.bytes);
        if (delimiter == '\0') delimiter = csv::guess_delimiter(row);
        csv::QuoteState quotes{delimiter};
        quotes.read(row);
        while (quotes.inside() && row.size() < kRowBytesMax && lines.next(fragment)) {
            row += '\n';
            row.append(fragment.bytes);
            quotes.read("\n");
            quotes.read(fragment.bytes);
        }
    }
    if (lines.stream().failure()) return refuse(Fault{*lines.stream().failure()});
    if (row.empty()) {
        return refuse(Fault{.reason = RejectReason::EmptyRecord,
                            .field = {},
                            .what = "The file has no first row with the names of its columns.",
                            .record = {}});
    }
    if (!mapping) {
        Fault fault = mapping.error();
        if (fault.reason == RejectReason::NoMapping) {
            fault.what += "\n" + csv::skeleton(replace_invalid_utf8(row));
        }
        return refuse(std::move(fault));
    }
    return csv::fit(*mapping, row);
}

Result<std::unique_ptr<Cutter>, Fault> csv_cutter(LineReader lines, std::uint64_t bytes_max,
                                                  const Result<csv::Mapping, Fault>& mapping) {
    const Result<csv::Mapping, Fault> fitted = read_first_row(lines, mapping);
    if (!fitted) return refuse(Fault{fitted.error()});
    return std::make_unique<CsvCutter>(std::move(lines), bytes_max, fitted->delimiter);
}

} // namespace interchange::cut

// Cuts one open file into records. One implementation for each way records follow one another.
#pragma once

#include "interchange/csv/mapping.hpp"
#include "interchange/cut/line_reader.hpp"
#include "interchange/reader.hpp"
#include "interchange/reject_reason.hpp"

#include <memory>
#include <optional>
#include <string>

namespace interchange::cut {

enum class Cut : std::uint8_t { Piece, Refused, End };

class Cutter {
public:
    virtual ~Cutter() = default;
    Cutter(const Cutter&) = delete;
    Cutter& operator=(const Cutter&) = delete;

    /// The next record, in `piece` (whose memory is used again) or as a fault at `piece.source`.
    virtual Cut next(Piece& piece, Fault& fault) = 0;
    /// Plain regular files: go on with the record that starts there. False when it cannot.
    virtual bool seek(const Source& source) = 0;
    [[nodiscard]] virtual std::uint64_t packed_bytes() const = 0;

protected:
    Cutter() = default;
};

/// `csv` is the mapping, or why there is none.
struct CutterSetting {
    const std::filesystem::path& path;
    const InputFile& file;
    const ReadPolicy& policy;
    const Result<csv::Mapping, Fault>& csv;
    std::size_t buffer_bytes;
};

Result<std::unique_ptr<Cutter>, Fault> open_cutter(const CutterSetting& setting);

/// What a cutter of lines says once when its stream ends early. `told` is its own flag.
std::optional<Fault> stream_fault(const LineReader& lines, bool& told);

/// "More than 16777216 bytes."
Fault too_large(std::uint64_t bytes_max);

std::unique_ptr<Cutter> json_lines_cutter(LineReader lines, std::uint64_t bytes_max);
std::unique_ptr<Cutter> mbox_cutter(LineReader lines, std::uint64_t bytes_max);
/// Reads the first row: refused when the mapping does not fit it.
Result<std::unique_ptr<Cutter>, Fault> csv_cutter(LineReader lines, std::uint64_t bytes_max,
                                                  const Result<csv::Mapping, Fault>& mapping);
std::unique_ptr<Cutter> whole_file_cutter(bytes::ByteStream stream, std::uint64_t bytes_max);

} // namespace interchange::cut

#include "interchange/cut/cutter.hpp"

#include <fmt/format.h>

namespace interchange::cut {

Fault too_large(std::uint64_t bytes_max) {
    return {.reason = RejectReason::RecordTooLarge,
            .field = {},
            .what = fmt::format("The record has more than {} bytes.", bytes_max),
            .record = {}};
}

std::optional<Fault> stream_fault(const LineReader& lines, bool& told) {
    if (told) return std::nullopt;
    told = true;
    return lines.stream().failure();
}

namespace {

class WholeFileCutter final : public Cutter {
public:
    WholeFileCutter(bytes::ByteStream stream, std::uint64_t bytes_max)
        : stream_{std::move(stream)}, bytes_max_{bytes_max} {}

    Cut next(Piece& piece, Fault& fault) override {
        if (done_) return Cut::End;
        done_ = true;
        piece.source.line = 1;
        piece.source.offset = 0;
        piece.bytes.clear();
        constexpr std::size_t kStep = 1 << 16;
        while (piece.bytes.size() <= bytes_max_) {
            const std::size_t size = piece.bytes.size();
            piece.bytes.resize(size + kStep);
            const std::size_t count = stream_.read(piece.bytes.data() + size, kStep);
            piece.bytes.resize(size + count);
            if (count == 0) break;
        }
        if (!stream_.failure() && piece.bytes.size() <= bytes_max_) return Cut::Piece;
        fault = stream_.failure() ? *stream_.failure() : too_large(bytes_max_);
        piece.bytes.clear();
        return Cut::Refused;
    }

    bool seek(const Source&) override { return true; }
    [[nodiscard]] std::uint64_t packed_bytes() const override { return stream_.packed_bytes(); }

private:
    bytes::ByteStream stream_;
    std::uint64_t bytes_max_;
    bool done_ = false;
};

} // namespace

std::unique_ptr<Cutter> whole_file_cutter(bytes::ByteStream stream, std::uint64_t bytes_max) {
    return std::make_unique<WholeFileCutter>(std::move(stream), bytes_max);
}

Result<std::unique_ptr<Cutter>, Fault> open_cutter(const CutterSetting& setting) {
    Result<bytes::ByteStream, Fault> stream =
        bytes::ByteStream::open(setting.path, setting.file, setting.policy);
    if (!stream) return refuse(std::move(stream.error()));
    const std::uint64_t bytes_max = setting.policy.record_bytes_max;
    const Format format = setting.file.format;
    if (format == Format::Mail || format == Format::Text || format == Format::Html) {
        return whole_file_cutter(std::move(*stream), bytes_max);
    }
    LineReader lines{std::move(*stream), setting.buffer_bytes};
    if (format == Format::Csv) return csv_cutter(std::move(lines), bytes_max, setting.csv);
    if (format == Format::Mbox) return mbox_cutter(std::move(lines), bytes_max);
    return json_lines_cutter(std::move(lines), bytes_max);
}

} // namespace interchange::cut

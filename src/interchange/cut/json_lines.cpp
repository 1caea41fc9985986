#include "interchange/cut/cutter.hpp"

#include <fmt/format.h>

namespace interchange::cut {

namespace {

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class JsonLinesCutter final : public Cutter {
public:
    JsonLinesCutter(LineReader lines, std::uint64_t bytes_max)
        : lines_{std::move(lines)}, bytes_max_{bytes_max} {}

    Cut next(Piece& piece, Fault& fault) override {
        Fragment fragment;
        while (lines_.next(fragment)) {
            piece.source.line = fragment.line;
            piece.source.offset = fragment.offset;
            if (fragment.ends) {
                // Blank lines are not records: editors and concatenated files leave them.
                if (fragment.bytes.empty() || is_blank(fragment.bytes)) continue;
                if (fragment.bytes.size() > bytes_max_) return refuse_large(fault);
                piece.bytes.assign(fragment.bytes);
                return Cut::Piece;
            }
            const Cut cut = long_line(fragment, piece, fault);
            if (cut != Cut::End) return cut;
        }
        piece.source.line = lines_.line();
        piece.source.offset = lines_.offset();
        if (std::optional<Fault> early = stream_fault(lines_, told_)) {
            fault = std::move(*early);
            return Cut::Refused;
        }
        return Cut::End;
    }

    bool seek(const Source& source) override { return lines_.seek(source.offset, source.line); }
    [[nodiscard]] std::uint64_t packed_bytes() const override {
        return lines_.stream().packed_bytes();
    }

private:
    Cut refuse_large(Fault& fault) const {
        fault = too_large(bytes_max_);
        return Cut::Refused;
    }

    /// Gathers a line that came in fragments; beyond the limit it is passed over, not kept. End
    /// when the stream failed inside it, or when it was blank.
    Cut long_line(Fragment& fragment, Piece& piece, Fault& fault) {
        piece.bytes.assign(fragment.bytes);
        bool fits = piece.bytes.size() <= bytes_max_;
        while (!fragment.ends) {
            if (!lines_.next(fragment)) return Cut::End;
            fits = fits && piece.bytes.size() + fragment.bytes.size() <= bytes_max_;
            if (fits) piece.bytes.append(fragment.bytes);
        }
        if (!fits) {
            piece.bytes.clear();
            return refuse_large(fault);
        }
        return is_blank(piece.bytes) ? Cut::End : Cut::Piece;
    }

    LineReader lines_;
    std::uint64_t bytes_max_;
    bool told_ = false;
};

} // namespace

std::unique_ptr<Cutter> json_lines_cutter(LineReader lines, std::uint64_t bytes_max) {
    return std::make_unique<JsonLinesCutter>(std::move(lines), bytes_max);
}

} // namespace interchange::cut

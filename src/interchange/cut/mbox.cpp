// mbox: mails one after the other, each opened by a line "From sender date" (RFC 4155, appendix A).
// A line of a mail that starts so is written ">From " (mboxo), and ">From " as ">>From " (mboxrd):
// one '>' is taken away. Some programs forget to quote, so a separator must follow a blank line and
// have a time of day in it.
#include "interchange/cut/cutter.hpp"

namespace interchange::cut {

namespace {

constexpr std::string_view kSeparator = "From ";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool has_time_of_day(std::string_view line) {
    for (std::size_t colon = line.find(':'); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        if (colon > 0 && colon + 1 < line.size() && is_digit(line[colon - 1]) &&
            is_digit(line[colon + 1])) {
            return true;
        }
    }
    return false;
}

bool is_quoted_from(std::string_view line) {
    const std::size_t at = line.find_first_not_of('>');
    return at != std::string_view::npos && at > 0 && line.substr(at).starts_with(kSeparator);
}

class MboxCutter final : public Cutter {
public:
    MboxCutter(LineReader lines, std::uint64_t bytes_max)
        : lines_{std::move(lines)}, bytes_max_{bytes_max} {}

    Cut next(Piece& piece, Fault& fault) override {
        piece.bytes.clear();
        bool fits = true;
        bool something = has_pending_;
        piece.source.offset = pending_offset_;
        while (lines_.next(fragment_)) {
            const bool blank = fragment_.begins && fragment_.ends &&
                               (fragment_.bytes.empty() || fragment_.bytes == "\r");
            if (is_separator()) {
                after_blank_ = false;
                has_pending_ = true;
                pending_offset_ = fragment_.offset;
                if (something) return finish(fits, piece, fault);
                something = true;
                piece.source.offset = fragment_.offset;
                continue;
            }
            after_blank_ = blank;
            if (!something) {
                if (blank) continue;
                something = true; // what precedes the first separator is a mail of its own
                piece.source.offset = fragment_.offset;
            }
            fits = fits && piece.bytes.size() + fragment_.bytes.size() < bytes_max_;
            if (fits) append(piece.bytes);
        }
        has_pending_ = false;
        const bool failed = lines_.stream().failure().has_value();
        if (something && !failed) return finish(fits, piece, fault);
        piece.source.line = number_ + 1;
        if (std::optional<Fault> early = stream_fault(lines_, told_)) {
            fault = std::move(*early);
            return Cut::Refused;
        }
        return Cut::End;
    }

    bool seek(const Source& source) override {
        if (!lines_.seek(source.offset, 1)) return false;
        has_pending_ = false;
        after_blank_ = true;
        number_ = source.line - 1;
        return true;
    }

    [[nodiscard]] std::uint64_t packed_bytes() const override {
        return lines_.stream().packed_bytes();
    }

private:
    [[nodiscard]] bool is_separator() const {
        return after_blank_ && fragment_.begins && fragment_.bytes.starts_with(kSeparator) &&
               has_time_of_day(fragment_.bytes);
    }

    void append(std::string& bytes) const {
        bytes += fragment_.begins && is_quoted_from(fragment_.bytes) ? fragment_.bytes.substr(1)
                                                                     : fragment_.bytes;
        if (fragment_.ends) bytes += '\n';
    }

    Cut finish(bool fits, Piece& piece, Fault& fault) {
        piece.source.line = ++number_;
        if (fits) return Cut::Piece;
        piece.bytes.clear();
        fault = too_large(bytes_max_);
        return Cut::Refused;
    }

    LineReader lines_;
    std::uint64_t bytes_max_;
    Fragment fragment_;
    std::uint64_t number_ = 0;
    std::uint64_t pending_offset_ = 0;
    bool has_pending_ = false; // a separator was read, its mail not yet
    bool after_blank_ = true;
    bool told_ = false;
};

} // namespace

std::unique_ptr<Cutter> mbox_cutter(LineReader lines, std::uint64_t bytes_max) {
    return std::make_unique<MboxCutter>(std::move(lines), bytes_max);
}

} // namespace interchange::cut

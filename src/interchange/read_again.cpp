#include "interchange/cut/cutter.hpp"

#include "interchange/reader.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace interchange {

namespace {

constexpr std::size_t kBufferBytes = 1 << 16; // records lie apart: read little around each

/// Reads one file for the records `places` of it, in the order of their offsets.
class Rereader {
public:
    Rereader(const std::vector<Source>& wanted, PieceParser& parser,
             const std::function<void(std::size_t, const engine::record::Statement&)>& found)
        : wanted_{wanted}, parser_{parser}, found_{found} {}

    void read(cut::Cutter& cutter, std::span<const std::size_t> places, bool can_seek) {
        Piece piece;
        Fault fault;
        std::size_t at = 0;
        while (at < places.size()) {
            const Source& source = wanted_[places[at]];
            if (can_seek && !cutter.seek(source)) return;
            const cut::Cut cut = cutter.next(piece, fault);
            if (cut == cut::Cut::End) return;
            if (piece.source.offset < source.offset) continue; // not yet there
            at = hand_over(piece, cut, places, at);
        }
    }

private:
    /// All wanted places that this piece answers or has passed by; the next one to look for.
    std::size_t hand_over(Piece& piece, cut::Cut cut, std::span<const std::size_t> places,
                          std::size_t at) const {
        while (at < places.size() && wanted_[places[at]].offset <= piece.source.offset) {
            const Source& source = wanted_[places[at]];
            if (cut == cut::Cut::Piece && source.offset == piece.source.offset) {
                piece.source = source;
                const Result<const engine::record::Statement*, Reject> parsed =
                    parser_.parse(piece);
                if (parsed) found_(places[at], **parsed);
            }
            ++at;
        }
        return at;
    }

    const std::vector<Source>& wanted_;
    PieceParser& parser_;
    const std::function<void(std::size_t, const engine::record::Statement&)>& found_;
};

} // namespace

void read_again(const InputFiles& files, const ReadPolicy& policy,
                const std::vector<Source>& wanted,
                const std::function<void(std::size_t, const engine::record::Statement&)>& found) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tie(wanted[a].file, wanted[a].offset, a) <
               std::tie(wanted[b].file, wanted[b].offset, b);
    });
    const Result<csv::Mapping, Fault> mapping = csv::read_mapping(policy.csv_mapping);
    PieceParser parser{files, policy};
    Rereader rereader{wanted, parser, found};
    std::size_t begin = 0;
    while (begin < order.size()) {
        const std::uint32_t index = wanted[order[begin]].file;
        std::size_t end = begin;
        while (end < order.size() && wanted[order[end]].file == index) ++end;
        const std::span<const std::size_t> places{order.data() + begin, end - begin};
        begin = end;
        if (index >= files.files().size() || !files.files()[index].regular ||
            files.files()[index].format == Format::Unreadable) {
            continue;
        }
        const InputFile& file = files.files()[index];
        Result<std::unique_ptr<cut::Cutter>, Fault> cutter =
            cut::open_cutter({.path = files.paths()[index],
                              .file = file,
                              .policy = policy,
                              .csv = mapping,
                              .buffer_bytes = kBufferBytes});
        if (cutter) rereader.read(**cutter, places, file.packing == Packing::Plain);
    }
}

} // namespace interchange

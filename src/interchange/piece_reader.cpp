#include "interchange/cut/cutter.hpp"

#include "interchange/reader.hpp"

#include <system_error>

namespace interchange {

namespace {
// Read from the disk at a time: large enough that the calls cost nothing, small enough to stay in
// the second-level cache between being read and being cut.
constexpr std::size_t kBufferBytes = 1 << 20;
} // namespace

struct PieceReader::State {
    const InputFiles& files;
    ReadPolicy policy;
    Result<csv::Mapping, Fault> csv;
    std::unique_ptr<cut::Cutter> cutter;
    std::size_t next_file = 0;
    std::uint64_t bytes_before = 0; // of the files that are finished

    /// False when there is no other file. Files that cannot be opened leave a reject.
    bool open_next(std::vector<Reject>& rejects) {
        while (next_file < files.paths().size()) {
            const std::size_t index = next_file++;
            const InputFile& file = files.files()[index];
            if (file.format == Format::Unreadable) continue;
            Result<std::unique_ptr<cut::Cutter>, Fault> opened =
                cut::open_cutter({.path = files.paths()[index],
                                  .file = file,
                                  .policy = policy,
                                  .csv = csv,
                                  .buffer_bytes = kBufferBytes});
            if (opened) {
                cutter = std::move(*opened);
                return true;
            }
            const Source source{.file = static_cast<std::uint32_t>(index)};
            rejects.push_back(reject_of(std::move(opened.error()), source));
        }
        return false;
    }
};

PieceReader::PieceReader(const InputFiles& files, const ReadPolicy& policy)
    : state_{std::make_unique<State>(State{.files = files,
                                           .policy = policy,
                                           .csv = csv::read_mapping(policy.csv_mapping),
                                           .cutter = nullptr})} {}

PieceReader::~PieceReader() = default;

bool PieceReader::next(std::vector<Piece>& pieces, std::size_t count_max, std::size_t bytes_max,
                       std::vector<Reject>& rejects) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    const std::size_t rejects_before = rejects.size();
    while (count < count_max && bytes < bytes_max) {
        if (!state_->cutter && !state_->open_next(rejects)) break;
        if (pieces.size() == count) pieces.emplace_back();
        Piece& piece = pieces[count];
        piece.source.file = static_cast<std::uint32_t>(state_->next_file - 1);
        Fault fault;
        switch (state_->cutter->next(piece, fault)) {
        case cut::Cut::Piece:
            bytes += piece.bytes.size();
            ++count;
            break;
        case cut::Cut::Refused: rejects.push_back(reject_of(std::move(fault), piece.source)); break;
        case cut::Cut::End:
            state_->bytes_before += state_->cutter->packed_bytes();
            state_->cutter.reset();
            break;
        }
        // A file of nothing but oversized lines must not keep the caller waiting.
        if (rejects.size() - rejects_before >= count_max) break;
    }
    pieces.resize(count);
    return count > 0 || rejects.size() > rejects_before || state_->cutter ||
           state_->next_file < state_->files.paths().size();
}

std::uint64_t PieceReader::bytes_read() const {
    return state_->bytes_before + (state_->cutter ? state_->cutter->packed_bytes() : 0);
}

} // namespace interchange

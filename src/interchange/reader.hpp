// Reads declarations from files: JSONL (also .gz and .zst), .eml, .mbox, folders of them, CSV with
// a mapping, plain text. Input is streamed. A bad record never stops the run nor vanishes: it is
// handed over as a Reject.
#pragma once

#include "base/result.hpp"
#include "engine/record/statement.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace interchange {

/// Where a record came from: enough to read it again.
struct Source {
    std::uint32_t file = 0;   // index into InputFiles::paths
    std::uint64_t line = 0;   // first line (JSONL, CSV: from 1), or message number in an mbox
    std::uint64_t offset = 0; // byte offset in the decompressed content
};

struct Reject {
    Source source;
    std::string record; // its id when it could be read
    std::string field;  // "received_at", "identifiers/2/type"; empty when the whole line is bad
    std::string reason; // a word of docs/interchange.md, e.g. "invalid_json"
    std::string detail; // one sentence for people: what is wrong, what to do
};

/// A piece of input cut from a file but not parsed yet: cutting is sequential and cheap, parsing is
/// what the worker threads do.
struct Piece {
    Source source;
    std::string bytes; // one JSONL line, one mail, one CSV row…
};

struct ReadPolicy {
    std::filesystem::path csv_mapping;            // empty: CSV files are refused with advice
    std::uint64_t record_bytes_max = 16ULL << 20; // a longer line or mail is rejected
    std::uint64_t expansion_max = 200ULL << 30;   // decompressed bytes of one file
};

enum class Format : std::uint8_t { JsonLines, Mail, Mbox, Csv, Text, Html, Unreadable };
enum class Packing : std::uint8_t { Plain, Gzip, Zstd };

/// One file behind the arguments, and how it is read.
struct InputFile {
    std::string label; // relative to the argument, with '/': the id of a mail or a text
    Format format = Format::Unreadable;
    Packing packing = Packing::Plain;
    bool regular = false;    // can be read again; a pipe cannot
    bool recognised = false; // by its content: the name does not say what it is
};

/// The files behind the command line's arguments, in a stable order.
class InputFiles {
public:
    /// Folders are walked (names sorted); what cannot be opened becomes a Reject of its own. "-" is
    /// the standard input, as JSONL.
    static InputFiles from(const std::vector<std::filesystem::path>& arguments);
    const std::vector<std::filesystem::path>& paths() const { return paths_; }
    /// One for each of paths().
    const std::vector<InputFile>& files() const { return files_; }
    /// Of the files that will be read, as they lie on the disk.
    std::uint64_t bytes_total() const { return bytes_total_; }
    /// Rejects for whole files, not handed over again by PieceReader.
    const std::vector<Reject>& unreadable() const { return unreadable_; }

private:
    std::vector<std::filesystem::path> paths_;
    std::vector<InputFile> files_;
    std::uint64_t bytes_total_ = 0;
    std::vector<Reject> unreadable_;
};

/// Cuts the files into pieces, one after the other. Not thread-safe. `files` outlives it.
class PieceReader {
public:
    PieceReader(const InputFiles& files, const ReadPolicy& policy);
    ~PieceReader();
    PieceReader(const PieceReader&) = delete;
    PieceReader& operator=(const PieceReader&) = delete;

    /// Fills `pieces` with up to `count_max` pieces or `bytes_max` bytes, reusing their memory, and
    /// appends what could not be cut to `rejects`. False when all files are read and nothing was
    /// handed over.
    bool next(std::vector<Piece>& pieces, std::size_t count_max, std::size_t bytes_max,
              std::vector<Reject>& rejects);
    /// Compressed bytes consumed so far, for the progress bar.
    std::uint64_t bytes_read() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Turns pieces into statements. One parser per thread; parse() is called from that thread only.
/// `files` outlives it.
class PieceParser {
public:
    PieceParser(const InputFiles& files, const ReadPolicy& policy);
    ~PieceParser();
    PieceParser(PieceParser&&) noexcept;
    PieceParser& operator=(PieceParser&&) noexcept;

    /// The statement is valid until the next call.
    Result<const engine::record::Statement*, Reject> parse(const Piece& piece);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads again the records at `wanted` (any order) and hands each over; files that have changed or
/// gone are skipped, and so is the standard input. For evidence in the text: nothing of it is kept
/// in the run's output. Each file is read at most once, in the order of its records.
void read_again(const InputFiles& files, const ReadPolicy& policy,
                const std::vector<Source>& wanted,
                const std::function<void(std::size_t, const engine::record::Statement&)>& found);

} // namespace interchange

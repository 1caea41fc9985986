// The files of a finished run, in its output folder.
#pragma once

#include "chain/run.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chain {

/// The version of this program, as `maillon --version` says it.
[[nodiscard]] std::string_view program_version();

/// A file that is being written beside its place. Failures (disk full…) throw std::system_error
/// with the path and what the system said.
class OutputFile {
public:
    enum class Access { Everyone, OwnerOnly };

    OutputFile(std::filesystem::path temporary, std::filesystem::path final_place, Access access);
    ~OutputFile(); // removes what was not published
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void append(std::string_view bytes);
    /// Where to format into directly; call flush_if_full() after each piece.
    [[nodiscard]] std::string& buffer() { return buffer_; }
    void flush_if_full();
    /// Everything written, on the disk, closed.
    void finish();
    /// Renames over the final place. After finish().
    void publish();

private:
    void write_out(std::string_view bytes);

    std::filesystem::path temporary_;
    std::filesystem::path final_place_;
    std::string buffer_;
    int descriptor_ = -1;
    bool published_ = false;
};

/// The output folder during one run: its files appear together at publish(), or not at all. A
/// folder that was made for a run that did not end is taken away again.
class OutputFolder {
public:
    /// Makes the folder if missing and holds it against another run at the same time. Throws
    /// std::system_error, or std::runtime_error when another run holds it.
    explicit OutputFolder(std::filesystem::path folder);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
    OutputFile& create(std::string_view name,
                       OutputFile::Access access = OutputFile::Access::Everyone);
    /// A file of an earlier run that this one does not replace and that would contradict it.
    void drop(std::string_view name);
    void publish();

private:
    std::filesystem::path folder_;
    std::vector<std::unique_ptr<OutputFile>> files_;
    std::vector<std::filesystem::path> dropped_;
    int descriptor_ = -1;
    bool made_ = false;
    bool published_ = false;
};

/// groups.csv, links.jsonl, summary.json and chain.bin (what explain() needs, and later the
/// snapshot of the memory). `policy` is what the run was asked, for the summary; its card key is
/// written nowhere.
void write_outputs(const Outcome& outcome, const RunPolicy& policy, OutputFolder& folder);

/// summary.json, as it is written.
[[nodiscard]] std::string summary_json(const Outcome& outcome, const RunPolicy& policy);

/// report.html: one self-contained page. Reads again the texts of the records that it shows.
void write_report(const Outcome& outcome, OutputFolder& folder);

struct Explanation {
    bool together = false;
    std::string text; // for people: several lines, plain words
    std::string json; // the same facts for programs: one object
};

enum class ExplainRefusal : std::uint8_t { NoRun, DamagedRun, UnknownRecordA, UnknownRecordB };

struct ExplainFailure {
    ExplainRefusal refusal = ExplainRefusal::NoRun;
    std::string advice; // for people, in the language that was asked
};

/// In words, why two records are together or are not, from what write_outputs() left in `folder`.
/// `language` is "en" or "fr". Never throws on a damaged or foreign file.
Result<Explanation, ExplainFailure> explain(const std::filesystem::path& folder, std::string_view a,
                                            std::string_view b, std::string_view language);

} // namespace chain

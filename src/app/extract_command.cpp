// Worker threads take turns: each cuts the next batch, works on it beside the others, and writes
// when the batches before its own are written. At most one batch a thread is in memory.
#include "app/arguments.hpp"
#include "app/card_key.hpp"
#include "engine/extract/extract.hpp"
#include "interchange/reader.hpp"
#include "interchange/writer.hpp"
#include "platform/terminal/progress.hpp"
#include "platform/terminal/signals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace app {
namespace {

using engine::record::Mention;
using engine::record::Statement;

constexpr std::size_t kBatchPiecesMax = 1000;
constexpr std::size_t kBatchBytesMax = 1 << 20; // large enough that turns cost nothing
constexpr unsigned kThreadsMax = 256;

engine::extract::ExtractPolicy policy_of(const ExtractArguments& arguments) {
    engine::extract::ExtractPolicy policy;
    policy.assumed_country = {arguments.country[0], arguments.country[1]};
    policy.card_key =
        arguments.key_file.empty() ? random_card_key() : read_card_key(arguments.key_file);
    return policy;
}

void append_mention(const Statement& statement, const Mention& mention, std::string& out) {
    const std::string_view text = engine::record::text_of(statement, mention.field);
    out += R"({"record":)";
    interchange::append_json_string(statement.id, out);
    out += R"(,"type":")";
    out += engine::record::name_of(mention.type);
    out += R"(","value":)";
    interchange::append_json_string(mention.value, out);
    out += R"(,"written":)";
    interchange::append_json_string(engine::extract::written_of(mention, text), out);
    fmt::format_to(std::back_inserter(out),
                   R"(,"start":{},"end":{},"field":"{}","role":"{}","confidence":{:.2f},)"
                   R"("rule":"{}"}})"
                   "\n",
                   mention.start, mention.end, engine::record::path_of(mention.field),
                   engine::record::name_of(mention.role), mention.confidence / 100.0, mention.rule);
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Where lines go: a file of ours, or a stream that was open before us.
class LineSink {
public:
    explicit LineSink(std::FILE* open) : file_{open} {}
    explicit LineSink(const std::filesystem::path& path)
        : owned_{std::fopen(path.c_str(), "wbe")}, file_{owned_.get()}, name_{path.string()} {
        if (file_ == nullptr) throw std::system_error{errno, std::generic_category(), name_};
    }
    void write(std::string_view lines) {
        if (std::fwrite(lines.data(), 1, lines.size(), file_) != lines.size()) fail();
    }
    void finish() {
        if (std::fflush(file_) != 0) fail();
    }

private:
    [[noreturn]] void fail() const {
        throw std::system_error{errno, std::generic_category(), name_};
    }

    std::unique_ptr<std::FILE, CloseFile> owned_;
    std::FILE* file_;
    std::string name_ = "output";
};

struct Batch {
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    std::string mentions; // JSON lines
    std::uint64_t mention_count = 0;
};

class Extraction {
public:
    Extraction(const ExtractArguments& arguments, const std::atomic<bool>& stop)
        : stop_{stop}, policy_{policy_of(arguments)}, read_{.csv_mapping = arguments.csv_mapping},
          files_{interchange::InputFiles::from(arguments.files)}, reader_{files_, read_},
          rejects_{arguments.rejects.empty() ? LineSink{stderr} : LineSink{arguments.rejects}},
          progress_(platform::terminal::progress_on(STDERR_FILENO, arguments.quiet)) {}

    Exit run(unsigned threads, bool quiet) {
        write_rejects(files_.unreadable());
        {
            std::vector<std::jthread> workers;
            for (unsigned i = 0; i < threads; ++i) workers.emplace_back([this] { work(); });
        }
        progress_.clear();
        if (failure_) std::rethrow_exception(failure_);
        mentions_.finish();
        rejects_.finish();
        if (stop_) return Exit::Interrupted;
        if (!quiet) {
            platform::terminal::write_all(STDERR_FILENO,
                                          fmt::format("{} records, {} mentions, {} rejected\n",
                                                      records_, mention_count_, rejected_));
        }
        return rejected_ > 0 ? Exit::SomeRejected : Exit::Done;
    }

private:
    void work() {
        try {
            interchange::PieceParser parser{files_, read_};
            Batch batch;
            std::uint64_t turn = 0;
            while (cut(batch, turn)) {
                extract(batch, parser);
                if (!write_in_turn(batch, turn)) return;
            }
        } catch (...) {
            const std::lock_guard held{write_lock_};
            if (!failure_) failure_ = std::current_exception();
            failed_ = true;
            turn_.notify_all();
        }
    }

    bool cut(Batch& batch, std::uint64_t& turn) {
        const std::lock_guard held{read_lock_};
        batch.rejects.clear();
        if (finished_ || stop_ || failed_) return false;
        finished_ = !reader_.next(batch.pieces, kBatchPiecesMax, kBatchBytesMax, batch.rejects);
        turn = next_turn_++;
        return !finished_ || !batch.pieces.empty() || !batch.rejects.empty();
    }

    void extract(Batch& batch, interchange::PieceParser& parser) const {
        batch.mentions.clear();
        batch.mention_count = 0;
        std::vector<Mention> found;
        for (const interchange::Piece& piece : batch.pieces) {
            auto statement = parser.parse(piece);
            if (!statement) {
                batch.rejects.push_back(std::move(statement.error()));
                continue;
            }
            found.clear();
            engine::extract::extract(**statement, policy_, found);
            for (const Mention& mention : found) {
                append_mention(**statement, mention, batch.mentions);
            }
            batch.mention_count += found.size();
        }
    }

    /// False when another thread failed: nothing more is to be written.
    bool write_in_turn(const Batch& batch, std::uint64_t turn) {
        std::unique_lock held{write_lock_};
        turn_.wait(held, [&] { return failed_ || written_turns_ == turn; });
        if (failed_) return false;
        mentions_.write(batch.mentions);
        write_rejects(batch.rejects);
        records_ += batch.pieces.size();
        mention_count_ += batch.mention_count;
        const std::uint64_t total = files_.bytes_total();
        const double done =
            total == 0 ? 0 : static_cast<double>(bytes_read()) / static_cast<double>(total);
        progress_.show("extracting", std::min(done, 1.0), records_, "records");
        ++written_turns_;
        turn_.notify_all();
        return true;
    }

    std::uint64_t bytes_read() {
        const std::lock_guard held{read_lock_};
        return reader_.bytes_read();
    }

    void write_rejects(const std::vector<interchange::Reject>& rejects) {
        if (rejects.empty()) return;
        std::string lines;
        for (const interchange::Reject& reject : rejects) {
            const std::size_t file = reject.source.file;
            const std::string path =
                file < files_.paths().size() ? files_.paths()[file].string() : std::string{};
            interchange::append_jsonl(reject, path, lines);
        }
        progress_.clear();
        rejects_.write(lines);
        rejected_ += rejects.size();
    }

    const std::atomic<bool>& stop_;
    engine::extract::ExtractPolicy policy_;
    interchange::ReadPolicy read_;
    interchange::InputFiles files_;

    std::mutex read_lock_; // guards the reader and the next two
    interchange::PieceReader reader_;
    bool finished_ = false;
    std::uint64_t next_turn_ = 0;

    std::mutex write_lock_; // guards all that follows; taken before read_lock_, never after
    std::condition_variable turn_;
    std::uint64_t written_turns_ = 0;
    std::atomic<bool> failed_{false};
    std::exception_ptr failure_;
    LineSink mentions_{stdout};
    LineSink rejects_;
    platform::terminal::Progress progress_;
    std::uint64_t records_ = 0;
    std::uint64_t mention_count_ = 0;
    std::uint64_t rejected_ = 0;
};

} // namespace

Exit extract_command(const ExtractArguments& arguments) {
    const platform::terminal::StopOnSignal stop; // before any thread
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads =
        std::min(arguments.threads == 0 ? cores : arguments.threads, kThreadsMax);
    Extraction extraction{arguments, stop.flag()};
    return extraction.run(threads, arguments.quiet);
}

} // namespace app

// A text of the standard input or of a .txt file is one message; the other files are read as
// `maillon link` reads them, one answer a record.
#include "app/arguments.hpp"
#include "app/server/embedded.hpp"
#include "engine/risk/risk.hpp"
#include "interchange/reader.hpp"
#include "interchange/writer.hpp"
#include "platform/page/page.hpp"
#include "platform/terminal/progress.hpp"
#include "platform/terminal/signals.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <iterator>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace app {
namespace {

using engine::record::IdentifierType;
using engine::record::Role;
using engine::record::Statement;
using engine::risk::Assessment;
using engine::risk::Finding;
using engine::risk::Span;
using platform::terminal::write_all;

constexpr std::size_t kBatchPiecesMax = 1000;
constexpr std::size_t kBatchBytesMax = 1 << 20;
constexpr std::size_t kWrittenAtOnce = 64 << 10;
constexpr std::size_t kInputBytesMax = 16 << 20; // of a text on the standard input

/// What somebody who was sent this would paste: who writes, then the words.
std::string pasted(const Statement& statement) {
    std::string text;
    for (const engine::record::DeclaredIdentifier& one : statement.identifiers) {
        if (one.type != IdentifierType::Email || one.role != Role::Suspect) continue;
        const std::string name =
            statement.personas.empty() ? std::string{} : statement.personas.front().name;
        text = fmt::format("From: {} <{}>\n", name, one.value);
        break;
    }
    for (const engine::record::Message& message : statement.messages) {
        text += message.text;
        text += '\n';
    }
    return text + statement.narrative;
}

void append_finding(const Finding& finding, std::string_view text, std::string& out) {
    fmt::format_to(std::back_inserter(out), R"({{"sign":"{}","group":"{}","bits":{:.1f},"about":)",
                   finding.sign, engine::risk::name_of(finding.group), finding.bits);
    interchange::append_json_string(finding.about, out);
    out += R"(,"quotes":[)";
    for (const Span& quote : finding.quotes) {
        if (&quote != &finding.quotes.front()) out += ',';
        fmt::format_to(std::back_inserter(out), R"({{"start":{},"end":{},"text":)", quote.start,
                       quote.end);
        interchange::append_json_string(text.substr(quote.start, quote.end - quote.start), out);
        out += '}';
    }
    out += "]}";
}

class Checking {
public:
    explicit Checking(const CheckArguments& arguments) : arguments_{arguments} {}

    void check(std::string_view name, std::string_view text) {
        const engine::risk::Reading reading{text};
        const Assessment assessment = reading.assess();
        if (arguments_.json) {
            append_json(name, text, assessment, out_);
        } else {
            append_words(name, text, assessment, out_);
        }
        if (out_.size() >= kWrittenAtOnce) finish();
    }

    /// Writes what waits.
    void finish() {
        write_all(STDOUT_FILENO, out_);
        out_.clear();
    }

private:
    static void append_json(std::string_view name, std::string_view text,
                            const Assessment& assessment, std::string& out) {
        out += R"({"record":)";
        interchange::append_json_string(name, out);
        fmt::format_to(std::back_inserter(out),
                       R"(,"level":"{}","bits":{:.1f},"story":"{}","cut":{},"findings":[)",
                       engine::risk::name_of(assessment.level), assessment.bits, assessment.story,
                       assessment.cut);
        for (const Finding& finding : assessment.findings) {
            if (&finding != &assessment.findings.front()) out += ',';
            append_finding(finding, text, out);
        }
        out += "]}\n";
    }

    void append_words(std::string_view name, std::string_view text, const Assessment& assessment,
                      std::string& out) {
        if (!pages_) pages_.emplace(kTemplates, kLocales, kAssets);
        const auto language = arguments_.language == "fr" ? platform::page::Language::French
                                                          : platform::page::Language::English;
        const auto say = [&](std::string_view key) { return pages_->say(language, key); };
        out += fmt::format(
            "{}: {}\n", name,
            say(fmt::format("check.level.{}.title", engine::risk::name_of(assessment.level))));
        for (const Finding& finding : assessment.findings) {
            const std::string about =
                finding.about.empty() ? std::string{} : fmt::format(" ({})", finding.about);
            out += fmt::format("  {}{}\n", say(fmt::format("check.sign.{}.title", finding.sign)),
                               about);
            for (const Span quote : finding.quotes) {
                out += fmt::format("    > {}\n",
                                   one_line(text.substr(quote.start, quote.end - quote.start)));
            }
        }
        out += fmt::format("  {}\n", say(fmt::format("check.level.{}.lead",
                                                     engine::risk::name_of(assessment.level))));
    }

    /// For a terminal: no control character of the text reaches it.
    static std::string one_line(std::string_view quote) {
        std::string shown{quote};
        for (char& c : shown) {
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
        }
        return shown;
    }

    const CheckArguments& arguments_;
    std::string out_; // answers that wait to be written
    std::optional<platform::page::Pages> pages_;
};

std::string read_standard_input() {
    std::string text(kInputBytesMax + 1, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), stdin));
    if (std::ferror(stdin) != 0) {
        throw std::system_error{errno, std::generic_category(), "standard input"};
    }
    return text;
}

std::size_t write_rejects(const std::vector<interchange::Reject>& rejects,
                          const interchange::InputFiles& files) {
    for (const interchange::Reject& reject : rejects) {
        const std::size_t file = reject.source.file;
        std::string line;
        interchange::append_jsonl(
            reject, file < files.paths().size() ? files.paths()[file].string() : std::string{},
            line);
        write_all(STDERR_FILENO, line);
    }
    return rejects.size();
}

Exit check_files(const CheckArguments& arguments, Checking& checking) {
    const platform::terminal::StopOnSignal stop;
    const auto files = interchange::InputFiles::from(arguments.files);
    const interchange::ReadPolicy policy;
    interchange::PieceReader reader{files, policy};
    interchange::PieceParser parser{files, policy};
    std::size_t rejected = write_rejects(files.unreadable(), files);
    std::vector<interchange::Piece> pieces;
    for (bool more = true; more && !stop.flag();) {
        std::vector<interchange::Reject> rejects;
        more = reader.next(pieces, kBatchPiecesMax, kBatchBytesMax, rejects);
        for (const interchange::Piece& piece : pieces) {
            const auto statement = parser.parse(piece);
            if (statement) {
                checking.check((*statement)->id, pasted(**statement));
            } else {
                rejects.push_back(statement.error());
            }
        }
        rejected += write_rejects(rejects, files);
    }
    checking.finish();
    if (stop.flag()) return Exit::Interrupted;
    return rejected > 0 ? Exit::SomeRejected : Exit::Done;
}

} // namespace

Exit check_command(const CheckArguments& arguments) {
    Checking checking{arguments};
    if (arguments.files.empty() ||
        (arguments.files.size() == 1 && arguments.files.front() == "-")) {
        checking.check("-", read_standard_input());
        checking.finish();
        return Exit::Done;
    }
    return check_files(arguments, checking);
}

} // namespace app

#include "interchange/sniff.hpp"

#include "base/ascii.hpp"
#include "interchange/bytes/byte_stream.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace interchange {

namespace {

constexpr std::size_t kHeadBytes = 8192; // mails open with a few kilobytes of relay lines
constexpr int kMailFieldsMin = 3;

// Field names of RFC 5322, the trace of RFC 5321 and delivery agents: what a mail has and a letter
// that begins "Subject:" has not, at least three of them.
constexpr std::array<std::string_view, 16> kMailFields{
    "from",     "to",          "cc",           "subject",       "date",
    "received", "return-path", "message-id",   "mime-version",  "delivered-to",
    "reply-to", "sender",      "content-type", "delivery-date", "x-mailer",
    "list-id"};

/// Takes a compression's extension off the name.
Packing packing_of(std::string& name) {
    for (const std::string_view ending : {".gz", ".zst"}) {
        if (!name.ends_with(ending)) continue;
        name.resize(name.size() - ending.size());
        return ending == ".gz" ? Packing::Gzip : Packing::Zstd;
    }
    return Packing::Plain;
}

std::optional<Format> format_of(std::string_view extension) {
    struct Known {
        std::string_view extension;
        Format format;
    };
    static constexpr std::array<Known, 14> kKnown{{{"jsonl", Format::JsonLines},
                                                   {"ndjson", Format::JsonLines},
                                                   {"eml", Format::Mail},
                                                   {"email", Format::Mail},
                                                   {"mbox", Format::Mbox},
                                                   {"mbx", Format::Mbox},
                                                   {"csv", Format::Csv},
                                                   {"tsv", Format::Csv},
                                                   {"html", Format::Html},
                                                   {"htm", Format::Html},
                                                   {"xhtml", Format::Html},
                                                   {"hta", Format::Html},
                                                   {"txt", Format::Text},
                                                   {"text", Format::Text}}};
    for (const Known& known : kKnown) {
        if (known.extension == extension) return known.format;
    }
    return std::nullopt;
}

Fault unknown(std::string what) {
    return {
        .reason = RejectReason::UnknownFormat, .field = {}, .what = std::move(what), .record = {}};
}

/// One JSON object on the first line that is not blank.
bool looks_like_json_lines(std::string_view head, bool whole) {
    const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || head[first] != '{') return false;
    const std::size_t newline = head.find('\n', first);
    if (newline == std::string_view::npos) return !whole || head.find('}') != head.npos;
    const std::string_view line = head.substr(first, newline - first);
    const std::size_t last = line.find_last_not_of(" \t\r");
    return line[last] == '}';
}

std::optional<Fault> recognise_content(std::string_view head, bool whole, bool named,
                                       std::string_view extension, InputFile& file) {
    file.recognised = true;
    if (looks_like_mbox(head)) {
        file.format = Format::Mbox;
    } else if (looks_like_mail(head)) {
        file.format = Format::Mail;
    } else if (file.format == Format::Text) {
        return std::nullopt;
    } else if ((named || extension == "json") && looks_like_json_lines(head, whole)) {
        file.format = Format::JsonLines;
    } else if (extension == "json") {
        return unknown("It is not one JSON object a line.");
    } else if (named && head.find('\0') == std::string_view::npos && !head.empty()) {
        file.format = Format::Text;
    } else {
        return unknown(extension.empty()
                           ? "Its name has no extension and it does not begin as a mail."
                           : fmt::format("Files named .{} are not read.", extension));
    }
    return std::nullopt;
}

} // namespace

bool looks_like_mbox(std::string_view head) {
    if (!head.starts_with("From ")) return false;
    const std::string_view line = head.substr(0, head.find('\n'));
    return line.find(':') != std::string_view::npos && head.size() > line.size() &&
           looks_like_mail(head.substr(line.size() + 1));
}

bool looks_like_mail(std::string_view head) {
    int known = 0;
    bool first = true;
    while (!head.empty() && known < kMailFieldsMin) {
        const std::size_t newline = head.find('\n');
        std::string_view line = head.substr(0, newline);
        head.remove_prefix(newline == std::string_view::npos ? head.size() : newline + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        const bool continued = line.front() == ' ' || line.front() == '\t';
        if (continued && !first) continue;
        const std::size_t colon = line.find(':');
        const std::string name = lower_ascii(line.substr(0, colon));
        // A program on the way may have put ">From " or its own line in between: pass over it.
        if (colon == std::string_view::npos || name.find(' ') != std::string::npos) {
            if (first) return false;
            continue;
        }
        first = false;
        if (std::ranges::find(kMailFields, name) != kMailFields.end()) ++known;
    }
    return known >= kMailFieldsMin;
}

std::optional<Fault> recognise(const std::filesystem::path& path, bool named, InputFile& file) {
    if (path == "-") {
        file.format = Format::JsonLines;
        return std::nullopt;
    }
    std::string name = lower_ascii(path.filename().string());
    file.packing = packing_of(name);
    const std::size_t dot = name.find_last_of('.');
    const bool has_extension = dot != std::string::npos && dot > 0;
    const std::string extension = has_extension ? name.substr(dot + 1) : std::string{};
    const std::optional<Format> by_name = format_of(extension);
    if (by_name && *by_name != Format::Text) {
        const bool one_record = *by_name == Format::Mail || *by_name == Format::Html;
        if (file.packing != Packing::Plain && one_record) {
            return unknown("Mails and pages are not read from archives.");
        }
        file.format = *by_name;
        return std::nullopt;
    }
    if (!file.regular) { // a pipe would lose what is looked at
        file.format = Format::JsonLines;
        return std::nullopt;
    }
    Result<bytes::ByteStream, Fault> stream = bytes::ByteStream::open(path, file, ReadPolicy{});
    if (!stream) return std::move(stream.error());
    std::string head(kHeadBytes, '\0');
    std::size_t size = 0;
    while (size < head.size()) {
        const std::size_t count = stream->read(head.data() + size, head.size() - size);
        if (count == 0) break;
        size += count;
    }
    if (stream->failure()) return stream->failure();
    const bool whole = size < head.size();
    head.resize(size);
    if (by_name && file.packing == Packing::Plain) file.format = *by_name;
    return recognise_content(head, whole, named, extension, file);
}

} // namespace interchange

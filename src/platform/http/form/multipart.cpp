#include "platform/http/form/multipart.hpp"

#include "base/ascii.hpp"
#include "platform/http/syntax/head.hpp"
#include "platform/http/syntax/target.hpp"

#include <algorithm>

namespace platform::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kPreambleBytesMax = 1024; // browsers send none

bool is_boundary_character(char c) { // RFC 2046 §5.1.1, but the space
    constexpr std::string_view others = "'()+_,-./:=?";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// One `; name=value` of a header, the value between quotes or a token.
struct Parameter {
    std::string name;
    std::string value;
};

/// Takes the value after '=' off the front of `rest`. Browsers write a quote inside as %22; others
/// escape it by a backslash. A lone backslash is part of the name: some browsers send a whole path.
std::optional<std::string> take_value(std::string_view& rest) {
    if (!rest.starts_with('"')) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view token = trim(rest.substr(0, end));
        rest.remove_prefix(end);
        if (token.empty() || token.find('"') != std::string_view::npos) return std::nullopt;
        return std::string{token};
    }
    std::string value;
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == '"') {
            rest.remove_prefix(at + 1);
            return value;
        }
        if (rest[at] == '\\' && at + 1 < rest.size() && rest[at + 1] == '"') ++at;
        value += rest[at];
    }
    return std::nullopt; // the quote is not closed
}

/// Takes the next parameter off the front of `rest`; nothing when it is malformed.
std::optional<Parameter> take_parameter(std::string_view& rest) {
    rest = trim(rest);
    if (!rest.starts_with(';')) return std::nullopt;
    rest = trim(rest.substr(1));
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || !is_token(rest.substr(0, equals))) return std::nullopt;
    Parameter parameter{.name = lower_ascii(rest.substr(0, equals)), .value = {}};
    rest.remove_prefix(equals + 1);
    auto value = take_value(rest);
    if (!value) return std::nullopt;
    parameter.value = std::move(*value);
    return parameter;
}

/// WHATWG: quote, carriage return and line feed are percent-encoded in names, nothing else is.
std::string unescape_name(std::string_view name) {
    std::string plain;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const std::string code = lower_ascii(name.substr(at, 3));
        if (code == "%22") {
            plain += '"';
        } else if (code != "%0d" && code != "%0a") {
            plain += name[at];
            continue;
        } else {
            plain += ' ';
        }
        at += 2;
    }
    return plain;
}

/// The last segment, without controls, cut between characters.
std::string readable_file_name(std::string_view name) {
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string kept;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) kept += c;
    }
    if (kept.size() > kFileNameBytesMax) {
        std::size_t end = kFileNameBytesMax;
        while (end > 0 && (static_cast<unsigned char>(kept[end]) & 0xC0) == 0x80) --end;
        kept.resize(end);
    }
    return is_utf8(kept) ? kept : std::string{};
}

std::optional<PartHead> read_disposition(std::string_view value) {
    constexpr std::string_view kind = "form-data";
    value = trim(value);
    if (!starts_with_lower(value, kind)) return std::nullopt;
    std::string_view rest = trim(value.substr(kind.size()));
    PartHead head;
    bool named = false;
    while (!rest.empty()) {
        auto parameter = take_parameter(rest);
        if (!parameter) return std::nullopt;
        rest = trim(rest);
        if (parameter->name == "name" && !named) {
            head.name = unescape_name(parameter->value);
            named = true;
        } else if (parameter->name == "filename" && !head.is_file) {
            head.is_file = true;
            head.file_name = readable_file_name(unescape_name(parameter->value));
        } else if (parameter->name == "name" || parameter->name == "filename") {
            return std::nullopt; // twice: which one?
        } // RFC 7578 §4.2 forbids filename*; what else there is says nothing to us
    }
    const bool good = named && head.name.size() <= kNameBytesMax && is_utf8(head.name) &&
                      head.name.find('\0') == std::string::npos;
    return good ? std::optional{std::move(head)} : std::nullopt;
}

/// `lines` are header lines, each with its end.
std::optional<PartHead> read_part_head(std::string_view lines) {
    std::optional<PartHead> head;
    while (!lines.empty()) {
        const std::size_t end = lines.find(kLineEnd);
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end + kLineEnd.size());
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return {};
        const std::string name = lower_ascii(line.substr(0, colon));
        const std::string_view value = trim(line.substr(colon + 1));
        if (name == "content-disposition") {
            if (head) return std::nullopt;
            head = read_disposition(value);
            if (!head) return std::nullopt;
        } else if (name == "content-transfer-encoding") { // RFC 7578 §4.7: not to be used
            const std::string encoding = lower_ascii(value);
            if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return {};
        }
    }
    return head;
}

} // namespace

std::optional<std::string> read_boundary(std::string_view content_type) {
    const std::size_t semicolon = content_type.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    std::string_view rest = content_type.substr(semicolon);
    std::optional<std::string> boundary;
    while (!trim(rest).empty()) {
        auto parameter = take_parameter(rest);
        if (!parameter) return std::nullopt;
        if (parameter->name != "boundary") continue;
        if (boundary) return std::nullopt;
        boundary = std::move(parameter->value);
    }
    const bool good = boundary && !boundary->empty() && boundary->size() <= kBoundaryBytesMax &&
                      std::ranges::all_of(*boundary, is_boundary_character);
    return good ? boundary : std::nullopt;
}

MultipartParser::MultipartParser(std::string_view boundary)
    : delimiter_{"\r\n--"}, pending_{kLineEnd} { // the first delimiter has no line before it
    delimiter_ += boundary;
}

bool MultipartParser::add(std::string_view bytes, PartReceiver& receiver) {
    if (state_ == State::Ended) return true; // an epilogue is to be ignored (RFC 2046 §5.1.1)
    pending_ += bytes;
    while (true) {
        switch (step(receiver)) {
        case Step::Went: continue;
        case Step::Wait: return true;
        case Step::Refused: return false;
        }
    }
}

MultipartParser::Step MultipartParser::step(PartReceiver& receiver) {
    switch (state_) {
    case State::Preamble:
    case State::Content: return seek_delimiter(receiver);
    case State::AfterDelimiter: return read_delimiter_end();
    case State::Head: return read_head(receiver);
    case State::Ended: pending_.clear(); return Step::Wait;
    }
    return Step::Refused;
}

MultipartParser::Step MultipartParser::seek_delimiter(PartReceiver& receiver) {
    const std::size_t found = pending_.find(delimiter_);
    const bool met = found != std::string::npos;
    // Without it, its beginning may stand at the end of what has come.
    const std::size_t kept = delimiter_.size() - 1;
    const std::size_t content = met ? found : pending_.size() - std::min(kept, pending_.size());
    if (state_ == State::Content) {
        const std::string_view bytes = std::string_view{pending_}.substr(0, content);
        if (!bytes.empty() && !receiver.part_bytes(bytes)) return Step::Refused;
        if (met && !receiver.end_part()) return Step::Refused;
    } else if (!met) {
        return pending_.size() > kPreambleBytesMax ? Step::Refused : Step::Wait;
    }
    pending_.erase(0, met ? found + delimiter_.size() : content);
    if (!met) return Step::Wait;
    state_ = State::AfterDelimiter;
    return Step::Went;
}

MultipartParser::Step MultipartParser::read_delimiter_end() {
    if (pending_.size() < 2) return Step::Wait;
    const std::string_view two = std::string_view{pending_}.substr(0, 2);
    if (two == "--") {
        state_ = State::Ended;
        return Step::Went;
    }
    if (two != kLineEnd || ++parts_ > kPartsMax) return Step::Refused;
    state_ = State::Head; // which keeps the line's end: a head of no line is found at once
    return Step::Went;
}

MultipartParser::Step MultipartParser::read_head(PartReceiver& receiver) {
    const std::size_t end = pending_.find("\r\n\r\n");
    if (end == std::string::npos) {
        return pending_.size() > kPartHeadBytesMax ? Step::Refused : Step::Wait;
    }
    if (end > kPartHeadBytesMax || end == 0) return Step::Refused;
    const auto lines = std::string_view{pending_}.substr(2, end); // with the end of the last one
    auto head = read_part_head(lines);
    if (!head || !receiver.begin_part(std::move(*head))) return Step::Refused;
    pending_.erase(0, end + 4);
    state_ = State::Content;
    return Step::Went;
}

} // namespace platform::http

#include "engine/text/passage.hpp"

#include <algorithm>
#include <array>

namespace engine::text {
namespace {

constexpr char kIdentifierMark = '\x01';

/// Base letters of U+00C0 to U+00FF, UTF-8 "C3 80" to "C3 BF".
constexpr std::array<std::string_view, 64> kLatin1{
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "y"};

struct Folder {
    std::string& out;

    void space() {
        if (!out.empty() && out.back() != ' ') out.push_back(' ');
    }
    void digit() {
        if (out.empty() || out.back() != '0') out.push_back('0');
    }
};

/// Folds the character at `at`; returns how many bytes it takes.
std::size_t fold_character(std::string_view text, std::size_t at, Folder& folder) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
        if (byte >= 'a' && byte <= 'z') {
            folder.out.push_back(static_cast<char>(byte));
        } else if (byte >= 'A' && byte <= 'Z') {
            folder.out.push_back(static_cast<char>(byte + 32));
        } else if (byte >= '0' && byte <= '9') {
            folder.digit();
        } else if (byte != '\'') { // "n'hésitez" and "nhesitez" are one
            folder.space();
        }
        return 1;
    }
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
        const std::string_view base = kLatin1[next - 0x80];
        if (base == " ") {
            folder.space();
        } else {
            folder.out.append(base);
        }
        return 2;
    }
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) { // Œ œ
        folder.out.append("oe");
        return 2;
    }
    if (byte == 0xC2) { // no-break space, guillemets, degree…
        folder.space();
        return 2;
    }
    if (byte == 0xE2 && next < 0xB0 && at + 2 < text.size()) { // punctuation, currencies, symbols
        const auto third = static_cast<unsigned char>(text[at + 2]);
        const bool invisible = next == 0x80 && third >= 0x8B && third <= 0x8F;
        const bool apostrophe = next == 0x80 && (third == 0x99 || third == 0x98);
        if (!invisible && !apostrophe) folder.space();
        return 3;
    }
    if (byte >= 0xF0) { // emoji and the like: decoration
        folder.space();
        return std::min<std::size_t>(4, text.size() - at);
    }
    folder.out.push_back(static_cast<char>(byte)); // other scripts stay as they are
    return 1;
}

struct Reader {
    std::string_view text;
    record::Field field;
    std::vector<Passage>& out;
    std::size_t limit;

    void keep(std::size_t start, std::size_t end, bool own_words) {
        if (end - start < kPassageBytesMin || out.size() >= limit) return;
        out.push_back({field, static_cast<std::uint32_t>(start),
                       static_cast<std::uint32_t>(std::min(end, start + kPassageBytesMax)),
                       own_words});
    }

    void paragraphs() {
        std::size_t start = 0;
        for (std::size_t at = 0; at <= text.size(); ++at) {
            if (at < text.size() && text[at] != '\n') continue;
            keep(start, at, true);
            start = at + 1;
        }
    }

    /// What stands between « and », “ and ”, or two straight quotes.
    void quotations() {
        quoted("\xC2\xAB", "\xC2\xBB");
        quoted("\xE2\x80\x9C", "\xE2\x80\x9D");
        quoted("\"", "\"");
    }

    void quoted(std::string_view open, std::string_view close) {
        std::size_t at = text.find(open);
        while (at != std::string_view::npos && out.size() < limit) {
            const std::size_t start = at + open.size();
            const std::size_t end = text.find(close, start);
            if (end == std::string_view::npos) return;
            keep(start, end, false);
            at = text.find(open, end + close.size());
        }
    }
};

} // namespace

void find_passages(const record::Statement& statement, std::vector<Passage>& out) {
    const std::size_t limit = out.size() + kPassagesMax;
    for (std::size_t i = 0; i < statement.messages.size() && i < 65'535; ++i) {
        const record::Message& message = statement.messages[i];
        if (message.from == record::Speaker::Victim) continue;
        Reader reader{
            message.text, {record::FieldKind::Message, static_cast<std::uint16_t>(i)}, out, limit};
        reader.keep(0, message.text.size(), false);
    }
    Reader reader{statement.narrative, {record::FieldKind::Narrative, 0}, out, limit};
    reader.quotations();
    reader.paragraphs();
}

void fold(std::string_view field_text, const Passage& passage,
          std::span<const record::Mention> mentions, std::string& out) {
    out.clear();
    Folder folder{out};
    const std::string_view text = field_text.substr(0, passage.end);
    std::size_t at = passage.start;
    std::size_t next = 0;
    while (at < text.size()) {
        while (next < mentions.size() &&
               (mentions[next].field != passage.field || mentions[next].end <= at)) {
            ++next;
        }
        if (next < mentions.size() && mentions[next].start <= at) {
            folder.space();
            out.push_back(kIdentifierMark);
            out.push_back(' ');
            at = mentions[next].end;
            continue;
        }
        at += fold_character(text, at, folder);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
}

} // namespace engine::text

#include "engine/text/passage.hpp"

#include <algorithm>
#include <array>

namespace engine::text {
namespace {

constexpr char kIdentifierMark = '\x01';
constexpr std::size_t kMarkBytes = 3; // of the mark between its spaces

/// Base letters of U+00C0 to U+00FF, UTF-8 "C3 80" to "C3 BF".
constexpr std::array<std::string_view, 64> kLatin1{
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "y"};

/// What a byte becomes: a letter in lower case, '0' for a digit, ' ' for what separates words.
constexpr char kDropped = '\0'; // "n'hésitez" and "nhesitez" are one
constexpr char kWide = '\x80';  // of a character of several bytes
constexpr std::array<char, 256> kAscii = [] {
    std::array<char, 256> folds{};
    folds.fill(' ');
    for (char c = 'a'; c <= 'z'; ++c) folds[static_cast<unsigned char>(c)] = c;
    for (char c = 'A'; c <= 'Z'; ++c) {
        folds[static_cast<unsigned char>(c)] = static_cast<char>(c + 32);
    }
    for (char c = '0'; c <= '9'; ++c) folds[static_cast<unsigned char>(c)] = '0';
    folds['\''] = kDropped;
    for (std::size_t c = 0x80; c <= 0xFF; ++c) folds[c] = kWide;
    return folds;
}();

/// Writes what stays of a text, which is never more than the text and three bytes for each
/// identifier, into a buffer of that size.
class Folder {
public:
    explicit Folder(char* out) : begin_{out}, end_{out} {}

    /// Up to the character that reaches `stop`; gives the place after it.
    std::size_t fold(std::string_view text, std::size_t at, std::size_t stop);
    void identifier() {
        add(' ');
        add(kIdentifierMark);
        add(' ');
    }
    /// Bytes written, without a space at the end.
    [[nodiscard]] std::size_t size() const {
        const char* end = end_;
        while (end > begin_ && end[-1] == ' ') --end;
        return static_cast<std::size_t>(end - begin_);
    }

private:
    // Spaces and zeros come alone; of all that is added, only they are as small as '9'.
    void add(char folded) {
        *end_ = folded;
        end_ += folded == last_ && static_cast<unsigned char>(folded) <= '9' ? 0 : 1;
        last_ = folded;
    }
    std::size_t fold_wide(std::string_view text, std::size_t at);

    char* begin_;
    char* end_;
    char last_ = ' '; // none at the beginning
};

std::size_t Folder::fold(std::string_view text, std::size_t at, std::size_t stop) {
    while (at < stop) {
        const char folded = kAscii[static_cast<unsigned char>(text[at])];
        if (folded == kWide) {
            at += fold_wide(text, at);
        } else {
            if (folded != kDropped) add(folded);
            ++at;
        }
    }
    return at;
}

/// The character at `at`, which is not ASCII; gives the bytes that it takes.
std::size_t Folder::fold_wide(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
        for (const char letter : kLatin1[next - 0x80]) add(letter);
        return 2;
    }
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) { // Œ œ
        add('o');
        add('e');
        return 2;
    }
    if (byte == 0xC2) { // no-break space, guillemets, degree…
        add(' ');
        return 2;
    }
    if (byte == 0xE2 && next < 0xB0 && at + 2 < text.size()) { // punctuation, currencies, symbols
        const auto third = static_cast<unsigned char>(text[at + 2]);
        const bool invisible = next == 0x80 && third >= 0x8B && third <= 0x8F;
        const bool apostrophe = next == 0x80 && (third == 0x99 || third == 0x98);
        if (!invisible && !apostrophe) add(' ');
        return 3;
    }
    if (byte >= 0xF0) { // emoji and the like: decoration
        add(' ');
        return std::min<std::size_t>(4, text.size() - at);
    }
    add(text[at]); // other scripts stay as they are
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
        while (start <= text.size()) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            keep(start, end, true);
            start = end + 1;
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
    const std::string_view text = field_text.substr(0, passage.end);
    std::size_t at = passage.start;
    const std::size_t passage_bytes = text.size() - std::min(at, text.size());
    out.resize(passage_bytes + kMarkBytes * mentions.size());
    Folder folder{out.data()};
    auto next = mentions.begin();
    while (at < text.size()) {
        while (next != mentions.end() && (next->field != passage.field || next->end <= at)) ++next;
        if (next != mentions.end() && next->start <= at) {
            folder.identifier();
            at = next->end;
            continue;
        }
        const std::size_t stop =
            next == mentions.end() ? text.size() : std::min<std::size_t>(next->start, text.size());
        at = folder.fold(text, at, stop);
    }
    out.resize(folder.size());
}

} // namespace engine::text

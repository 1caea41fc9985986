#include "interchange/writer.hpp"

#include "interchange/utf8.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace interchange {

namespace {

using engine::record::Statement;

/// One object being written: knows whether a comma is due.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_{out} { out_ += '{'; }
    ~ObjectWriter() { out_ += '}'; }
    ObjectWriter(const ObjectWriter&) = delete;
    ObjectWriter& operator=(const ObjectWriter&) = delete;

    /// `name` is one of our own: nothing in it needs escaping.
    void key(std::string_view name) {
        out_ += first_ ? "\"" : ",\"";
        out_ += name;
        out_ += "\":";
        first_ = false;
    }
    void text(std::string_view name, std::string_view value) {
        key(name);
        append_json_string(value, out_);
    }
    void text_if_any(std::string_view name, std::string_view value) {
        if (!value.empty()) text(name, value);
    }
    void number(std::string_view name, std::uint64_t value) {
        key(name);
        std::array<char, 24> digits{};
        out_.append(digits.data(),
                    std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    }
    void instant_if_any(std::string_view name, const std::optional<UnixSeconds>& at) {
        if (at) text(name, to_rfc3339(*at));
    }
    template <class Element, class Write>
    void list_if_any(std::string_view name, const std::vector<Element>& list, const Write& write) {
        if (list.empty()) return;
        key(name);
        char before = '[';
        for (const Element& element : list) {
            out_ += before;
            before = ',';
            ObjectWriter object{out_};
            write(element, object);
        }
        out_ += ']';
    }

private:
    std::string& out_;
    bool first_ = true;
};

void write_message(const engine::record::Message& message, ObjectWriter& object) {
    object.text("from", engine::record::kSpeakerNames[static_cast<std::size_t>(message.from)]);
    object.instant_if_any("at", message.at);
    object.text_if_any("text", message.text);
}

void write_identifier(const engine::record::DeclaredIdentifier& identifier, ObjectWriter& object) {
    object.text("type", name_of(identifier.type));
    object.text("value", identifier.value);
    object.text("role", name_of(identifier.role));
    object.text_if_any("platform", identifier.platform);
}

void write_persona(const engine::record::Persona& persona, ObjectWriter& object) {
    object.text_if_any("pseudonym", persona.pseudonym);
    object.text_if_any("name", persona.name);
    object.text_if_any("platform", persona.platform);
    object.text_if_any("handle", persona.handle);
    if (persona.age && *persona.age >= 0) {
        object.number("age", static_cast<std::uint64_t>(*persona.age));
    }
    object.text_if_any("occupation", persona.occupation);
    object.text_if_any("city", persona.city);
    object.text_if_any("country", persona.country);
}

void write_payment(const engine::record::Payment& payment, ObjectWriter& object) {
    object.instant_if_any("at", payment.at);
    object.text_if_any("amount", payment.amount);
    object.text_if_any("currency", payment.currency);
    object.text_if_any("means", payment.means);
    object.text_if_any("to", payment.to);
}

void write_attachment(const engine::record::Attachment& attachment, ObjectWriter& object) {
    object.text_if_any("path", attachment.path);
    object.text_if_any("name", attachment.name);
}

bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

constexpr std::size_t kWord = sizeof(std::uint64_t);

/// Eight bytes at once. Each test sets the high bit of a byte that meets it; a borrow can also set
/// that of the byte above one that meets it, so the word is then looked at byte by byte.
bool any_needs_escape(const char* text) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    constexpr std::uint64_t kHighs = 0x8080'8080'8080'8080;
    std::uint64_t word = 0;
    std::memcpy(&word, text, kWord);
    const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
    return (control | has_zero(word ^ (kOnes * '"')) | has_zero(word ^ (kOnes * '\\'))) != 0;
}

void append_escaped(char c, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '\\';
    switch (c) {
    case '"':
    case '\\': out += c; break;
    case '\n': out += 'n'; break;
    case '\r': out += 'r'; break;
    case '\t': out += 't'; break;
    default:
        out += "u00";
        out += kHex[static_cast<unsigned char>(c) >> 4U];
        out += kHex[static_cast<unsigned char>(c) & 0xFU];
    }
}

} // namespace

void append_json_string(std::string_view text, std::string& out) {
    if (!is_valid_utf8(text)) {
        append_json_string(replace_invalid_utf8(text), out);
        return;
    }
    out += '"';
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (i + kWord <= text.size() && !any_needs_escape(text.data() + i)) i += kWord;
        if (i == text.size() || !needs_escape(text[i])) continue;
        out.append(text, copied, i - copied);
        append_escaped(text[i], out);
        copied = i + 1;
    }
    out.append(text, copied);
    out += '"';
}

void append_jsonl(const Statement& statement, std::string& out) {
    {
        ObjectWriter object{out};
        object.text("id", statement.id);
        object.text("kind", engine::record::kKindNames[static_cast<std::size_t>(statement.kind)]);
        object.instant_if_any("received_at", statement.received_at);
        object.text_if_any("lang", statement.lang);
        object.text_if_any("scam_type", statement.scam_type);
        object.text_if_any("narrative", statement.narrative);
        object.list_if_any("messages", statement.messages, write_message);
        object.list_if_any("identifiers", statement.identifiers, write_identifier);
        object.list_if_any("personas", statement.personas, write_persona);
        object.list_if_any("payments", statement.payments, write_payment);
        object.list_if_any("attachments", statement.attachments, write_attachment);
    }
    out += '\n';
}

void append_jsonl(const Reject& reject, std::string_view file, std::string& out) {
    {
        ObjectWriter object{out};
        object.text("file", file);
        if (reject.source.line > 0) object.number("line", reject.source.line);
        object.text_if_any("record", reject.record);
        object.text_if_any("field", reject.field);
        object.text("reason", reject.reason);
        object.text("detail", reject.detail);
    }
    out += '\n';
}

} // namespace interchange

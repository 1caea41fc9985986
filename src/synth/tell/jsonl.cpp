#include "synth/tell/jsonl.hpp"

namespace synth {
namespace {

using engine::record::Statement;

/// Members of one object; empty ones are left out.
class Members {
public:
    explicit Members(std::string& out) : out_{out} { out_ += '{'; }
    ~Members() { out_ += '}'; }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;

    void add(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        name(key);
        append_json_string(value, out_);
    }
    void name(std::string_view key) {
        out_ += any_ ? ",\"" : "\"";
        out_ += key;
        out_ += "\":";
        any_ = true;
    }

private:
    std::string& out_;
    bool any_ = false;
};

template <class Item, class Append>
void append_array(Members& members, std::string_view key, const std::vector<Item>& items,
                  std::string& out, Append append) {
    if (items.empty()) return;
    members.name(key);
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out += ',';
        Members inner{out};
        append(inner, items[i]);
    }
    out += ']';
}

} // namespace

void append_json_string(std::string_view text, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_jsonl(const Statement& statement, std::string& out) {
    using namespace engine::record;
    {
        Members record{out};
        record.add("id", statement.id);
        record.add("kind", kKindNames[static_cast<std::size_t>(statement.kind)]);
        if (statement.received_at) record.add("received_at", to_rfc3339(*statement.received_at));
        record.add("lang", statement.lang);
        record.add("scam_type", statement.scam_type);
        record.add("narrative", statement.narrative);
        append_array(record, "messages", statement.messages, out, [](Members& m, const Message& x) {
            m.add("from", kSpeakerNames[static_cast<std::size_t>(x.from)]);
            if (x.at) m.add("at", to_rfc3339(*x.at));
            m.add("text", x.text);
        });
        append_array(record, "identifiers", statement.identifiers, out,
                     [](Members& m, const DeclaredIdentifier& x) {
                         m.add("type", name_of(x.type));
                         m.add("value", x.value);
                         m.add("role", name_of(x.role));
                         m.add("platform", x.platform);
                     });
        append_array(record, "personas", statement.personas, out, [](Members& m, const Persona& x) {
            m.add("name", x.name);
            m.add("platform", x.platform);
            m.add("handle", x.handle);
            m.add("city", x.city);
        });
        append_array(record, "payments", statement.payments, out, [](Members& m, const Payment& x) {
            if (x.at) m.add("at", to_rfc3339(*x.at));
            m.add("amount", x.amount);
            m.add("currency", x.currency);
            m.add("means", x.means);
            m.add("to", x.to);
        });
    }
    out += '\n';
}

} // namespace synth

// All fields of a statement: texts are scanned, fields made for identifiers are checked.
#include "engine/extract/extract.hpp"

#include "base/ascii.hpp"
#include "engine/extract/roles/roles.hpp"
#include "engine/normalise/identifier.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace engine::extract {
namespace {

using record::Field;
using record::FieldKind;
using record::IdentifierType;
using record::Mention;
using record::Role;
using record::Statement;

constexpr unsigned kCheckedConfidence = 95;
constexpr unsigned kUncheckedConfidence = 30;
constexpr std::size_t kDeclaredBytesMax = 512; // of a value that is kept though no check knows it

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

Mention mention_of_field(IdentifierType type, Field field, std::string_view text) {
    const std::string_view inner = trimmed(text);
    Mention mention;
    mention.type = type;
    mention.field = field;
    mention.start = static_cast<std::uint32_t>(inner.data() - text.data());
    mention.end = static_cast<std::uint32_t>(mention.start + inner.size());
    return mention;
}

// A card that fails its check may be a real one mistyped: it is masked like the others.
void mask_digits(std::string& value) {
    constexpr std::size_t kShownFirst = 6;
    constexpr std::size_t kShownLast = 4;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(value, is_digit));
    std::size_t seen = 0;
    for (char& c : value) {
        if (!is_digit(c)) continue;
        ++seen;
        if (seen > kShownFirst && seen + kShownLast <= digits) c = '*';
    }
}

std::string unchecked_value(IdentifierType type, std::string_view text) {
    std::string value = lower_ascii(trimmed(text).substr(0, kDeclaredBytesMax));
    if (type == IdentifierType::Card) mask_digits(value);
    return value;
}

// The domain that the URL or address declared last contains; `host` is the URL's.
void add_domain(std::string host, std::string_view text, std::vector<Mention>& out) {
    const Mention& whole = out.back();
    std::string domain;
    if (whole.type == IdentifierType::Email) {
        domain = whole.value.substr(whole.value.rfind('@') + 1);
    } else if (host.find_first_not_of("0123456789.:[]") != std::string::npos) {
        domain = std::move(host);
    }
    if (domain.empty()) return;
    Mention part;
    part.type = IdentifierType::Domain;
    part.role = whole.role;
    part.confidence = whole.confidence;
    part.field = whole.field;
    part.start = whole.start;
    part.end = whole.end;
    part.rule = whole.type == IdentifierType::Url ? "domain.of_url" : "domain.of_email";
    const std::string_view written = text.substr(whole.start, whole.end - whole.start);
    if (const std::size_t at = written.rfind(domain); at != std::string_view::npos) {
        part.start = static_cast<std::uint32_t>(whole.start + at);
        part.end = static_cast<std::uint32_t>(part.start + domain.size());
    }
    part.value = std::move(domain);
    out.push_back(std::move(part));
}

class FieldReader {
public:
    FieldReader(const ExtractPolicy& policy, std::vector<Mention>& out)
        : policy_{policy}, out_{out} {}

    /// A field made for this type of identifier.
    void declared(IdentifierType type, Field field, std::string_view text,
                  std::string_view platform, Role role) {
        Mention mention = mention_of_field(type, field, text);
        if (mention.start == mention.end) return;
        const std::size_t first = out_.size();
        auto canonical = normalise::canonical_identifier(type, trimmed(text), platform,
                                                         policy_.assumed_country, policy_.card_key);
        mention.role = role;
        const bool checked = canonical && !canonical->value.empty();
        mention.value = checked ? std::move(canonical->value) : unchecked_value(type, text);
        mention.rule = checked ? canonical->rule : "declared.unchecked";
        mention.confidence =
            static_cast<std::uint8_t>(checked ? kCheckedConfidence : kUncheckedConfidence);
        out_.push_back(std::move(mention));
        if (checked) add_domain(std::move(canonical->host), text, out_);
        finish(field, text, first);
    }

    /// A field that may hold identifiers of any type, or only a name (`otherwise`).
    void any(IdentifierType otherwise, Field field, std::string_view text,
             std::string_view platform) {
        if (trimmed(text).empty()) return;
        const std::size_t first = out_.size();
        scan_text(text, field, record::Speaker::Other, policy_, out_);
        const bool told = std::any_of(
            out_.begin() + static_cast<std::ptrdiff_t>(first), out_.end(), [](const Mention& m) {
                return m.type != IdentifierType::Name && m.type != IdentifierType::Order &&
                       !(m.type == IdentifierType::Handle && m.value.starts_with("unknown:"));
            });
        if (told) {
            for (std::size_t i = first; i < out_.size(); ++i) out_[i].role = Role::Suspect;
            return;
        }
        out_.resize(first);
        declared(otherwise, field, text, platform, Role::Suspect);
    }

private:
    void finish(Field field, std::string_view text, std::size_t first) {
        assign_roles(text, field, record::Speaker::Other, policy_, std::span{out_}.subspan(first));
    }

    const ExtractPolicy& policy_;
    std::vector<Mention>& out_;
};

Field field_of(FieldKind kind, std::size_t index) {
    return {kind, static_cast<std::uint16_t>(index)};
}

// A field's index has sixteen bits; a statement with more of one kind is no declaration.
constexpr std::size_t kFieldsMax = 65'535;

void read_personas(const Statement& statement, FieldReader& reader) {
    const std::size_t count = std::min(statement.personas.size(), kFieldsMax);
    for (std::size_t i = 0; i < count; ++i) {
        const record::Persona& persona = statement.personas[i];
        const bool one_word = trimmed(persona.pseudonym).find(' ') == std::string_view::npos;
        reader.any(IdentifierType::Handle, field_of(FieldKind::PersonaHandle, i), persona.handle,
                   persona.platform);
        reader.declared(IdentifierType::Name, field_of(FieldKind::PersonaName, i), persona.name, {},
                        Role::Suspect);
        reader.declared(one_word && !persona.platform.empty() ? IdentifierType::Handle
                                                              : IdentifierType::Name,
                        field_of(FieldKind::PersonaPseudonym, i), persona.pseudonym,
                        persona.platform, Role::Suspect);
    }
}

/// Whoever fills in a field made for an identifier says whose it is: that holds wherever it stands.
void follow_declared(std::span<Mention> mentions) {
    using Key = std::pair<IdentifierType, std::string_view>;
    std::map<Key, Role> declared;
    for (const Mention& mention : mentions) {
        if (mention.field.kind != FieldKind::Identifier) continue;
        declared.emplace(Key{mention.type, mention.value}, mention.role);
    }
    if (declared.empty()) return;
    for (Mention& mention : mentions) {
        const auto found = declared.find(Key{mention.type, mention.value});
        if (found == declared.end() || mention.role == found->second) continue;
        mention.role = found->second;
        mention.rule = "role.declared";
    }
}

} // namespace

void extract(const Statement& statement, const ExtractPolicy& policy, std::vector<Mention>& out) {
    const std::size_t first = out.size();
    FieldReader reader{policy, out};
    scan_text(statement.narrative, field_of(FieldKind::Narrative, 0), record::Speaker::Victim,
              policy, out);
    const std::size_t messages = std::min(statement.messages.size(), kFieldsMax);
    for (std::size_t i = 0; i < messages; ++i) {
        const record::Message& message = statement.messages[i];
        scan_text(message.text, field_of(FieldKind::Message, i), message.from, policy, out);
    }
    const std::size_t identifiers = std::min(statement.identifiers.size(), kFieldsMax);
    for (std::size_t i = 0; i < identifiers; ++i) {
        const record::DeclaredIdentifier& declared = statement.identifiers[i];
        reader.declared(declared.type, field_of(FieldKind::Identifier, i), declared.value,
                        declared.platform, declared.role);
    }
    read_personas(statement, reader);
    const std::size_t payments = std::min(statement.payments.size(), kFieldsMax);
    for (std::size_t i = 0; i < payments; ++i) {
        reader.any(IdentifierType::Name, field_of(FieldKind::PaymentTo, i),
                   statement.payments[i].to, statement.payments[i].means);
    }
    follow_declared(std::span{out}.subspan(first));
}

std::string written_of(const Mention& mention, std::string_view text) {
    if (mention.end > text.size() || mention.start > mention.end) return {};
    std::string written{text.substr(mention.start, mention.end - mention.start)};
    if (mention.type == IdentifierType::Card) mask_digits(written);
    if (mention.type == IdentifierType::Url && mention.value.find('*') != std::string::npos) {
        return mention.value; // a link with a card's number in it, masked already
    }
    return written;
}

} // namespace engine::extract

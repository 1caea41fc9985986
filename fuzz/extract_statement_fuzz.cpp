// Declared fields, personas and payments of any bytes: each that is not blank yields a mention with
// a span inside its field, and a declared card is never in clear.
#include "engine/extract/extract.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace engine::record;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

// The input cut at each zero byte, one piece after the other.
class Pieces {
public:
    Pieces(const std::uint8_t* data, std::size_t size)
        : rest_{reinterpret_cast<const char*>(data), size} {}
    std::string next() {
        const std::string_view piece = rest_.substr(0, rest_.find('\0'));
        rest_.remove_prefix(std::min(rest_.size(), piece.size() + 1));
        return std::string{piece};
    }

private:
    std::string_view rest_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Pieces pieces{data, size};
    Statement statement;
    const std::string kind = pieces.next();
    const std::size_t type = kind.empty() ? 0 : static_cast<unsigned char>(kind[0]);
    statement.identifiers.push_back({static_cast<IdentifierType>(type % kIdentifierTypes),
                                     pieces.next(), Role::Suspect, pieces.next()});
    Persona persona;
    persona.platform = pieces.next();
    persona.handle = pieces.next();
    persona.name = pieces.next();
    persona.pseudonym = pieces.next();
    statement.personas.push_back(persona);
    statement.payments.emplace_back();
    statement.payments.back().to = pieces.next();
    statement.narrative = pieces.next();

    std::vector<Mention> mentions;
    engine::extract::extract(statement, {}, mentions);
    for (const Mention& mention : mentions) {
        const std::string_view text = text_of(statement, mention.field);
        require(mention.start < mention.end && mention.end <= text.size(), "a span outside");
        require(!mention.value.empty(), "an empty value");
        if (mention.type != IdentifierType::Card) continue;
        std::size_t digits = 0;
        for (const char c : engine::extract::written_of(mention, text)) {
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        require(digits <= 10, "a card's digits are written");
    }
    const bool blank =
        statement.identifiers[0].value.find_first_not_of(" \t\n\r\v\f") == std::string::npos;
    const bool declared = std::ranges::any_of(mentions, [](const Mention& mention) {
        return mention.field.kind == FieldKind::Identifier;
    });
    require(blank || declared, "a declared identifier is lost");
    return 0;
}

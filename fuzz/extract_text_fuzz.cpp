// Whatever the bytes, spans lie in the text in ascending order, values are not empty, and the
// digits of a card are in no value and in nothing written for people.
#include "engine/extract/extract.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using engine::record::IdentifierType;
using engine::record::Mention;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

// First six and last four may be seen, and the sixteen hex digits of the keyed hash.
void require_masked(const Mention& mention, std::string_view text) {
    const std::string shown = engine::extract::written_of(mention, text);
    require(digits_of(shown).size() <= 10, "a card's digits are written");
    const std::size_t hash = mention.value.find('#');
    require(hash != std::string::npos, "a card without its hash");
    require(digits_of(mention.value.substr(0, hash)).size() <= 10, "a card's digits are a value");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr std::array<engine::normalise::CountryCode, 4> kCountries{
        {{'F', 'R'}, {'B', 'E'}, {'C', 'I'}, {'U', 'S'}}};
    engine::extract::ExtractPolicy policy;
    policy.assumed_country = kCountries[data[0] % kCountries.size()];
    const auto speaker = static_cast<engine::record::Speaker>(data[0] / 4 % 3);
    const std::string text{reinterpret_cast<const char*>(data) + 1, size - 1};

    std::vector<Mention> mentions;
    engine::extract::scan_text(text, {}, speaker, policy, mentions);
    std::uint32_t before = 0;
    for (const Mention& mention : mentions) {
        require(mention.start < mention.end, "an empty span");
        require(mention.end <= text.size(), "a span past the end");
        require(mention.start >= before, "spans out of order");
        require(!mention.value.empty(), "an empty value");
        require(!mention.rule.empty(), "no rule");
        if (mention.type == IdentifierType::Card) require_masked(mention, text);
        before = mention.start;
    }
    return 0;
}

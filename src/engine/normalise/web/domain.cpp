// Plain ASCII hosts, nearly all of them, are read in one pass on the stack; only other characters
// go through ICU, and only what was refused is looked at again for brackets and invisible
// characters.
#include "engine/normalise/web/domain.hpp"

#include "base/ascii.hpp"
#include "engine/normalise/web/host.hpp"
#include "engine/normalise/web/refang.hpp"
#include "engine/normalise/web/suffix.hpp"

#include <array>
#include <cstdint>

namespace engine::normalise::web {
namespace {

constexpr std::size_t kNameBytesMax = 253; // RFC 1035 section 2.3.4, in text without the last dot
constexpr std::size_t kLabelBytesMax = 63;
constexpr std::size_t kWrittenBytesMax = 2048; // of a name in disguise or with invisible characters

// 0: not in a host; otherwise the lower-case character.
constexpr std::array<char, 256> kHostCharacters = [] {
    std::array<char, 256> table{};
    for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    for (int c = 'A'; c <= 'Z'; ++c) {
        table[static_cast<std::size_t>(c)] = static_cast<char>(c + ('a' - 'A'));
    }
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    table['-'] = '-';
    table['_'] = '_';
    table['.'] = '.';
    return table;
}();

// The registrable part obeys the registries: letters, digits and inner hyphens (RFC 952, RFC 1123).
// Below it, owners write what they like: "_dmarc", "a_b".
bool is_registrable_spelling(std::string_view name) {
    char before = '.';
    for (const char c : name) {
        if (c == '_' || (c == '-' && before == '.') || (c == '.' && before == '-')) return false;
        before = c;
    }
    return before != '-';
}

Result<std::string, WebRefusal> under_suffix(std::string_view host) {
    const SuffixMatch match = match_suffix(host);
    if (!match.is_listed) return refuse(WebRefusal::NotUnderPublicSuffix);
    if (!is_registrable_spelling(host.substr(match.registrable))) {
        return refuse(WebRefusal::WrongCharacter);
    }
    return std::string{host};
}

// `written` is ASCII; one pass: characters, labels and lengths.
Result<std::string, WebRefusal> parse_ascii(std::string_view written) {
    if (written.ends_with('.')) written.remove_suffix(1);
    if (written.empty()) return refuse(WebRefusal::Empty);
    if (written.size() > kNameBytesMax) return refuse(WebRefusal::TooLong);
    std::array<char, kNameBytesMax> lower;
    std::size_t label = 0;
    std::size_t labels = 1;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char c = kHostCharacters[static_cast<unsigned char>(written[i])];
        if (c == '\0') return refuse(WebRefusal::WrongCharacter);
        lower[i] = c;
        if (c != '.') continue;
        if (i == label) return refuse(WebRefusal::WrongCharacter);
        if (i - label > kLabelBytesMax) return refuse(WebRefusal::TooLong);
        label = i + 1;
        ++labels;
    }
    if (label == written.size()) return refuse(WebRefusal::WrongCharacter);
    if (written.size() - label > kLabelBytesMax) return refuse(WebRefusal::TooLong);
    if (labels == 1) return refuse(WebRefusal::NotUnderPublicSuffix);
    return under_suffix({lower.data(), written.size()});
}

// Zero-width space, (non-)joiner, word joiner, byte order mark: pasted by messengers, or put there
// so that filters see another name.
std::string without_invisible(std::string_view text) {
    constexpr std::array<std::string_view, 5> kInvisible{"\u200B", "\u200C", "\u200D", "\u2060",
                                                         "\uFEFF"};
    std::string kept;
    kept.reserve(text.size());
    while (!text.empty()) {
        std::size_t size = 0;
        for (const std::string_view character : kInvisible) {
            if (text.starts_with(character)) size = character.size();
        }
        if (size == 0) kept += text[0];
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return kept;
}

Result<std::string, WebRefusal> parse_any(std::string_view written) {
    if (is_ascii(written)) return parse_ascii(written);
    std::optional<std::string> ascii = domain_to_ascii(written);
    if (!ascii) ascii = domain_to_ascii(without_invisible(written));
    if (!ascii) return refuse(WebRefusal::WrongCharacter);
    return parse_ascii(*ascii);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

} // namespace

Result<std::string, WebRefusal> parse_full_domain(std::string_view as_written) {
    const std::string_view written = trimmed(as_written);
    Result<std::string, WebRefusal> host = parse_any(written);
    if (host || host.error() != WebRefusal::WrongCharacter) return host;
    if (written.size() > kWrittenBytesMax) return refuse(WebRefusal::TooLong);
    if (written.find_first_of("[({ ") == std::string_view::npos) return host;
    return parse_any(refang_url(written));
}

std::string_view without_www(std::string_view canonical_host) {
    constexpr std::string_view kWww = "www.";
    if (!canonical_host.starts_with(kWww)) return canonical_host;
    const std::string_view rest = canonical_host.substr(kWww.size());
    return rest.find('.') == std::string_view::npos ? canonical_host : rest;
}

} // namespace engine::normalise::web

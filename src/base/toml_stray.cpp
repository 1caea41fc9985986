#include "base/toml_stray.hpp"

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kNone = std::string_view::npos;

/// Behind a text in triple quotes; nothing when it is not closed.
std::size_t behind_block(std::string_view toml, std::size_t at, char quote) {
    for (; at < toml.size(); ++at) {
        if (quote == '"' && toml[at] == '\\') {
            ++at;
        } else if (toml.substr(at).starts_with(std::string_view{quote == '"' ? R"(""")" : "'''"})) {
            return at + 3;
        }
    }
    return kNone;
}

/// Behind a text of one line; nothing when the line ends first.
std::size_t behind_line(std::string_view toml, std::size_t at, char quote) {
    for (; at < toml.size() && toml[at] != '\n'; ++at) {
        if (quote == '"' && toml[at] == '\\') {
            ++at;
        } else if (toml[at] == quote) {
            return at + 1;
        }
    }
    return kNone;
}

std::size_t behind_text(std::string_view toml, std::size_t at) {
    const char quote = toml[at];
    const bool block = toml.size() - at >= 3 && toml[at + 1] == quote && toml[at + 2] == quote;
    return block ? behind_block(toml, at + 3, quote) : behind_line(toml, at + 1, quote);
}

} // namespace

std::optional<std::size_t> first_stray(std::string_view toml) {
    std::size_t at = toml.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (at < toml.size()) {
        const char here = toml[at];
        if (here == '"' || here == '\'') {
            at = behind_text(toml, at);
        } else if (here == '#') {
            at = toml.find('\n', at);
        } else if (static_cast<unsigned char>(here) > 0x7F) {
            return at;
        } else {
            ++at;
        }
    }
    return std::nullopt;
}

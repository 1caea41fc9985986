#include "intake/web/typed.hpp"

#include <algorithm>

namespace intake::web {

std::string typed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
            continue;
        }
        if (text[i] == '\0') continue;
        out += text[i];
    }
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<std::string> read_amount(std::string_view text) {
    std::string out;
    bool cents = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            out += c;
        } else if ((c == ',' || c == '.') && !cents && text.size() - i <= 8) {
            out += '.';
            cents = true;
        } else if (c == ' ' || c == '.' || static_cast<unsigned char>(c) > 0x7F) {
            continue; // thousands, the sign of the currency
        } else if (text.substr(i) != "euros" && text.substr(i) != "EUR" && text.substr(i) != "e") {
            return std::nullopt;
        } else {
            break;
        }
    }
    if (!out.empty() && out.back() == '.') out.pop_back();
    if (out.empty() || out.front() == '.' || out.size() > 12) return std::nullopt;
    return out;
}

} // namespace intake::web

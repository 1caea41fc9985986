#include "platform/page/templates/placeholders.hpp"

#include "base/check.hpp"

namespace platform::page {

namespace {

constexpr std::string_view kOpens = "[[";
constexpr std::string_view kCloses = "]]";
constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_.";
constexpr std::string_view kAsset = "asset:";
constexpr std::string_view kPart = "part:";

std::string put_one(std::string_view template_name, std::string_view inside, const PutIn& put) {
    PlaceholderKind kind = PlaceholderKind::Word;
    std::string_view name = inside;
    if (inside.starts_with(kAsset)) {
        kind = PlaceholderKind::Asset;
        name.remove_prefix(kAsset.size());
    } else if (inside.starts_with(kPart)) {
        kind = PlaceholderKind::Part;
        name.remove_prefix(kPart.size());
    }
    if (name.empty() || name.find_first_not_of(kNameCharacters) != std::string_view::npos) {
        const std::string what = std::string{template_name} + ": not a placeholder: [[" +
                                 std::string{inside.substr(0, 80)} + "]]";
        check(false, what.c_str());
    }
    return put(kind, name);
}

} // namespace

std::string put_in(std::string_view template_name, std::string_view text, const PutIn& put) {
    std::string out;
    out.reserve(text.size() * 2);
    while (true) {
        const std::size_t begin = text.find(kOpens);
        out += text.substr(0, begin);
        if (begin == std::string_view::npos) return out;
        text.remove_prefix(begin + kOpens.size());
        const std::size_t end = text.find(kCloses);
        if (end == std::string_view::npos) {
            check(false, (std::string{template_name} + ": a [[ without its ]]").c_str());
            return out;
        }
        out += put_one(template_name, text.substr(0, end), put);
        text.remove_prefix(end + kCloses.size());
    }
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

} // namespace platform::page

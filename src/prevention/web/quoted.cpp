#include "prevention/web/quoted.hpp"

#include <algorithm>

namespace prevention::web {

using engine::risk::Finding;
using engine::risk::Group;
using engine::risk::Span;

std::string pasted(std::string_view field) {
    std::string text;
    text.reserve(field.size());
    for (const char c : field) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t') {
            text += ' ';
        } else if (c == '\n' || (byte >= 0x20 && byte != 0x7F)) {
            text += c;
        }
    }
    return text;
}

std::size_t characters(std::string_view text) {
    const auto begins_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    };
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::vector<Segment> segments_of(std::string_view text, std::span<const Finding> findings) {
    std::vector<Span> marks;
    for (const Finding& finding : findings) {
        if (finding.group != Group::Fact) {
            marks.insert(marks.end(), finding.quotes.begin(), finding.quotes.end());
        }
    }
    std::ranges::sort(marks, {}, &Span::start);
    std::vector<Segment> segments;
    std::size_t at = 0;
    for (std::size_t i = 0; i < marks.size();) {
        const std::size_t begin = marks[i].start;
        std::size_t end = marks[i].end;
        while (++i < marks.size() && marks[i].start <= end) {
            end = std::max<std::size_t>(end, marks[i].end);
        }
        if (begin > at) segments.push_back({text.substr(at, begin - at), false});
        segments.push_back({text.substr(begin, end - begin), true});
        at = end;
    }
    if (at < text.size()) segments.push_back({text.substr(at), false});
    return segments;
}

} // namespace prevention::web

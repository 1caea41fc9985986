#include "synth/words/grammar.hpp"

#include "base/check.hpp"

namespace synth {
namespace {

/// Index of the bracket that closes the one at `open`, brackets of other kinds included.
std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '[' || text[i] == '<') ++depth;
        if (text[i] == ']' || text[i] == '>') --depth;
        if (depth == 0) return i;
    }
    check(false, "brackets of a text match");
    return text.size();
}

std::vector<std::string_view> alternatives(std::string_view inside) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= inside.size(); ++i) {
        if (i == inside.size() || (inside[i] == '|' && depth == 0)) {
            parts.push_back(inside.substr(begin, i - begin));
            begin = i + 1;
        } else if (inside[i] == '[' || inside[i] == '<') {
            ++depth;
        } else if (inside[i] == ']' || inside[i] == '>') {
            --depth;
        }
    }
    return parts;
}

bool all_slots_known(std::string_view text, const HasSlot& has) {
    for (std::size_t open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        if (!has(text.substr(open + 1, text.find('}', open) - open - 1))) return false;
    }
    return true;
}

struct Unfolding {
    const Choose& choose;
    const HasSlot& has;
    std::size_t choices = 0;
    std::string out;

    void add(std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t stop = text.find_first_of("[<", i);
            out += text.substr(i, stop - i);
            if (stop == std::string_view::npos) return;
            const std::size_t end = closing(text, stop);
            const std::string_view inside = text.substr(stop + 1, end - stop - 1);
            if (text[stop] == '[') {
                const std::vector<std::string_view> parts = alternatives(inside);
                add(parts[choose(choices++, parts.size())]);
            } else if (all_slots_known(inside, has)) {
                add(inside);
            }
            i = end + 1;
        }
    }
};

} // namespace

std::vector<Section> sections_of(std::string_view text) {
    std::vector<Section> sections;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line[0] == '#') continue;
        if (line[0] == '@') {
            sections.push_back({line.substr(1), {}});
        } else {
            check(!sections.empty(), "a text stands under a section");
            sections.back().entries.push_back(line);
        }
    }
    return sections;
}

Phrases::Phrases(std::string_view text) {
    for (const Section& section : sections_of(text)) {
        std::vector<std::string_view>& entries = sections_[std::string{section.title}];
        entries.insert(entries.end(), section.entries.begin(), section.entries.end());
    }
}

const std::vector<std::string_view>& Phrases::of(std::string_view title) const {
    const auto found = sections_.find(title);
    check(found != sections_.end() && !found->second.empty(), "the section exists");
    return found->second;
}

bool Phrases::has(std::string_view title) const {
    return sections_.find(title) != sections_.end();
}

std::string unfold(std::string_view text, const Choose& choose, const HasSlot& has) {
    Unfolding unfolding{choose, has, 0, {}};
    unfolding.out.reserve(text.size());
    unfolding.add(text);
    return std::move(unfolding.out);
}

std::string fill(std::string_view text, const AppendSlot& append) {
    std::string out;
    out.reserve(text.size() * 2);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t open = std::min(text.find('{', i), text.size());
        out += text.substr(i, open - i);
        if (open == text.size()) break;
        const std::size_t close = text.find('}', open);
        check(close != std::string_view::npos, "a slot is closed");
        append(text.substr(open + 1, close - open - 1), out);
        i = close + 1;
    }
    return out;
}

} // namespace synth

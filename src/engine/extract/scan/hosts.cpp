#include "engine/extract/scan/hosts.hpp"

#include "engine/extract/scan/words.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace engine::extract::scan {
namespace {

// Whether a character outside ASCII is a letter, by its first bytes: enough to end a host name at
// quotes, dashes and arrows. Scripts from U+00C0 to U+1FFF and from U+3040 to U+D7FF.
bool is_letter_lead(unsigned char first, unsigned char second) {
    if (first == 0xC3) return second != 0x97 && second != 0xB7; // × ÷
    if (first >= 0xC4 && first <= 0xDF) return true;
    return first == 0xE0 || first == 0xE1 || (first >= 0xE4 && first <= 0xED) ||
           (first == 0xE3 && second >= 0x81);
}

std::size_t character_size(unsigned char first) {
    const int ones = std::countl_one(first);
    return ones >= 2 && ones <= 4 ? static_cast<std::size_t>(ones) : 1;
}

char closing_of(char opening) {
    if (opening == '[') return ']';
    if (opening == '(') return ')';
    return opening == '{' ? '}' : '\0';
}

// Size of "[word]" at `at` with one of the words in it, 0 when it is something else.
std::size_t bracketed_size(std::string_view text, std::size_t at,
                           std::initializer_list<std::string_view> words) {
    const char closing = closing_of(byte_at(text, at));
    if (closing == '\0') return 0;
    const std::size_t begin = skip_spaces(text, at + 1, 1);
    for (const std::string_view word : words) {
        if (!reads(text, begin, word)) continue;
        const std::size_t end = skip_spaces(text, begin + word.size(), 1);
        if (byte_at(text, end) == closing) return end + 1 - at;
    }
    return 0;
}

// Size of " word " between spaces, 0 when it is something else.
std::size_t spaced_size(std::string_view text, std::size_t at, std::string_view word) {
    const std::size_t begin = skip_spaces(text, at, 2);
    if (begin == at || !reads(text, begin, word)) return 0;
    const std::size_t end = skip_spaces(text, begin + word.size(), 2);
    return end == begin + word.size() ? 0 : end - at;
}

// A disguised dot or hyphen: how many bytes it takes.
std::size_t hyphen_size_at(std::string_view text, std::size_t at, Dots dots) {
    if (dots != Dots::Spoken) return 0;
    for (const std::string_view word : {"tiret", "dash"}) {
        if (const std::size_t size = spaced_size(text, at, word)) return size;
    }
    return 0;
}

class HostReader {
public:
    HostReader(std::string_view text, std::size_t begin, Host& host)
        : text_{text}, at_{begin}, host_{host} {
        host.span = {begin, begin};
    }

    void read(Dots dots) {
        while (!host_.too_long) {
            const std::size_t label_begin_at = host_.size;
            read_label(dots);
            if (host_.size == label_begin_at) break;
            end_label();
            const std::size_t dot = dot_size_at(text_, at_, dots);
            if (dot == 0 || label_character_at(text_, at_ + dot) == 0) break;
            // Who wrote a dot plainly does not set the next one apart: "gmx.fr . je" ends at fr.
            const std::size_t mark = skip_spaces(text_, at_, 2);
            if (plain_dot_ && mark > at_ && byte_at(text_, mark) == '.') break;
            plain_dot_ |= dot == 1;
            host_.disguised |= dot != 1;
            at_ += dot;
            put('.');
        }
        if (host_.size > 0 && host_.bytes[host_.size - 1] == '.') --host_.size;
        if (host_.too_long) skip_rest();
    }

private:
    void read_label(Dots dots) {
        while (!host_.too_long) {
            if (const std::size_t size = label_character_at(text_, at_)) {
                for (std::size_t i = 0; i < size; ++i) put(text_[at_ + i]);
                at_ += size;
            } else if (const std::size_t hyphen = hyphen_size_at(text_, at_, dots)) {
                put('-');
                at_ += hyphen;
                host_.disguised = true;
            } else {
                return;
            }
        }
    }
    void put(char c) {
        if (host_.size >= kHostBytesMax) {
            host_.too_long = true;
            return;
        }
        host_.bytes[host_.size++] = c;
    }
    void end_label() {
        if (host_.labels == kLabelsMax) {
            host_.too_long = true;
            return;
        }
        host_.label_ends[host_.labels] = static_cast<std::uint8_t>(host_.size);
        host_.span.end = at_;
        host_.written_ends[host_.labels] = static_cast<std::uint32_t>(at_ - host_.span.begin);
        ++host_.labels;
    }
    // To the end of what would be read again and again, each time too long.
    void skip_rest() {
        while (is_at(text_, at_, kWord) || byte_at(text_, at_) == '.' ||
               byte_at(text_, at_) == '-') {
            ++at_;
        }
        host_.span.end = at_;
    }

    std::string_view text_;
    std::size_t at_;
    Host& host_;
    bool plain_dot_ = false; // a dot was written without spaces
};

} // namespace

std::string_view Host::first_labels(std::size_t count) const {
    return {bytes.data(), count == 0 ? 0U : label_ends[count - 1]};
}

std::string_view Host::label(std::size_t place) const {
    const std::size_t begin = place == 0 ? 0 : label_ends[place - 1] + std::size_t{1};
    return text().substr(begin, label_ends[place] - begin);
}

std::size_t label_character_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    const char c = text[at];
    if (is(c, kAlnum) || c == '-' || c == '_') return 1;
    if (!is(c, kHigh)) return 0;
    const auto first = static_cast<unsigned char>(c);
    const auto second = static_cast<unsigned char>(byte_at(text, at + 1));
    const std::size_t size = character_size(first);
    return size > 1 && at + size <= text.size() && is_letter_lead(first, second) ? size : 0;
}

std::size_t label_character_before(std::string_view text, std::size_t at) {
    if (at == 0) return 0;
    const char c = text[at - 1];
    if (is(c, kAlnum) || c == '-' || c == '_') return 1;
    if (!is(c, kHigh)) return 0;
    for (std::size_t size = 2; size <= 4 && size <= at; ++size) {
        if ((static_cast<unsigned char>(text[at - size]) & 0xC0) == 0x80) continue;
        return label_character_at(text, at - size) == size ? size : 0;
    }
    return 0;
}

std::size_t label_begin(std::string_view text, std::size_t end) {
    std::size_t begin = end;
    while (const std::size_t size = label_character_before(text, begin)) {
        begin -= size;
        if (end - begin > 2 * kLabelBytesMax) return end;
    }
    while (begin < end && (text[begin] == '-' || text[begin] == '_')) ++begin;
    return begin;
}

std::size_t dot_size_at(std::string_view text, std::size_t at, Dots dots) {
    if (byte_at(text, at) == '.') {
        if (dots == Dots::Spoken && is_at(text, at + 1, kSpace)) return 0;
        return 1;
    }
    if (dots == Dots::Plain) return 0;
    const std::size_t bracket = skip_spaces(text, at, 1);
    if (const std::size_t size = bracketed_size(text, bracket, {".", "dot", "point"})) {
        const std::size_t end = bracket + size;
        return skip_spaces(text, end, bracket > at ? 1 : 0) - at;
    }
    if (dots != Dots::Spoken) return 0;
    for (const std::string_view word : {"point", "dot", "."}) {
        if (const std::size_t size = spaced_size(text, at, word)) return size;
    }
    return 0;
}

Host read_host(std::string_view text, std::size_t begin, Dots dots) {
    Host host;
    HostReader{text, begin, host}.read(dots);
    return host;
}

Span at_sign_at(std::string_view text, std::size_t at, bool bare_at) {
    const std::size_t begin = skip_spaces(text, at, 2);
    if (byte_at(text, begin) == '@') return {at, skip_spaces(text, begin + 1, 2)};
    if (const std::size_t size = bracketed_size(
            text, begin, {"at", "@", "arobase", "arobas", "arobaze", "aro", "a", "chez"})) {
        return {at, skip_spaces(text, begin + size, 2)};
    }
    if (begin == at) return {};
    for (const std::string_view word : {"arobase", "arobas", "arobaze", "aro", "at"}) {
        if (word == "at" && !bare_at) continue;
        if (const std::size_t size = spaced_size(text, at, word)) return {at, at + size};
    }
    return {};
}

} // namespace engine::extract::scan

#include "engine/extract/scan/number_run.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

bool is_o(char c) {
    return c == 'O' || c == 'o';
}

// A separator between two groups: its size and the sign that characterises it.
struct Separator {
    std::size_t size = 0;
    char sign = '\0';
};

bool begins_group(std::string_view text, std::size_t at) {
    if (is_at(text, at, kDigit)) return true;
    // "06 12 OO 56": a pair of letters O, or one that touches a digit.
    return is_o(byte_at(text, at)) &&
           (is_at(text, at + 1, kDigit) ||
            (is_o(byte_at(text, at + 1)) && !is_at(text, at + 2, kLetter)));
}

Separator separator_at(std::string_view text, std::size_t at) {
    constexpr std::size_t kSeparatorBytesMax = 4; // ") - ", " (0) "
    Separator separator;
    std::size_t end = at;
    while (end - at < kSeparatorBytesMax) {
        const char c = byte_at(text, end);
        if (end >= text.size()) return {};
        if (begins_group(text, end)) break;
        if (c != ' ' && c != '.' && c != '-' && c != '/' && c != '(' && c != ')' && c != '_')
            return {};
        // ") (", ". (": a bracket opens on another number.
        if (c == '(' && separator.sign != '\0' && separator.sign != ' ') return {};
        if (separator.sign == '\0' || separator.sign == ' ') separator.sign = c;
        ++end;
    }
    separator.size = end - at;
    return begins_group(text, end) ? separator : Separator{};
}

void find_plus(std::string_view text, NumberRun& run) {
    std::size_t at = run.begin;
    for (std::size_t steps = 0; steps < 2 && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '(');
         ++steps) {
        --at;
    }
    if (at > 0 && text[at - 1] == '+') {
        run.plus = true;
        run.begin = at - 1;
        if (run.begin > 0 && text[run.begin - 1] == '(') --run.begin;
    }
}

} // namespace

NumberRun read_run(std::string_view text, std::size_t digit) {
    NumberRun run;
    std::size_t at = digit;
    while (at > 0 && is_o(text[at - 1]) && digit - at < 2) --at;
    if (at < digit && is_before(text, at, kWord)) at = digit; // the end of a word
    run.begin = at;
    char separator = '\0';
    while (run.count < kRunGroupsMax && run.size < kRunDigitsMax) {
        DigitGroup& group = run.groups[run.count++];
        group = {.begin = at, .end = at, .first = static_cast<std::uint8_t>(run.size)};
        group.separator = separator;
        group.only_letters = true;
        while (run.size < kRunDigitsMax &&
               (is_at(text, at, kDigit) || (is_o(byte_at(text, at)) && begins_group(text, at)) ||
                (is_o(byte_at(text, at)) && is_before(text, at, kDigit) &&
                 !is_at(text, at + 1, kLetter)) ||
                (is_o(byte_at(text, at)) && at > group.begin && is_o(text[at - 1]) &&
                 !is_at(text, at + 1, kLetter)))) {
            const bool letter = is_o(text[at]);
            group.only_letters &= letter;
            run.bytes[run.size++] = letter ? '0' : text[at];
            ++at;
        }
        group.end = at;
        group.size = static_cast<std::uint8_t>(run.size - group.first);
        if (group.separator == '(' && group.size == 1 && run.bytes[group.first] == '0' &&
            byte_at(text, at) == ')') {
            run.trunk = run.count;
        }
        const Separator next = separator_at(text, at);
        if (next.size == 0) break;
        separator = next.sign;
        at += next.size;
    }
    run.end = run.groups[run.count - 1].end;
    run.cut = is_at(text, run.end, kDigit) || run.count == kRunGroupsMax;
    run.glued = is_at(text, run.end, kWord);
    find_plus(text, run);
    return run;
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (is_at(text, at, kDigit)) ++at;
    return at;
}

} // namespace engine::extract::scan

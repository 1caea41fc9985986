#include "synth/words/register.hpp"

#include "base/ascii.hpp"

#include <array>

namespace synth {
namespace {

struct Replacement {
    std::string_view from;
    std::string_view to;
};

constexpr std::array<Replacement, 24> kAccents{
    {{"é", "e"},  {"è", "e"}, {"ê", "e"},  {"ë", "e"},  {"à", "a"},   {"â", "a"},
     {"ç", "c"},  {"î", "i"}, {"ï", "i"},  {"ô", "o"},  {"û", "u"},   {"ù", "u"},
     {"É", "E"},  {"È", "E"}, {"Ê", "E"},  {"À", "A"},  {"Ç", "C"},   {"Ô", "O"},
     {"œ", "oe"}, {"’", "'"}, {"«", "\""}, {"»", "\""}, {"…", "..."}, {"\u00A0", " "}}};

// Whole words, as thumbs shorten them.
constexpr std::array<Replacement, 30> kShortcuts{
    {{"que", "ke"},         {"qui", "ki"},          {"pour", "pr"},       {"vous", "vs"},
     {"nous", "ns"},        {"dans", "ds"},         {"avec", "avc"},      {"quelqu'un", "qqn"},
     {"parce", "psk"},      {"toujours", "tjs"},    {"beaucoup", "bcp"},  {"tout", "tt"},
     {"tous", "ts"},        {"c'est", "c"},         {"j'ai", "jai"},      {"était", "etait"},
     {"rien", "rien"},      {"message", "msg"},     {"messages", "msgs"}, {"téléphone", "tel"},
     {"maintenant", "mtn"}, {"ensuite", "ensuite"}, {"quand", "qd"},      {"bonjour", "bjr"},
     {"Bonjour", "Bjr"},    {"s'il", "sil"},        {"depuis", "dps"},    {"jamais", "jms"},
     {"est", "est"},        {"même", "mm"}}};

void append_without_accents(std::string_view text, std::string& out) {
    for (std::size_t i = 0; i < text.size();) {
        if ((static_cast<unsigned char>(text[i]) & 0x80) == 0) {
            out += text[i++];
            continue;
        }
        const Replacement* match = nullptr;
        for (const Replacement& accent : kAccents) {
            if (text.substr(i).starts_with(accent.from)) match = &accent;
        }
        out += match != nullptr ? match->to : text.substr(i, 1);
        i += match != nullptr ? match->from.size() : 1;
    }
}

void append_lower(std::string_view text, std::string& out) {
    for (const char c : text) out += to_lower(c);
}

void append_upper(std::string_view text, std::string& out) {
    std::string plain;
    append_without_accents(text, plain);
    for (const char c : plain) {
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
}

void append_sms(std::string_view text, std::string& out) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" ,.!?\n", i), text.size());
        std::string_view word = text.substr(i, end - i);
        for (const Replacement& shortcut : kShortcuts) {
            if (word == shortcut.from) word = shortcut.to;
        }
        std::string plain;
        append_without_accents(word, plain);
        append_lower(plain, out);
        if (end < text.size()) out += text[end];
        i = end + 1;
    }
}

/// Speech recognition puts no commas, hardly a full stop, and capitals nowhere.
void append_dictated(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == ',' || c == ';' || c == '!' || c == '?' || c == ':') continue;
        if (c == '.') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
}

/// Letters swapped or forgotten, now and then.
void append_hurried(std::string_view text, Random& random, std::string& out) {
    constexpr std::uint64_t kLettersPerSlip = 60;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool letter = text[i] >= 'a' && text[i] <= 'z';
        const bool two = letter && i + 1 < text.size() && text[i + 1] >= 'a' && text[i + 1] <= 'z';
        if (!two || random.below(kLettersPerSlip) != 0) {
            out += text[i];
        } else if (random.chance(.5)) {
            out += text[i + 1];
            out += text[i++];
        }
    }
}

void append_as(std::string_view text, Register how, Random& random, std::string& out) {
    switch (how) {
    case Register::Correct:
    case Register::Formal: out += text; break;
    case Register::NoAccents: append_without_accents(text, out); break;
    case Register::Hurried: append_hurried(text, random, out); break;
    case Register::Sms: append_sms(text, out); break;
    case Register::Dictated: append_dictated(text, out); break;
    case Register::Capitals: append_upper(text, out); break;
    }
}

} // namespace

Register draw_register(Random& random) {
    constexpr std::array<Register, 12> kMix{
        Register::Correct, Register::Correct, Register::Correct,   Register::Correct,
        Register::Correct, Register::Correct, Register::NoAccents, Register::NoAccents,
        Register::Hurried, Register::Hurried, Register::Sms,       Register::Dictated};
    if (random.chance(.03)) return Register::Capitals;
    return kMix[random.index(kMix.size())];
}

std::string in_register(std::string_view text, Register how, Random& random) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t open = std::min(text.find('{', i), text.size());
        append_as(text.substr(i, open - i), how, random, out);
        if (open == text.size()) break;
        const std::size_t close = text.find('}', open);
        out += text.substr(open, close + 1 - open);
        i = close + 1;
    }
    return out;
}

} // namespace synth

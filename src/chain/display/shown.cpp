#include "chain/display/shown.hpp"

#include <algorithm>

namespace chain {
namespace {

using engine::link::KeyKind;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kDots = "••••";
constexpr std::uint32_t kContextBytes = 90;  // about fifteen words on each side
constexpr std::uint32_t kWordBytes = 24;     // how far a cut may move to fall between words
constexpr std::uint32_t kExcerptBytes = 420; // a long script is shown by its beginning

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// The code point at the start of `text`, which is not empty (Unicode 15, table 3-7).
CodePoint decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
    char32_t value = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        value = value << 6 | (byte(i) & 0x3F);
    }
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return {};
    }
    return {value, size, true};
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x85;
}

/// Characters that hide themselves or reorder others. U+200D stays: it joins emojis.
bool is_treacherous(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x180E ||
           c == 0x200B || c == 0x200C || c == 0x200E || c == 0x200F ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_boundary(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

/// The window of the text that is shown, on boundaries of characters.
Span window_of(std::string_view text, Span about) {
    const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), UINT32_MAX));
    Span window{.start = about.start - std::min(about.start, kContextBytes),
                .end = about.end + std::min(size - about.end, kContextBytes)};
    if (window.end - window.start > kExcerptBytes) window.end = window.start + kExcerptBytes;
    while (window.start > 0 && !is_boundary(text, window.start)) --window.start;
    while (window.end < size && !is_boundary(text, window.end)) ++window.end;
    // Cut between words where one begins or ends nearby.
    const std::size_t word = text.find(' ', window.start);
    if (window.start > 0 && word < window.start + kWordBytes && word < about.start) {
        window.start = static_cast<std::uint32_t>(word + 1);
    }
    const std::size_t gap = text.rfind(' ', window.end);
    if (window.end < size && gap != std::string_view::npos && gap + kWordBytes > window.end &&
        gap >= about.end) {
        window.end = static_cast<std::uint32_t>(gap);
    }
    return window;
}

Span clamped(Span span, Span window) {
    const std::uint32_t start = std::clamp(span.start, window.start, window.end);
    return {start, std::clamp(span.end, start, window.end)};
}

/// Paints the bytes of the window that the span covers; whole characters only.
void paint(std::string_view text, Span window, Span span, Stretch::Look look,
           std::vector<Stretch::Look>& looks) {
    Span painted = clamped(span, window);
    if (painted.start == painted.end) return;
    while (painted.start > window.start && !is_boundary(text, painted.start)) --painted.start;
    while (painted.end < window.end && !is_boundary(text, painted.end)) ++painted.end;
    std::fill(looks.begin() + (painted.start - window.start),
              looks.begin() + (painted.end - window.start), look);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// "https://colis.example/a" as "hxxps://colis[.]example/a".
std::string defanged(std::string_view link) {
    const std::size_t scheme = link.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t host_end = std::min(link.find_first_of("/?#", host), link.size());
    std::string prefix{link.substr(0, host)};
    std::string name{link.substr(host, host_end - host)};
    if (prefix.starts_with("http")) prefix.replace(0, 4, "hxxp");
    replace_all(name, ".", "[.]");
    return prefix + name + std::string{link.substr(host_end)};
}

} // namespace

std::string shown_text(std::string_view hostile, std::size_t characters_max) {
    std::string out;
    out.reserve(std::min(hostile.size(), characters_max * 2));
    for (std::size_t shown = 0; !hostile.empty(); ++shown) {
        if (shown == characters_max) {
            out += kEllipsis;
            break;
        }
        const CodePoint next = decode(hostile);
        if (next.valid && is_space(next.value)) {
            out += ' ';
        } else if (!next.valid || is_treacherous(next.value)) {
            out += kReplacement;
        } else {
            out += hostile.substr(0, next.bytes);
        }
        hostile.remove_prefix(next.bytes);
    }
    return out;
}

std::string shown_value(KeyKind kind, std::string_view canonical) {
    constexpr std::size_t kCharactersMax = 120;
    if (kind == KeyKind::Card) canonical = canonical.substr(0, canonical.find('#'));
    if (kind == KeyKind::Url || kind == KeyKind::Domain) {
        return shown_text(defanged(canonical), kCharactersMax);
    }
    return shown_text(canonical, kCharactersMax);
}

std::vector<Stretch> excerpt(std::string_view text, Span about, std::span<const Span> marked,
                             std::span<const Span> hidden) {
    const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), UINT32_MAX));
    if (size == 0) return {};
    const Span window = window_of(text, clamped(about, {0, size}));
    std::vector<Stretch::Look> looks(window.end - window.start, Stretch::Look::Plain);
    for (const Span span : marked) paint(text, window, span, Stretch::Look::Marked, looks);
    for (const Span span : hidden) paint(text, window, span, Stretch::Look::Hidden, looks);

    std::vector<Stretch> out;
    if (window.start > 0) out.push_back({.text = std::string{kEllipsis}});
    for (std::size_t i = 0; i < looks.size();) {
        std::size_t end = i;
        while (end < looks.size() && looks[end] == looks[i]) ++end;
        const std::string_view bytes = text.substr(window.start + i, end - i);
        out.push_back({.text = looks[i] == Stretch::Look::Hidden ? std::string{kDots}
                                                                 : shown_text(bytes, SIZE_MAX / 2),
                       .look = looks[i]});
        i = end;
    }
    if (window.end < size) out.push_back({.text = std::string{kEllipsis}});
    return out;
}

} // namespace chain

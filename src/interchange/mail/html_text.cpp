// One pass over the page, tag by tag. Elements are not built into a tree: what is needed of the
// nesting is how deep we are inside something unseen, and which link is open.
#include "interchange/mail/html_text.hpp"

#include "base/ascii.hpp"
#include "interchange/mail/entities.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>

namespace interchange::mail {

namespace {

constexpr std::size_t kAttributeBytesMax = 4096; // of one value; longer targets are not links

constexpr std::array<std::string_view, 5> kUnseen{"script", "style", "head", "template", "title"};
constexpr std::array<std::string_view, 14> kVoid{"area",  "base",   "br",    "col",  "embed",
                                                 "hr",    "img",    "input", "link", "meta",
                                                 "param", "source", "track", "wbr"};
constexpr std::array<std::string_view, 24> kBlocks{
    "p",  "div",     "br",      "tr",     "li",     "ul",         "ol",  "table",
    "h1", "h2",      "h3",      "h4",     "h5",     "h6",         "hr",  "dt",
    "dd", "section", "article", "header", "footer", "blockquote", "pre", "center"};

template <std::size_t N>
bool is_among(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Tag {
    std::string name;
    bool closing = false;
    bool self_closed = false;
    bool hidden = false;
    std::string target; // of a link or a form
    std::string shown;  // of an image or a button
};

/// Style declarations that take text away from the reader's eyes. Tables and blocks are often given
/// no font size, to close the gaps between them, and the words inside one of their own: only in
/// elements of running text does it hide.
bool hides(std::string_view style, std::string_view element) {
    constexpr std::array<std::string_view, 6> kRunning{"span", "font", "small", "p", "b", "i"};
    std::string packed;
    for (const char c : style.substr(0, kAttributeBytesMax)) {
        if (!is_space(c)) packed += to_lower(c);
    }
    const auto has = [&](std::string_view what) {
        const std::size_t at = packed.find(what);
        return at != std::string::npos && (at == 0 || packed[at - 1] == ';');
    };
    if (has("display:none") || has("visibility:hidden") || has("mso-hide:all")) return true;
    for (const std::string_view zero : {"font-size:0", "opacity:0", "max-height:0"}) {
        if (!has(zero) || (zero[0] == 'f' && !is_among(element, kRunning))) continue;
        const std::size_t after = packed.find(zero) + zero.size();
        if (after == packed.size() || packed[after] == ';' || packed[after] == 'p' ||
            packed[after] == '!') {
            return true;
        }
    }
    return false;
}

void read_attribute(std::string_view name, std::string_view value, Tag& tag) {
    const std::string key = lower_ascii(name);
    if (key == "style") {
        tag.hidden =
            tag.hidden || hides(decode_entities(value.substr(0, kAttributeBytesMax)), tag.name);
    } else if (key == "hidden") {
        tag.hidden = true;
    } else if (value.size() > kAttributeBytesMax) {
        return;
    } else if (key == "href" || key == "action") {
        tag.target = decode_entities(value);
    } else if (key == "alt" || (key == "value" && tag.name == "input")) {
        tag.shown = decode_entities(value);
    } else if (key == "type" && lower_ascii(value) == "hidden") {
        tag.hidden = true;
    }
}

/// Reads the attributes up to '>'; the place behind it.
std::size_t read_attributes(std::string_view html, std::size_t at, Tag& tag) {
    while (at < html.size() && html[at] != '>') {
        if (is_space(html[at]) || html[at] == '/') {
            tag.self_closed = html[at] == '/';
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < html.size() && !is_space(html[at]) && html[at] != '=' && html[at] != '>' &&
               html[at] != '/') {
            ++at;
        }
        if (at == begin) ++at; // a stray '='
        const std::string_view name = html.substr(begin, at - begin);
        while (at < html.size() && is_space(html[at])) ++at;
        std::string_view value;
        if (at < html.size() && html[at] == '=' && name != "=") {
            ++at;
            while (at < html.size() && is_space(html[at])) ++at;
            if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
                const std::size_t end = std::min(html.find(html[at], at + 1), html.size());
                value = html.substr(at + 1, end - at - 1);
                at = std::min(end + 1, html.size());
            } else {
                const std::size_t from = at;
                while (at < html.size() && !is_space(html[at]) && html[at] != '>') ++at;
                value = html.substr(from, at - from);
            }
        }
        read_attribute(name, value, tag);
    }
    return std::min(at + 1, html.size());
}

/// Text as it is laid out: white space folded, at most one empty line.
class Layout {
public:
    void text(std::string_view words) {
        constexpr std::string_view kNoBreakSpace = "\xC2\xA0"; // used for layout in pages
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (is_space(words[i])) {
                space_ = true;
            } else if (words.substr(i, kNoBreakSpace.size()) == kNoBreakSpace) {
                space_ = true;
                ++i;
            } else {
                settle();
                out_ += words[i];
            }
        }
    }
    void line() { ++lines_; }
    void space() { space_ = true; }
    [[nodiscard]] std::size_t size() const { return out_.size(); }
    [[nodiscard]] std::string_view since(std::size_t place) const {
        return std::string_view{out_}.substr(std::min(place, out_.size()));
    }
    std::string finish() { return std::move(out_); }

private:
    void settle() {
        if (!out_.empty() && lines_ > 0) {
            out_.append(std::min(lines_, std::size_t{2}), '\n');
        } else if (!out_.empty() && space_) {
            out_ += ' ';
        }
        lines_ = 0;
        space_ = false;
    }

    std::string out_;
    std::size_t lines_ = 0;
    bool space_ = false;
};

/// Where a link leads, when that is somewhere: not a place in the page, a script or an image
/// inside.
std::string_view destination(std::string_view target) {
    while (!target.empty() && is_space(target.front())) target.remove_prefix(1);
    while (!target.empty() && is_space(target.back())) target.remove_suffix(1);
    if (target.empty() || target.front() == '#') return {};
    const std::string start = lower_ascii(target.substr(0, 12));
    for (const std::string_view scheme : {"javascript:", "data:", "cid:", "about:", "vbscript:"}) {
        if (start.starts_with(scheme)) return {};
    }
    for (const std::string_view scheme : {"mailto:", "tel:", "sms:"}) {
        if (start.starts_with(scheme)) {
            target.remove_prefix(scheme.size());
            return target.substr(0, target.find('?'));
        }
    }
    return target;
}

enum class Hiding : std::uint8_t { Believed, Ignored };

class PageReader {
public:
    PageReader(std::string_view html, Hiding hiding) : html_{html}, hiding_{hiding} {}

    /// The text; nothing when an element that hides is never closed: it would hide the rest.
    std::optional<std::string> read() {
        std::size_t at = 0;
        while (at < html_.size()) {
            const std::size_t open = std::min(html_.find('<', at), html_.size());
            if (unseen_.empty()) layout_.text(decode_entities(html_.substr(at, open - at)));
            at = open < html_.size() ? markup(open) : open;
        }
        close_link();
        if (!unseen_.empty() && hiding_ == Hiding::Believed) return std::nullopt;
        return layout_.finish();
    }

private:
    /// What stands behind a '<'; the place after it.
    std::size_t markup(std::size_t open) {
        const std::string_view rest = html_.substr(open);
        if (rest.starts_with("<!--")) {
            const std::size_t end = html_.find("-->", open + 4);
            return end == std::string_view::npos ? html_.size() : end + 3;
        }
        const char next = rest.size() > 1 ? rest[1] : '\0';
        if (next == '!' || next == '?') {
            return std::min(html_.find('>', open), html_.size() - 1) + 1;
        }
        Tag tag;
        std::size_t at = open + 1;
        tag.closing = next == '/';
        if (tag.closing) ++at;
        const std::size_t name = at;
        while (at < html_.size() && (std::isalnum(static_cast<unsigned char>(html_[at])) != 0 ||
                                     html_[at] == ':' || html_[at] == '-')) {
            ++at;
        }
        if (at == name || is_digit(html_[name])) { // "3 < 4", "<3", "</>"
            if (tag.closing) return std::min(html_.find('>', open), html_.size() - 1) + 1;
            if (unseen_.empty()) layout_.text("<");
            return open + 1;
        }
        tag.name = lower_ascii(html_.substr(name, std::min<std::size_t>(at - name, 32)));
        at = read_attributes(html_, at, tag);
        element(tag);
        if (!tag.closing && (tag.name == "script" || tag.name == "style")) return skip_raw(at);
        return at;
    }

    /// Behind the closing tag of a script or style: nothing inside is markup.
    std::size_t skip_raw(std::size_t at) {
        const std::string closing = "</" + unseen_;
        while (at < html_.size()) {
            at = std::min(html_.find('<', at), html_.size());
            if (lower_ascii(html_.substr(at, closing.size())) == closing) return at;
            ++at;
        }
        return html_.size();
    }

    void element(const Tag& tag) {
        if (!unseen_.empty() && !ends_unseen(tag)) return;
        const bool is_void = is_among(tag.name, kVoid);
        const bool raw = tag.name == "script" || tag.name == "style";
        const bool unseen =
            hiding_ == Hiding::Ignored ? raw : tag.hidden || is_among(tag.name, kUnseen);
        if (!tag.closing && unseen) {
            if (is_void) return;
            unseen_ = tag.name;
            depth_ = 1;
            return;
        }
        if (is_among(tag.name, kBlocks)) layout_.line();
        if (tag.name == "p" || tag.name == "h1" || tag.name == "h2") layout_.line();
        if (tag.name == "td" || tag.name == "th") layout_.space();
        if (tag.name == "a") {
            close_link();
            if (!tag.closing) open_link(tag.target);
        } else if (!tag.closing && !tag.shown.empty()) {
            layout_.space();
            layout_.text(tag.shown);
            layout_.space();
        }
        if (!tag.closing && (tag.name == "area" || tag.name == "form")) {
            open_link(tag.target);
            close_link();
        }
    }

    /// Follows the tags inside what is not shown. True when the tag is to be read as any other.
    bool ends_unseen(const Tag& tag) {
        const bool next_paragraph = unseen_ == "p" && tag.name == "p" && !tag.closing;
        if (next_paragraph || (unseen_ == "head" && tag.name == "body")) {
            unseen_.clear();
            return true;
        }
        if (tag.name != unseen_ || tag.self_closed) return false;
        depth_ += tag.closing ? -1 : 1;
        if (depth_ == 0) unseen_.clear();
        return false;
    }

    void open_link(std::string_view target) {
        link_ = destination(target);
        link_begins_ = layout_.size();
    }

    void close_link() {
        if (link_.empty()) return;
        // Rows of pictures often lead to one place: it is told once.
        const bool told = link_ == told_link_ && layout_.size() == told_end_;
        if (!told && layout_.since(link_begins_).find(link_) == std::string_view::npos) {
            layout_.space();
            layout_.text("<" + link_ + ">");
            layout_.space();
            told_link_ = link_;
            told_end_ = layout_.size();
        }
        link_.clear();
    }

    std::string_view html_;
    Hiding hiding_;
    Layout layout_;
    std::string unseen_; // the element whose content is not shown
    int depth_ = 0;      // of elements of that name inside it
    std::string link_;
    std::size_t link_begins_ = 0;
    std::string told_link_;
    std::size_t told_end_ = 0;
};

} // namespace

std::string html_to_text(std::string_view html) {
    std::optional<std::string> text = PageReader{html, Hiding::Believed}.read();
    if (!text) text = PageReader{html, Hiding::Ignored}.read();
    return std::move(*text);
}

} // namespace interchange::mail

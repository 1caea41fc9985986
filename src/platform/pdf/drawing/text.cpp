#include "base/check.hpp"
#include "platform/pdf/drawing/sheet.hpp"

#include <algorithm>

namespace platform::pdf::drawing {
namespace {

constexpr double kLineSpacing = 1.2;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};
struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeIterator {
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};

double points(int units) {
    return static_cast<double>(units) / PANGO_SCALE;
}

/// Pango looks for the best place in what is left of a word, again for each line: a word of many
/// thousand letters would take minutes. No language has words as long as this.
constexpr std::size_t kWordBytesMax = 200;

std::string with_words_cut(std::string_view text) {
    std::string out;
    std::size_t word = 0;
    for (const char c : text) {
        const bool begins_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
        if (word >= kWordBytesMax && begins_character) {
            out += '\n';
            word = 0;
        }
        word = c == ' ' || c == '\n' ? 0 : word + 1;
        out += c;
    }
    return out;
}

/// Valid UTF-8 without control characters but the end of a line.
std::string printable(std::string_view text) {
    const std::unique_ptr<char, FreeText> valid{
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()))};
    std::string out{valid.get()};
    std::ranges::replace_if(
        out, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == '\x7f'; }, ' ');
    return out;
}

std::unique_ptr<PangoLayout, Unreference> layout_of(cairo_t* cairo, std::string_view text,
                                                    const Style& style) {
    std::unique_ptr<PangoLayout, Unreference> layout{pango_cairo_create_layout(cairo)};
    // On paper there are no pixels to round to.
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout.get()), FALSE);
    pango_layout_context_changed(layout.get());
    const std::unique_ptr<PangoFontDescription, FreeFont> font{pango_font_description_new()};
    pango_font_description_set_family(font.get(),
                                      style.monospaced ? "DejaVu Sans Mono" : "DejaVu Sans");
    pango_font_description_set_weight(font.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.points * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    // A ligature is one glyph, which a search for its letters may miss.
    const std::unique_ptr<PangoAttrList, FreeAttributes> attributes{pango_attr_list_new()};
    pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("liga=0, clig=0"));
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_alignment(layout.get(), style.alignment);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    const std::string words = with_words_cut(printable(text));
    pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
    return layout;
}

} // namespace

Text::Text(cairo_t* cairo, std::string_view text, const Style& style, double width)
    : colour_{style.colour} {
    const auto whole = layout_of(cairo, text, style);
    pango_layout_set_width(whole.get(), static_cast<int>(width * PANGO_SCALE));
    const std::string_view words = pango_layout_get_text(whole.get());
    const std::unique_ptr<PangoLayoutIter, FreeIterator> iterator{
        pango_layout_get_iter(whole.get())};
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iterator.get(), nullptr, &logical);
        const PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iterator.get());
        const auto start = static_cast<std::size_t>(line->start_index);
        const auto length = static_cast<std::size_t>(line->length);
        const int baseline = pango_layout_iter_get_baseline(iterator.get()) - logical.y;
        const double height = points(logical.height) * kLineSpacing;
        const double lead = (height - points(logical.height)) / 2;
        lines_.push_back({layout_of(cairo, words.substr(start, length), style),
                          points(baseline) + lead, height, points(logical.x)});
    } while (pango_layout_iter_next_line(iterator.get()));
}

double Text::height() const {
    double sum = 0;
    for (const Line& line : lines_) sum += line.height;
    return sum;
}

Widths widths_of(cairo_t* cairo, std::string_view text, const Style& style) {
    const auto layout = layout_of(cairo, text, style);
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    const double natural = points(logical.width);
    // Lines that break wherever they may are as wide as the longest word.
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    pango_layout_set_width(layout.get(), 0);
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return {natural, points(logical.width)};
}

} // namespace platform::pdf::drawing

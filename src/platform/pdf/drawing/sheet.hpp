// The pages being drawn: A4, one column, from the top down. What is drawn outside a structure tag
// is decoration (rules, frames, header, footer): the pass after marks it as an artifact.
#pragma once

#include "platform/pdf/drawing/structure.hpp"

#include <cairo.h>
#include <memory>
#include <pango/pangocairo.h>
#include <string>
#include <string_view>
#include <vector>

namespace platform::pdf::drawing {

constexpr double kMillimetre = 72 / 25.4; // in points
constexpr double kPageWidth = 210 * kMillimetre;
constexpr double kPageHeight = 297 * kMillimetre;
constexpr double kMargin = 20 * kMillimetre;
constexpr double kTop = 32 * kMillimetre; // below the header
constexpr double kBottom = kPageHeight - 26 * kMillimetre;
constexpr double kTextWidth = kPageWidth - 2 * kMargin;

struct Colour {
    double red;
    double green;
    double blue;
};
constexpr Colour kInk{0.09, 0.09, 0.09};
constexpr Colour kQuiet{0.35, 0.35, 0.38};  // 6.9:1 on white
constexpr Colour kAccent{0.06, 0.36, 0.33}; // the site's green: no State's colour
constexpr Colour kRule{0.80, 0.80, 0.82};
constexpr Colour kShade{0.945, 0.945, 0.955};

struct Style {
    double points = 10.5;
    bool bold = false;
    bool monospaced = false;
    Colour colour = kInk;
    PangoAlignment alignment = PANGO_ALIGN_LEFT;
};

struct Unreference {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};

/// Text set in lines of a width. Each line is a layout of its own: the space at its end, which a
/// layout of many lines does not draw, keeps the words apart for who reads the tags.
class Text {
public:
    Text(cairo_t* cairo, std::string_view text, const Style& style, double width);
    struct Line {
        std::unique_ptr<PangoLayout, Unreference> layout;
        double baseline; // from its top
        double height;
        double left;
    };
    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
    [[nodiscard]] double height() const;
    [[nodiscard]] const Colour& colour() const { return colour_; }

private:
    std::vector<Line> lines_;
    Colour colour_;
};

/// Width of the text on one line, and of its longest word.
struct Widths {
    double natural = 0;
    double least = 0;
};
Widths widths_of(cairo_t* cairo, std::string_view text, const Style& style);

class Sheet {
public:
    /// `pages` as counted before, for "page n / m".
    Sheet(std::string_view issuer, std::string_view footer, int pages);
    ~Sheet();
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    [[nodiscard]] cairo_t* cairo() const { return cairo_; }
    [[nodiscard]] Text text(std::string_view words, const Style& style, double width) const {
        return {cairo_, words, style, width};
    }
    double y = kTop;
    Structure structure;

    [[nodiscard]] double room() const { return kBottom - y; }
    [[nodiscard]] bool at_top() const { return y <= kTop; }
    void space(double points); // none at the top of a page
    void next_page();
    /// A new page unless so much room is left.
    void need(double points);

    void begin(const char* tag);
    void end(const char* tag);
    void draw(const Text& text, std::size_t line, double x, double top) const;
    void rule(double top, double from, double to, const Colour& colour, double width) const;
    void fill(double left, double top, double width, double height, const Colour& colour) const;

    [[nodiscard]] int pages() const { return page_; }
    /// The bytes; nothing is drawn afterwards.
    std::string finish();

private:
    void decorate(); // header and footer of the page

    std::string issuer_;
    std::string footer_;
    int total_;
    int page_ = 0;
    std::string bytes_;
    cairo_surface_t* surface_ = nullptr;
    cairo_t* cairo_ = nullptr;
};

} // namespace platform::pdf::drawing

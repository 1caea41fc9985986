#include "platform/pdf/drawing/sheet.hpp"

#include "base/check.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

namespace platform::pdf::drawing {
namespace {

constexpr double kHeaderBaseline = 18 * kMillimetre;
constexpr double kFooterTop = kPageHeight - 20 * kMillimetre;

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Sheet::Sheet(std::string_view issuer, std::string_view footer, int pages)
    : issuer_{issuer}, footer_{footer}, total_{pages},
      surface_{cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, kPageWidth, kPageHeight)},
      cairo_{cairo_create(surface_)} {
    ++page_;
    decorate();
}

Sheet::~Sheet() {
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
}

void Sheet::space(double points) {
    if (!at_top()) y += points;
}

void Sheet::next_page() {
    cairo_show_page(cairo_);
    ++page_;
    y = kTop;
    decorate();
}

void Sheet::need(double points) {
    if (room() < points && !at_top()) next_page();
}

void Sheet::begin(const char* tag) {
    cairo_tag_begin(cairo_, tag, nullptr);
}

void Sheet::end(const char* tag) {
    cairo_tag_end(cairo_, tag);
}

void Sheet::draw(const Text& text, std::size_t line, double x, double top) const {
    const Text::Line& it = text.lines()[line];
    const Colour& colour = text.colour();
    cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
    cairo_move_to(cairo_, x + it.left, top + it.baseline);
    pango_cairo_show_layout_line(cairo_, pango_layout_get_line_readonly(it.layout.get(), 0));
}

void Sheet::rule(double top, double from, double to, const Colour& colour, double width) const {
    fill(from, top, to - from, width, colour);
}

void Sheet::fill(double left, double top, double width, double height, const Colour& colour) const {
    cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
    cairo_rectangle(cairo_, left, top, width, height);
    cairo_fill(cairo_);
}

void Sheet::decorate() {
    const double right = kPageWidth - kMargin;
    const Text issuer{cairo_, issuer_, {9.5, true, false, kAccent}, kTextWidth};
    draw(issuer, 0, kMargin, kHeaderBaseline - issuer.lines()[0].baseline);
    rule(kHeaderBaseline + 7, kMargin, right, kAccent, 1.2);
    rule(kFooterTop, kMargin, right, kRule, 0.6);
    const Style quiet{8, false, false, kQuiet};
    const Text footer{cairo_, footer_, quiet, kTextWidth - 70};
    double top = kFooterTop + 5;
    // Two lines of it have room.
    for (std::size_t line = 0; line < footer.lines().size() && line < 2; ++line) {
        draw(footer, line, kMargin, top);
        top += footer.lines()[line].height;
    }
    Style at_right = quiet;
    at_right.alignment = PANGO_ALIGN_RIGHT;
    const Text number{cairo_, fmt::format("page {} / {}", page_, total_), at_right, 70};
    draw(number, 0, right - 70, kFooterTop + 5);
}

std::string Sheet::finish() {
    cairo_show_page(cairo_);
    cairo_surface_finish(surface_);
    check(cairo_status(cairo_) == CAIRO_STATUS_SUCCESS &&
              cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS,
          "cairo drew the document");
    return std::move(bytes_);
}

} // namespace platform::pdf::drawing

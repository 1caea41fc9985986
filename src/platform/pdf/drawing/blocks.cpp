#include "platform/pdf/drawing/blocks.hpp"

#include "base/check.hpp"

#include <qrencode.h>

namespace platform::pdf::drawing {
namespace {

struct HeadingStyle {
    const char* tag;
    double points;
    double before;
    double after;
};
constexpr HeadingStyle kHeadings[] = {{"H1", 20, 0, 8}, {"H2", 13.5, 16, 4}, {"H3", 11.5, 12, 3}};
constexpr double kKeepWithNext = 40; // a heading is not left alone at the foot of a page

constexpr double kNotePadding = 10;
constexpr double kNoteBar = 3;
constexpr double kQrSide = 34 * kMillimetre; // read from an arm's length

/// Lines down the page and over to the next ones. What goes on there is an element of its own:
/// header and footer would else be drawn inside the one that is open.
void draw_lines(Sheet& sheet, const Text& text, const char* tag) {
    sheet.begin(tag);
    for (std::size_t line = 0; line < text.lines().size(); ++line) {
        if (sheet.room() < text.lines()[line].height) {
            sheet.end(tag);
            sheet.next_page();
            sheet.begin(tag);
        }
        sheet.draw(text, line, kMargin, sheet.y);
        sheet.y += text.lines()[line].height;
    }
    sheet.end(tag);
}

} // namespace

void draw(Sheet& sheet, const Heading& heading) {
    check(heading.level >= 1 && heading.level <= 3, "a heading is of level 1, 2 or 3");
    const HeadingStyle& style = kHeadings[heading.level - 1];
    const Text text = sheet.text(
        heading.text, {style.points, true, false, heading.level == 1 ? kAccent : kInk}, kTextWidth);
    sheet.space(style.before);
    sheet.need(text.height() + kKeepWithNext);
    draw_lines(sheet, text, style.tag);
    sheet.y += style.after;
}

void draw(Sheet& sheet, const Paragraph& paragraph) {
    const Text text = sheet.text(
        paragraph.text, {paragraph.monospaced ? 9 : 10.5, false, paragraph.monospaced}, kTextWidth);
    sheet.space(4);
    // Not one line alone at the foot of a page.
    sheet.need(text.lines().size() == 1 ? text.height() : 2 * text.lines()[0].height);
    draw_lines(sheet, text, "P");
    sheet.y += 4;
}

void draw(Sheet& sheet, const Note& note) {
    const double inner = kTextWidth - 2 * kNotePadding - kNoteBar;
    const Text text = sheet.text(note.text, {}, inner);
    sheet.space(8);
    const double left = kMargin + kNoteBar + kNotePadding;
    const double whole = text.height() + 2 * kNotePadding;
    if (whole <= kBottom - kTop) sheet.need(whole);
    std::size_t line = 0;
    while (line < text.lines().size()) {
        // As many lines as fit; the frame is drawn for them first.
        std::size_t end = line;
        double height = 0;
        while (
            end < text.lines().size() &&
            (end == line || height + text.lines()[end].height + 2 * kNotePadding <= sheet.room())) {
            height += text.lines()[end++].height;
        }
        sheet.fill(kMargin, sheet.y, kTextWidth, height + 2 * kNotePadding, kShade);
        sheet.fill(kMargin, sheet.y, kNoteBar, height + 2 * kNotePadding, kAccent);
        sheet.y += kNotePadding;
        sheet.begin("P");
        for (; line < end; ++line) {
            sheet.draw(text, line, left, sheet.y);
            sheet.y += text.lines()[line].height;
        }
        sheet.end("P");
        sheet.y += kNotePadding;
        if (line < text.lines().size()) sheet.next_page();
    }
    sheet.y += 8;
}

void draw(Sheet& sheet, const QrCode& code) {
    struct Free {
        void operator()(QRcode* qr) const { QRcode_free(qr); }
    };
    const std::unique_ptr<QRcode, Free> qr{
        QRcode_encodeString8bit(code.content.c_str(), 0, QR_ECLEVEL_M)};
    check(qr != nullptr, "the content fits a QR code");
    sheet.space(8);
    sheet.need(kQrSide);
    constexpr int kQuietModules = 4; // ISO/IEC 18004
    const double module = kQrSide / (qr->width + 2 * kQuietModules);
    // The quiet zone may reach into the margin: the page is white there.
    const double left = kMargin;
    const double top = sheet.y + kQuietModules * module;
    const double side = qr->width * module;
    sheet.structure.figures.push_back(
        {code.alternative, left, kPageHeight - top - side, left + side, kPageHeight - top});
    sheet.begin("Figure");
    cairo_set_source_rgb(sheet.cairo(), 0, 0, 0);
    for (int row = 0; row < qr->width; ++row) {
        for (int column = 0; column < qr->width; ++column) {
            const auto cell = qr->data[row * qr->width + column];
            if ((cell & 1U) == 0) continue;
            cairo_rectangle(sheet.cairo(), left + column * module, top + row * module, module,
                            module);
        }
    }
    cairo_fill(sheet.cairo()); // at once: no seams between modules
    sheet.end("Figure");
    sheet.y += kQrSide + 4;
}

} // namespace platform::pdf::drawing

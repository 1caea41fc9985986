// How each block of a document is drawn.
#pragma once

#include "platform/pdf/document.hpp"
#include "platform/pdf/drawing/sheet.hpp"

namespace platform::pdf::drawing {

void draw(Sheet& sheet, const Heading& heading);
void draw(Sheet& sheet, const Paragraph& paragraph);
void draw(Sheet& sheet, const Facts& facts);
void draw(Sheet& sheet, const Table& table);
void draw(Sheet& sheet, const QrCode& code);
void draw(Sheet& sheet, const Note& note);

} // namespace platform::pdf::drawing

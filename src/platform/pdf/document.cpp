#include "platform/pdf/document.hpp"

#include "base/check.hpp"
#include "platform/pdf/conformance/conform.hpp"
#include "platform/pdf/drawing/blocks.hpp"

namespace platform::pdf {
namespace {

void draw_blocks(drawing::Sheet& sheet, const Document& document) {
    sheet.begin("Document");
    for (const Block& block : document.blocks) {
        std::visit([&](const auto& it) { drawing::draw(sheet, it); }, block);
    }
    sheet.end("Document");
}

} // namespace

std::string render(const Document& document) {
    // Once to count the pages, once to keep.
    drawing::Sheet draft{document.issuer, document.footer, 0};
    draw_blocks(draft, document);
    drawing::Sheet sheet{document.issuer, document.footer, draft.pages()};
    draw_blocks(sheet, document);
    const std::string drawn = sheet.finish();
    auto conforming = conformance::conform(drawn, document, sheet.structure);
    check(conforming.has_value(), "every figure and header cell is in the structure tree");
    return std::move(*conforming);
}

} // namespace platform::pdf

#include "platform/sandbox/decode/pdf_text.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <memory>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

namespace platform::sandbox {

namespace {

constexpr int kPagesMax = 200;
constexpr std::size_t kTextBytesMax = 1U << 20U;
constexpr std::size_t kNameBytesMax = 1024; // ISO 32000-1, annex H.3: the header stands in these

/// Never through the middle of a character.
void cut(std::string& text) {
    if (text.size() <= kTextBytesMax) return;
    std::size_t end = kTextBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
}

void add_page(const poppler::page& page, std::string& text) {
    const poppler::byte_array utf8 =
        page.text(poppler::rectf{}, poppler::page::non_raw_non_physical_layout).to_utf8();
    text.append(utf8.begin(), utf8.end());
    if (!text.empty() && text.back() != '\n') text += '\n';
}

} // namespace

void prepare_pdf() {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    // One page with one word; the library finds its parts without a table of their places.
    constexpr std::string_view kPage =
        "%PDF-1.4\n"
        "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        "/Resources<</Font<</F 5 0 R>>>>>> endobj\n"
        "4 0 obj <</Length 33>> stream\nBT /F 12 Tf 20 90 Td (mot) Tj ET \nendstream endobj\n"
        "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n"
        "trailer <</Root 1 0 R>>\n%%EOF\n";
    const std::optional<std::string> text = decode_pdf_text(kPage);
    check(text && text->starts_with("mot"), "the PDF library reads a page");
}

std::optional<std::string> decode_pdf_text(std::string_view input) {
    if (input.substr(0, kNameBytesMax).find("%PDF-") == std::string_view::npos) return std::nullopt;
    const std::unique_ptr<poppler::document> document{
        poppler::document::load_from_raw_data(input.data(), static_cast<int>(input.size()))};
    if (document == nullptr || document->is_locked() || document->is_encrypted()) {
        return std::nullopt;
    }
    std::string text;
    const int pages = std::min(document->pages(), kPagesMax);
    for (int i = 0; i < pages && text.size() < kTextBytesMax; ++i) {
        const std::unique_ptr<poppler::page> page{document->create_page(i)};
        if (page != nullptr) add_page(*page, text);
    }
    cut(text);
    return text;
}

} // namespace platform::sandbox

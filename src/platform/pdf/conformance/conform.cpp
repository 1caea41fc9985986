// qpdf goes through the pages and the structure tree that cairo wrote. Its headers are C++17: clang
// does not take them as C++20, so this file is C++17 too and has no check().
#include "platform/pdf/conformance/conform.hpp"

#include "platform/pdf/conformance/attachments.hpp"
#include "platform/pdf/conformance/srgb.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace platform::pdf::conformance {
namespace {

using Object = QPDFObjectHandle;

constexpr int kDepthMax = 64; // of a structure tree that we made: five

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Marks as artifact whatever a page draws outside marked content: header, footer, rules, shades.
class ArtifactMarker : public Object::TokenFilter {
public:
    void handleToken(const QPDFTokenizer::Token& token) override {
        if (token.getType() != QPDFTokenizer::tt_word) {
            operands_.push_back(token);
            return;
        }
        const std::string& word = token.getValue();
        if (is_one_of(word, {"BDC", "BMC"})) ++marked_;
        if (marked_ == 0 && !open_ && is_one_of(word, {"BT", "m", "re", "Do", "sh"})) {
            write("\n/Artifact BMC\n");
            open_ = true;
        }
        give_operands();
        writeToken(token);
        if (word == "EMC") --marked_;
        // The end of a text or of a painted path.
        if (open_ && is_one_of(word, {"ET", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "n",
                                      "Do", "sh"})) {
            write("\nEMC\n");
            open_ = false;
        }
    }
    void handleEOF() override { give_operands(); }

private:
    void give_operands() {
        for (const QPDFTokenizer::Token& operand : operands_) writeToken(operand);
        operands_.clear();
    }

    std::vector<QPDFTokenizer::Token> operands_;
    int marked_ = 0;
    bool open_ = false;
};

void mark_artifacts(QPDF& pdf, QPDFPageObjectHelper& page) {
    ArtifactMarker marker;
    Pl_Buffer marked{"contents of a page"};
    page.filterContents(&marker, &marked);
    page.getObjectHandle().replaceKey("/Contents", pdf.newStream(marked.getBufferSharedPointer()));
}

/// Attributes of the structure elements, which come in the order in which they were drawn.
class StructureWalk {
public:
    explicit StructureWalk(const drawing::Structure& structure) : structure_{structure} {}

    void walk(Object node, int depth = 0) { // NOLINT(misc-no-recursion): a tree
        if (depth > kDepthMax) return;
        if (node.isArray()) {
            for (int i = 0; i < node.getArrayNItems(); ++i) walk(node.getArrayItem(i), depth + 1);
            return;
        }
        if (!node.isDictionary()) return;
        Object type = node.getKey("/S");
        if (type.isName()) complete(node, type.getName());
        if (node.hasKey("/K")) walk(node.getKey("/K"), depth + 1);
    }

    /// Whether every figure and header cell that was drawn was met, and no other.
    [[nodiscard]] bool whole() const {
        return figures_ == structure_.figures.size() && headers_ == structure_.header_of_row.size();
    }

private:
    void complete(Object& node, const std::string& type) {
        if (type == "/TH") {
            if (headers_++ >= structure_.header_of_row.size()) return;
            const bool of_row = structure_.header_of_row[headers_ - 1];
            node.replaceKey("/A", Object::parse(of_row ? "<< /O /Table /Scope /Row >>"
                                                       : "<< /O /Table /Scope /Column >>"));
        } else if (type == "/Figure") {
            if (figures_++ >= structure_.figures.size()) return;
            const drawing::Structure::Figure& figure = structure_.figures[figures_ - 1];
            node.replaceKey("/Alt", Object::newUnicodeString(figure.alternative));
            Object layout = Object::parse("<< /O /Layout /Placement /Block >>");
            Object box = Object::newArray();
            for (const double side : {figure.left, figure.bottom, figure.right, figure.top}) {
                box.appendItem(Object::newReal(side, 2));
            }
            layout.replaceKey("/BBox", box);
            node.replaceKey("/A", layout);
        }
    }

    const drawing::Structure& structure_;
    std::size_t figures_ = 0;
    std::size_t headers_ = 0;
};

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c >= 0 && c < ' ' ? ' ' : c;
        }
    }
    return out;
}

std::string filled(std::string text, std::string_view hole, const std::string& value) {
    return text.replace(text.find(hole), hole.size(), value);
}

void add_metadata(QPDF& pdf, Object root, const Document& document) {
    const std::string part = document.attachments.empty() ? "2" : "3";
    const std::string xmp = filled(
        filled(filled(std::string{kMetadata}, "{part}", part), "{title}", xml_text(document.title)),
        "{language}", xml_text(document.language));
    Object metadata = pdf.newStream(xmp);
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
    // The date and the library's name would change the bytes; all else is in the metadata.
    Object information = pdf.makeIndirectObject(Object::newDictionary());
    information.replaceKey("/Title", Object::newUnicodeString(document.title));
    pdf.getTrailer().replaceKey("/Info", information);
}

void add_output_intent(QPDF& pdf, Object root) {
    Object profile = pdf.newStream(std::string{kSrgbProfile});
    profile.getDict().replaceKey("/N", Object::newInteger(3));
    Object intent = Object::parse("<< /Type /OutputIntent /S /GTS_PDFA1 "
                                  "/OutputConditionIdentifier (sRGB) /Info (sRGB) >>");
    intent.replaceKey("/DestOutputProfile", profile);
    root.replaceKey("/OutputIntents", Object::newArray({intent}));
}

} // namespace

std::optional<std::string> conform(const std::string& drawn, const Document& document,
                                   const drawing::Structure& structure) {
    QPDF pdf;
    pdf.processMemoryFile("drawn", drawn.data(), drawn.size());
    Object root = pdf.getRoot();
    root.replaceKey("/Lang", Object::newUnicodeString(document.language));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
    add_metadata(pdf, root, document);
    add_output_intent(pdf, root);
    attach(pdf, document.attachments);
    StructureWalk walk{structure};
    walk.walk(root.getKey("/StructTreeRoot").getKey("/K"));
    if (!walk.whole()) return std::nullopt;
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper{pdf}.getAllPages()) {
        page.getObjectHandle().replaceKey("/Tabs", Object::newName("/S"));
        mark_artifacts(pdf, page);
    }
    QPDFWriter writer{pdf};
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setDeterministicID(true);
    writer.setMinimumPDFVersion("1.7");
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return std::string{reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

} // namespace platform::pdf::conformance

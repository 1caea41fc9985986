// A tagged PDF made from simple blocks: pango and cairo draw and tag, qpdf adds what PDF/A-2a and
// PDF/UA-1 want of metadata. Conformance is declared and checked for structure, not certified.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace platform::pdf {

struct Heading {
    int level = 1; // 1..3
    std::string text;
};
struct Paragraph {
    std::string text;
    bool monospaced = false; // digests and codes
};
/// Two columns, term and value; the value may be set in monospace.
struct Facts {
    struct Fact {
        std::string term;
        std::string value;
        bool monospaced = false;
    };
    std::vector<Fact> facts;
};
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};
struct QrCode {
    std::string content;
    std::string alternative; // read aloud instead of the picture
};
struct Note { // in a frame
    std::string text;
};
using Block = std::variant<Heading, Paragraph, Facts, Table, QrCode, Note>;

/// A file inside the document (PDF/A-3): what a program reads while people read the pages.
struct Attachment {
    std::string name; // ASCII, "receipt.json"
    std::string media_type;
    std::string description;
    std::string content;
};

struct Document {
    std::string title;
    std::string language; // "fr"
    std::string issuer;   // top of each page
    std::string footer;   // bottom of each page, followed by page n / m
    std::vector<Block> blocks;
    std::vector<Attachment> attachments{}; // with one, PDF/A-3a is declared instead of 2a
};

/// The bytes of the PDF. Same document, same bytes, but for the date of creation, which is absent.
[[nodiscard]] std::string render(const Document& document);

/// The content of the attachment of that name; nothing when it is not there or this is no PDF.
[[nodiscard]] std::optional<std::string> attachment_of(std::string_view pdf, std::string_view name);

} // namespace platform::pdf

// A tagged PDF made from simple blocks: pango and cairo draw and tag, qpdf adds what PDF/A-2a and
// PDF/UA-1 want of metadata. Conformance is declared and checked for structure, not certified.
#pragma once

#include <string>
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

struct Document {
    std::string title;
    std::string language; // "fr"
    std::string issuer;   // top of each page
    std::string footer;   // bottom of each page, followed by page n / m
    std::vector<Block> blocks;
};

/// The bytes of the PDF. Same document, same bytes, but for the date of creation, which is absent.
[[nodiscard]] std::string render(const Document& document);

} // namespace platform::pdf
